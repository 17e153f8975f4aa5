import { expect, test } from "vitest";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { windowProblems } from "./window-of-data.ts";

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2023, 0, 1);
const END_MS = Date.UTC(2025, 0, 1);

function coverage(instrumentId: number, symbol: string): SeriesCoverage {
  return {
    seriesId: instrumentId,
    instrumentId,
    symbol,
    name: "",
    group: "",
    venue: "upload",
    intervalMs: HOUR_MS,
    calendar: "continuous",
    closeOnly: false,
    firstOpenTimeMs: START_MS,
    lastOpenTimeMs: END_MS - HOUR_MS,
    barCount: 17_544,
    missingCount: 0,
    gapCount: 0,
    duplicateCount: 0,
    rejectedCount: 0,
    contentHash: "",
    updatedAtMs: 0,
  };
}

const SERIES = [coverage(1, "AAA"), coverage(2, "BBB")];
const LEGS = { books: [[1, 2]], intervalMs: HOUR_MS };
const FORMATION = { startMs: START_MS, endMs: Date.UTC(2024, 0, 1) };

const cases = [
  { name: "inside the data", startMs: FORMATION.endMs, endMs: END_MS, problems: [] },
  {
    name: "that ends after the data",
    startMs: FORMATION.endMs,
    endMs: Date.UTC(2026, 0, 1),
    problems: ["trading.endMs"],
  },
  {
    name: "that starts after the data",
    startMs: Date.UTC(2025, 5, 1),
    endMs: Date.UTC(2026, 0, 1),
    problems: ["trading.startMs", "trading.endMs"],
  },
];

test.each(cases)("regression: trading $name is judged by the prices", (trading) => {
  const problems = windowProblems({ ...LEGS, formation: FORMATION, trading }, SERIES);
  expect(problems.map(({ path }) => path)).toEqual(trading.problems);
  for (const { message } of problems) {
    expect(message).toBe("The prices of AAA and BBB end on 2024-12-31");
  }
});
