import { expect, test } from "vitest";
import type { BacktestListItem } from "#contracts/backtest.ts";
import { filterBacktests, filterChoices } from "./backtest-filters.ts";

const DAY_MS = 86_400_000;
const EVERYTHING = { kind: null, plan: null, tag: null, state: null, since: null };

function item(id: string, rest: Partial<BacktestListItem> = {}): BacktestListItem {
  return {
    id,
    strategyId: "s",
    strategyName: "Pairs",
    strategyKind: "z-score-reversion",
    version: 1,
    planKind: "single",
    subject: "A / B",
    tags: [],
    notes: "",
    synthetic: false,
    metrics: {},
    lookAheadPassed: null,
    equityShape: [],
    job: null,
    createdAtMs: 0,
    ...rest,
  };
}

const ITEMS = [
  item("old"),
  item("walked", { planKind: "walk-forward", tags: ["crypto"], createdAtMs: 2 * DAY_MS }),
  item("momentum", { strategyKind: "momentum-ranking", tags: ["etf", "crypto"] }),
];

function idsOf(filters: Partial<typeof EVERYTHING> | Record<string, string>): string[] {
  return filterBacktests(ITEMS, { ...EVERYTHING, ...filters }).map(({ id }) => id);
}

test("without a filter everything is listed", () => {
  expect(idsOf({})).toEqual(["old", "walked", "momentum"]);
});

test("each filter narrows, and together they narrow further", () => {
  expect(idsOf({ kind: "momentum-ranking" })).toEqual(["momentum"]);
  expect(idsOf({ plan: "walk-forward" })).toEqual(["walked"]);
  expect(idsOf({ tag: "crypto" })).toEqual(["walked", "momentum"]);
  expect(idsOf({ tag: "crypto", plan: "single" })).toEqual(["momentum"]);
  expect(idsOf({ state: "failed" })).toEqual([]);
  expect(idsOf({ state: "succeeded" })).toHaveLength(3);
});

test("a day is meant from its midnight on, in UTC, and nonsense narrows nothing", () => {
  expect(idsOf({ since: "1970-01-03" })).toEqual(["walked"]);
  expect(idsOf({ since: "1970-01-04" })).toEqual([]);
  expect(idsOf({ since: "yesterday" })).toHaveLength(3);
});

test("choices are the values that are there, each once", () => {
  expect(filterChoices(ITEMS, ({ tags }) => tags)).toEqual(["crypto", "etf"]);
});
