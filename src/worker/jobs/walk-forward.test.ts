import { afterAll, beforeAll, expect, test } from "vitest";
import type { BacktestReport } from "#contracts/backtest.ts";
import type { WalkForward } from "#contracts/backtest-plan.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import { createTestEngine, createWorkspace } from "./job-harness.test-support.ts";
import {
  finishedBacktest,
  runTestBacktest,
  storeTestUniverse,
  testStrategy,
} from "./strategy-jobs.test-support.ts";

let context: TestDatabase;
let engine: JobEngine;
let workspaceId: string;
let ids: number[];

const PERIODS = { formationBars: 1_000, tradingBars: 1_000 };
const WINDOWS: WalkForward = {
  formationBars: 800,
  tradingBars: 400,
  window: "rolling",
  purgeBars: 10,
  embargoBars: 5,
  selection: { kind: "fixed" },
  optimise: null,
};

beforeAll(async () => {
  context = await createTestDatabase();
  engine = createTestEngine(context.database, 2);
  workspaceId = await createWorkspace(context.database);
  ids = await storeTestUniverse(context.database, workspaceId, {
    seed: 7,
    instruments: 6,
    bars: 2_000,
  });
});

afterAll(async () => {
  await engine.compute.close();
  await context.drop();
});

function strategy() {
  return testStrategy({
    ...PERIODS,
    books: [ids.slice(0, 2)],
    parameters: { zScoreWindowBars: 60 },
  });
}

function walk(changed: Partial<WalkForward> = {}, own = engine) {
  const walkForward = { ...WINDOWS, ...changed };
  return finishedBacktest(own, workspaceId, strategy(), { kind: "walk-forward", walkForward });
}

function scan(pairsMax: number): WalkForward["selection"] {
  return {
    kind: "scan",
    instruments: ids,
    falseDiscoveryRate: 0.5,
    halfLifeMaxBars: null,
    pairsMax,
  };
}

/** What two runs of the same must have in common to the last digit. */
function essence({ durationMs: _, manifest, analysis, ...report }: BacktestReport) {
  const { computedAtMs: __, ...made } = manifest;
  return { ...report, made, hashes: analysis?.hashes, cuts: analysis?.lookAhead.cuts };
}

test("windows trade what their formation taught, one after the other, on one account", async () => {
  const { report, series } = await walk();
  expect(report.windows).toHaveLength(3);
  expect(report.trading.bars).toBe(2_000 - 805);
  expect(series["equity"]).toHaveLength(2_000 - 805);
  const growth = report.windows?.reduce(
    (product, { outOfSample }) => product * (1 + (outOfSample.totalReturn.value ?? 0)),
    1,
  );
  expect(growth).toBeCloseTo(report.finalEquity / report.initialEquity, 9);
  const ofPairs = report.windows?.flatMap(({ pairs }) => pairs).reduce((n, p) => n + p.netPnl, 0);
  expect(ofPairs).toBeCloseTo(report.costs.netPnl, 6);
  expect(report.warnings.join()).toContain("The last window is shorter than planned");
  expect(report.analysis?.lookAhead).toMatchObject({
    isPassed: true,
    differences: [],
    shift: { kind: "passed" },
  });
});

test("regression: a walk-forward drew no spread, z-score and signals of its pairs", async () => {
  const { report, series } = await walk({ selection: scan(2) });
  const { windows, books, trades } = report;
  expect(books.length).toBeGreaterThan(0);
  books.forEach((book, place) => {
    const key = book.instruments.join();
    const own = windows?.filter(({ pairs }) =>
      pairs.some(({ instruments, refusal }) => refusal === null && instruments.join() === key),
    );
    const traded = (timeMs: number) =>
      own?.some((one) => timeMs >= one.tradingStartMs && timeMs <= one.tradingEndMs) === true;
    expect(book.figures.map(({ name }) => name)).toEqual(["zScore", "spread", "hedgeRatio"]);
    const zScore = series[`zScore.${place}`];
    series.openTimeMs.forEach((timeMs, bar) => {
      expect(Number.isNaN(Number(zScore?.[bar]))).toBe(!traded(timeMs));
    });
  });
  expect(trades.length).toBeGreaterThan(5);
  for (const { book, entrySignalMs, entryFigure } of trades) {
    expect(Math.abs(Number(entryFigure))).toBeGreaterThan(2);
    const bar = series.openTimeMs.indexOf(entrySignalMs);
    expect(series[`zScore.${book}`]?.[bar]).toBe(entryFigure);
  }
});

test("pairs are selected anew in each formation, and the proof covers the selection", async () => {
  const { report } = await walk({ selection: scan(2) });
  expect(report.instruments).toHaveLength(6);
  const pairs = report.windows?.flatMap((window) => window.pairs) ?? [];
  expect(pairs.length).toBeGreaterThan(0);
  for (const { pValue } of pairs) expect(pValue).toBeLessThan(0.5);
  expect(report.windows?.every(({ candidates }) => candidates === 15)).toBe(true);
  expect(report.analysis?.lookAhead.isPassed).toBe(true);
});

test("parameters are chosen on the formation, every trial is counted", async () => {
  const { report } = await walk({
    optimise: {
      space: { entryZScore: [1.5, 2, 2.5], exitZScore: [0, 0.5] },
      objective: "sharpeRatio",
    },
  });
  expect(report.windows?.map(({ trials }) => trials)).toEqual([6, 6, 6]);
  // Two walk-forwards before it, itself, and of each window the five that were not traded.
  expect(report.analysis?.evidence.trials).toBe(2 + 1 + 3 * 5);
  const chosen = report.windows?.flatMap(({ pairs }) => pairs.map((pair) => pair.parameters)) ?? [];
  for (const parameters of chosen) {
    for (const name of Object.keys(parameters ?? {})) {
      expect(["entryZScore", "exitZScore"]).toContain(name);
    }
  }
});

test("the result does not depend on how many threads prepared it", async () => {
  const single = createTestEngine(context.database, 1);
  const [a, b] = [await walk({ selection: scan(2) }), await walk({ selection: scan(2) }, single)];
  await single.compute.close();
  expect(essence(b.report)).toEqual(essence(a.report));
  expect(b.series).toEqual(a.series);
});

test("windows that do not fit are refused with their numbers", async () => {
  const walkForward = { ...WINDOWS, formationBars: 5_000 };
  const plan = { kind: "walk-forward" as const, walkForward };
  const { job } = await runTestBacktest(engine, workspaceId, strategy(), plan);
  expect(job).toMatchObject({ state: "failed", error: { code: "invalid-input" } });
  expect(job?.error?.message).toContain("not one window fits: 5000 formation");
});
