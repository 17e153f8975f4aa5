import { expect, test } from "vitest";
import { readStrategyFile } from "./read-strategy-file.ts";
import { strategyFileName } from "./strategy-file-name.ts";

const FILE = {
  format: "pairdesk-strategy",
  version: 1,
  name: "A name",
  notes: "",
  tags: [],
  config: { kind: "rlrt" },
  instruments: [{ instrumentId: 1, symbol: "AAA", venue: "upload" }],
};

test("an exported strategy is read", () => {
  expect(readStrategyFile(JSON.stringify(FILE))).toEqual({ kind: "read", file: FILE });
});

test.each([
  { name: "no JSON", text: "time,close", says: "The file is not JSON." },
  {
    name: "other JSON",
    text: JSON.stringify({ format: "report" }),
    says: "The file is no strategy that was exported from here.",
  },
  {
    name: "a later version",
    text: JSON.stringify({ ...FILE, version: 2 }),
    says: "The file is of a later version than this one can read.",
  },
  {
    name: "a strategy without a name",
    text: JSON.stringify({ ...FILE, name: "" }),
    says: "name: Give the strategy a name.",
  },
])("$name is refused in words", ({ text, says }) => {
  expect(readStrategyFile(text)).toEqual({ kind: "refused", message: says });
});

test.each([
  { name: "KO / PEP, daily", file: "KO-PEP-daily.pairdesk.json" },
  { name: "★", file: "strategy.pairdesk.json" },
])("the file of “$name” has a plain name", ({ name, file }) => {
  expect(strategyFileName(name)).toBe(file);
});
