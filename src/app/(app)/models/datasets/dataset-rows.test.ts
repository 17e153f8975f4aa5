import { expect, test } from "vitest";
import type { DatasetConfig } from "#contracts/dataset.ts";
import { settingsDiff } from "../../strategies/settings-diff.ts";
import { datasetGroups } from "./dataset-rows.ts";

const HOUR_MS = 3_600_000;
const leg = (instrumentId: number, symbol: string) => ({ instrumentId, symbol, venue: "upload" });
const BOOKS = [[leg(1, "AAA"), leg(2, "BBB")]];
const CONFIG: DatasetConfig = {
  books: [[1, 2]],
  intervalMs: HOUR_MS,
  window: { startMs: 0, endMs: 5_000 * HOUR_MS },
  spread: { kind: "fixed", hedgeRatio: 1.5, intercept: 0, knownFromMs: 0, price: "log" },
  features: [
    { kind: "z-score", of: "spread", windowBars: 60 },
    { kind: "delta", of: "spread", lagBars: 1 },
  ],
  label: {
    ...{ kind: "direction", of: "spread", horizonBars: 5, deadZone: 0 },
    ...{ unit: "absolute", windowBars: 60, hedge: "held" },
  },
  pooling: "each",
};

const rowsOf = (title: string) =>
  datasetGroups({ config: CONFIG, books: BOOKS })
    .find((group) => group.title === title)
    ?.rows.map(({ label, value }) => `${label}: ${value}`);

test("a version says what it is of, in UTC", () => {
  expect(rowsOf("What it is of")).toEqual([
    "One pair: AAA / BBB",
    "Bar interval: 1h",
    "From: 1970-01-01 00:00",
    "Until: 1970-07-28 08:00",
  ]);
});

test("each feature stands by its whole name with how far back it looks", () => {
  expect(rowsOf("Features")).toEqual([
    "z-score(spread, 60): reads 59 bars before",
    "delta(spread, 1): reads 1 bar before",
  ]);
});

test("a date of a spread is told as a date, and a field of the label that nothing reads as such", () => {
  expect(rowsOf("Spread")).toContain("Known from: 1970-01-01 00:00 UTC");
  expect(rowsOf("Label")).toContain("Window: 60 (not read)");
  expect(rowsOf("Label")?.[0]).toMatch(/^What is predicted: Whether the spread is higher/);
});

test("of two versions a feature that came or went stands with the other side empty", () => {
  const after: DatasetConfig = {
    ...CONFIG,
    features: [{ kind: "z-score", of: "spread", windowBars: 20 }, ...CONFIG.features.slice(1)],
  };
  const changes = settingsDiff(
    datasetGroups({ config: CONFIG, books: BOOKS }),
    datasetGroups({ config: after, books: BOOKS }),
  ).filter(({ changed }) => changed);
  expect(changes.map(({ label, before, after: next }) => [label, before, next])).toEqual([
    ["z-score(spread, 20)", "", "reads 19 bars before"],
    ["z-score(spread, 60)", "reads 59 bars before", ""],
  ]);
});

test("one instrument has no spread", () => {
  const config: DatasetConfig = {
    ...CONFIG,
    books: [[1], [2]],
    spread: null,
    features: [{ kind: "column", of: "close" }],
  };
  const groups = datasetGroups({ config, books: [[leg(1, "AAA")], [leg(2, "BBB")]] });
  expect(groups.map(({ title }) => title)).not.toContain("Spread");
  expect(groups[0]?.rows[0]).toMatchObject({ label: "2 instruments", value: "AAA, BBB" });
});
