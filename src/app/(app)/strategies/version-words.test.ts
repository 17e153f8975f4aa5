import { expect, test } from "vitest";
import { settingsDiff } from "./settings-diff.ts";
import { testVersion } from "./strategy.test-support.ts";
import { versionWords } from "./version-words.ts";

const symbolOf = (id: number) => `S${id}`;
const BEFORE = testVersion();

function versionDiff(
  before: ReturnType<typeof testVersion>,
  after: ReturnType<typeof testVersion>,
) {
  return settingsDiff(versionWords(before, symbolOf).groups, versionWords(after, symbolOf).groups);
}

function changes(after: ReturnType<typeof testVersion>) {
  return versionDiff(BEFORE, after)
    .filter(({ changed }) => changed)
    .map(({ group, label, before, after: next }) => [group, label, before, next]);
}

test("only the settings that differ are marked as changed, by their labels", () => {
  const { parameters } = BEFORE.config;
  const after = testVersion({
    parameters: { ...parameters, entryZScore: 2.5, stopZScore: null, hedgeMethod: "kalman" },
    benchmarkInstrument: 3,
  });
  expect(changes(after)).toEqual([
    ["Signal", "Entry", "2", "2.5"],
    ["When to give up", "Stop", "4", "none"],
    ["Line between the legs", "Hedge ratio", "Formation period", "Kalman filter"],
    ["Line between the legs", "Kalman delta", "0.0001 (not read)", "0.0001"],
    ["Line between the legs", "Kalman noise", "0.001 (not read)", "0.001"],
    ["Held against", "Benchmark", "buy and hold, cash", "S3"],
  ]);
});

test("another pair, another size and other dividends are told", () => {
  const after = testVersion({
    books: [
      [1, 2],
      [1, 3],
    ],
    sizing: { kind: "fixed-quantity", quantity: 10 },
    costs: {
      ...BEFORE.config.costs,
      dividends: [{ instrumentId: 1, events: [{ timeMs: 1, value: 1 }] }],
    },
  });
  expect(changes(after)).toEqual([
    ["What is traded", "Pair 2", "", "S1 / S3"],
    ["Size and account", "Size of a pair", "Worth of leg Y", "Units of leg Y"],
    ["Size and account", "Quantity", "", "10"],
    ["Size and account", "Amount", "10,000", ""],
    ["Costs", "Dividends", "0", "1"],
  ]);
});

test("dividends that differ in an amount alone are a change", () => {
  const dividends = (value: number) =>
    testVersion({
      costs: {
        ...BEFORE.config.costs,
        dividends: [{ instrumentId: 1, events: [{ timeMs: 1, value }] }],
      },
    });
  const rows = versionDiff(dividends(1), dividends(2));
  expect(rows.filter(({ changed }) => changed).map(({ label }) => label)).toEqual(["Dividends"]);
});

test("versions of two kinds stand side by side, with the settings of both", () => {
  const rows = versionDiff(BEFORE, testVersion({ kind: "rlrt" }));
  const labelled = (label: string) => rows.find((row) => row.label === label);
  expect(labelled("Kind")).toMatchObject({ changed: true, after: "Trend-gated reversion (RLRT)" });
  expect(labelled("Entry")).toMatchObject({ before: "2", after: "" });
  expect(labelled("Trend window")).toMatchObject({ before: "", after: "10" });
});

test("times are compared in UTC", () => {
  const row = versionDiff(BEFORE, BEFORE).find(({ label }) => label === "Formation until");
  expect(row?.before).toBe("2023-07-01 00:00");
});
