import { expect, test } from "vitest";
import type { StrategyView } from "#contracts/strategy.ts";
import { testVersion } from "./strategy.test-support.ts";
import { filterStrategies } from "./strategy-filters.tsx";

function strategy(name: string, more: Partial<StrategyView> = {}): StrategyView {
  return {
    id: name,
    name,
    notes: "",
    tags: [],
    archived: false,
    synthetic: false,
    createdAtMs: 0,
    versions: [testVersion()],
    ...more,
  };
}

const STRATEGIES = [
  strategy("plain"),
  strategy("tagged", { tags: ["crypto"] }),
  strategy("kept", { archived: true }),
  strategy("other", { versions: [testVersion({ kind: "rlrt" })] }),
];

const ALL = { kind: null, tag: null, archived: false };

test.each([
  { name: "all", filter: ALL, names: ["plain", "tagged", "other"] },
  { name: "the archive", filter: { ...ALL, archived: true }, names: ["kept"] },
  { name: "a kind", filter: { ...ALL, kind: "rlrt" }, names: ["other"] },
  { name: "a tag", filter: { ...ALL, tag: "crypto" }, names: ["tagged"] },
])("$name is listed", ({ filter, names }) => {
  expect(filterStrategies(STRATEGIES, filter).map((one) => one.name)).toEqual(names);
});
