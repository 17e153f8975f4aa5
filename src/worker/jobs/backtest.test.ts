import { afterAll, beforeAll, expect, test } from "vitest";
import { BacktestReport } from "#contracts/backtest.ts";
import { unpackBacktestSeries } from "#contracts/backtest-series.ts";
import { StrategyConfig } from "#contracts/strategy.ts";
import { STRATEGY_DEFAULTS } from "#contracts/strategy-defaults.ts";
import { insertDemoBacktest } from "#db/demo-template.ts";
import { jobById } from "#db/jobs.ts";
import { configHash, createStrategy } from "#db/strategies.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { inTransaction } from "#db/transaction.ts";
import { defaultConfig } from "#quant/strategies/parameter-values.ts";
import { zScoreStrategy } from "#quant/strategies/z-score-strategy.ts";
import { syntheticUniverse } from "#quant/synthetic/synthetic-universe.ts";
import { HOUR_MS, START_MS } from "../imports/import-cases.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import {
  createTestEngine,
  createWorkspace,
  importFiles,
  NEVER_STOPPING,
  whileBarsChange,
} from "./job-harness.test-support.ts";
import { runJob } from "./run-job.ts";
import { storeOneSeries } from "./store-series.ts";

let context: TestDatabase;
let engine: JobEngine;
let workspaceId: string;
let instruments: ReadonlyMap<string, number>;

const FORMATION_BARS = 1_000;
const TRADING_BARS = 1_000;

beforeAll(async () => {
  context = await createTestDatabase();
  engine = createTestEngine(context.database);
  workspaceId = await createWorkspace(context.database);
  const bars = FORMATION_BARS + TRADING_BARS;
  const universe = syntheticUniverse({
    seed: 7,
    instruments: 2,
    bars,
    intervalMs: HOUR_MS,
    startMs: START_MS,
  });
  for (const { symbol, openTimeMs, open, high, low, close, volume } of universe) {
    await inTransaction(context.database.pool, (client) =>
      storeOneSeries(
        client,
        { workspaceId, venue: "upload", symbol, name: "", group: "" },
        {
          symbol,
          bars: { openTimeMs, open, high, low, close, volume },
          duplicateCount: 0,
          rejectedCount: 0,
        },
        { intervalMs: HOUR_MS, closeOnly: false, signal: NEVER_STOPPING },
      ),
    );
  }
  const closes = Array.from(
    universe[0]?.close ?? [],
    (price, i) => `${START_MS + i * HOUR_MS},${price * 3}`,
  );
  await importFiles(engine, workspaceId, [
    { name: "COPY.csv", bytes: ["ts,close", ...closes].join("\n") },
  ]);
  const { rows } = await context.database.pool.query<{ symbol: string; id: number }>(
    "SELECT symbol, id FROM instrument",
  );
  instruments = new Map(rows.map(({ symbol, id }) => [symbol, id]));
});

afterAll(async () => {
  await engine.compute.close();
  await context.drop();
});

type Changed = Partial<Omit<StrategyConfig, "parameters">> & {
  readonly parameters?: Readonly<Record<string, number | string | boolean | null>>;
};

function idOf(symbol: string): number {
  return instruments.get(symbol) ?? 0;
}

function config(symbolY: string, symbolX: string, changed: Changed = {}) {
  const tradingStartMs = START_MS + FORMATION_BARS * HOUR_MS;
  return StrategyConfig.parse({
    kind: "z-score-reversion",
    books: [[idOf(symbolY), idOf(symbolX)]],
    intervalMs: HOUR_MS,
    formation: { startMs: START_MS, endMs: tradingStartMs },
    trading: { startMs: tradingStartMs, endMs: tradingStartMs + TRADING_BARS * HOUR_MS },
    ...STRATEGY_DEFAULTS,
    ...changed,
    parameters: { ...defaultConfig(zScoreStrategy), ...changed.parameters },
  });
}

async function backtest(strategy: StrategyConfig) {
  const { database } = context;
  const { versionId } = await createStrategy(database, workspaceId, {
    name: "Test",
    notes: "",
    config: strategy,
  });
  const { backtestId, jobId } = await insertDemoBacktest(database, workspaceId, versionId);
  await runJob(engine, jobId, NEVER_STOPPING);
  const { rows } = await database.pool.query(
    "SELECT report, series, series_columns FROM backtest WHERE id = $1",
    [backtestId],
  );
  return { job: await jobById(database, workspaceId, jobId), stored: rows[0] };
}

test("a backtest stores a report whose sums agree, its series, and what it was made of", async () => {
  const strategy = config("SYN-PINE", "SYN-SPRUCE");
  const { job, stored } = await backtest(strategy);
  expect(job).toMatchObject({ state: "succeeded", error: null });
  const report = BacktestReport.parse(stored.report);
  expect(report).toMatchObject({
    fillConvention: "next-open",
    formation: { bars: FORMATION_BARS },
    trading: { bars: TRADING_BARS },
    periodsPerYear: 8_760,
    initialEquity: 20_000,
    manifest: { configHash: configHash(strategy), codeHash: "code-under-test" },
  });
  expect(report.trades.length).toBeGreaterThan(0);
  expect(report.metrics.tradeCount.value).toBe(report.trades.length);
  expect(report.finalEquity - report.initialEquity).toBeCloseTo(report.costs.netPnl, 6);
  const { fees, grossPnl, netPnl } = report.costs;
  expect(grossPnl - fees).toBeCloseTo(netPnl, 6);
  const ofLegs = report.instrumentCosts.map((one) => one.netPnl);
  expect((ofLegs[0] ?? 0) + (ofLegs[1] ?? 0)).toBeCloseTo(netPnl, 6);
  expect(report.manifest.series.map(({ symbol, bars }) => [symbol, bars])).toEqual([
    ["SYN-PINE", 2_000],
    ["SYN-SPRUCE", 2_000],
  ]);
  const series = unpackBacktestSeries(stored.series_columns, stored.series);
  expect(series["equity"]).toHaveLength(TRADING_BARS);
  expect(series["equity"]?.at(-1)).toBe(report.finalEquity);
  expect(stored.series_columns).toEqual(
    expect.arrayContaining(["close.0", "close.1", "zScore.0", "rollingSharpe", "benchmark.0"]),
  );
  expect(report.books).toEqual([
    expect.objectContaining({
      instruments: [0, 1],
      refusal: null,
      fit: { hedgeRatio: expect.any(Number), intercept: expect.any(Number) },
    }),
  ]);
  expect(report.books[0]?.figures[0]?.name).toBe("zScore");
  expect(report.analysis?.lookAhead).toMatchObject({
    isPassed: true,
    differences: [],
    shift: { kind: "passed" },
  });
});

test("the same settings and data give the same figures and hashes", async () => {
  const strategy = config("SYN-PINE", "SYN-SPRUCE");
  const [a, b] = [await backtest(strategy), await backtest(strategy)];
  const withoutTimes = (stored: typeof a.stored) => {
    const { durationMs: _, manifest, ...report } = BacktestReport.parse(stored.report);
    const analysis = report.analysis === null ? null : ofNoTime(report.analysis);
    return { ...report, analysis, manifest: { ...manifest, computedAtMs: 0 } };
  };
  const ofNoTime = ({ lookAhead, ...analysis }: NonNullable<BacktestReport["analysis"]>) => ({
    ...analysis,
    evidence: { ...analysis.evidence, trials: 0, deflatedSharpe: null },
    lookAhead: { ...lookAhead, durationMs: 0 },
  });
  expect(withoutTimes(b.stored)).toEqual(withoutTimes(a.stored));
  expect(b.stored.series).toEqual(a.stored.series);
});

test("a leg with closes only is filled at the next close, and the report says so", async () => {
  const { stored } = await backtest(config("COPY", "SYN-SPRUCE"));
  const report = BacktestReport.parse(stored.report);
  expect(report.fillConvention).toBe("next-close");
  expect(report.warnings.join()).toContain("next close");
});

test("collinear legs fail in words, and nothing is stored", async () => {
  const { job, stored } = await backtest(config("COPY", "SYN-PINE"));
  expect(job).toMatchObject({
    state: "failed",
    error: { code: "invalid-input", message: expect.stringContaining("one instrument twice") },
  });
  expect(stored.report).toBeNull();
});

test("a trading period without data fails, naming it", async () => {
  const startMs = START_MS + 9_000 * HOUR_MS;
  const trading = { startMs, endMs: startMs + 100 * HOUR_MS };
  const { job } = await backtest(config("SYN-PINE", "SYN-SPRUCE", { trading }));
  expect(job?.error?.message).toContain("trading");
});

test("regression: hourly stocks were annualised as if they traded day and night", async () => {
  const hours = (count: number) =>
    Array.from({ length: count }, (_, day) => START_MS + day * 24 * HOUR_MS)
      .filter((dayMs) => ![0, 6].includes(new Date(dayMs).getUTCDay()))
      .flatMap((dayMs) => Array.from({ length: 7 }, (_, i) => dayMs + (14.5 + i) * HOUR_MS));
  const times = hours(280);
  const walk = (seed: number) => {
    let log = Math.log(100);
    return times.map((_, i) => {
      log += 0.01 * Math.sin(seed * (i + 1) ** 2);
      return Math.exp(log);
    });
  };
  const x = walk(1.3);
  const y = walk(2.9).map((price, i) => Math.sqrt(price) * (x[i] ?? 0));
  const csv = (closes: readonly number[]) =>
    ["ts,close", ...closes.map((close, i) => `${times[i]},${close}`)].join("\n");
  const uploads = await importFiles(engine, workspaceId, [
    { name: "STOCKY.csv", bytes: csv(y) },
    { name: "STOCKX.csv", bytes: csv(x) },
  ]);
  expect(uploads.map(({ report }) => report?.series[0]?.missingCount)).toEqual([0, 0]);
  const { rows } = await context.database.pool.query<{ symbol: string; id: number }>(
    "SELECT symbol, id FROM instrument WHERE symbol LIKE 'STOCK_'",
  );
  instruments = new Map([...instruments, ...rows.map(({ symbol, id }) => [symbol, id] as const)]);
  const tradingStartMs = times[times.length / 2] ?? 0;
  const { stored } = await backtest(
    config("STOCKY", "STOCKX", {
      formation: { startMs: START_MS, endMs: tradingStartMs },
      trading: { startMs: tradingStartMs, endMs: (times.at(-1) ?? 0) + HOUR_MS },
    }),
  );
  const report = BacktestReport.parse(stored.report);
  expect(report.periodsPerYear).toBe(252 * 7);
  expect(report.warnings.join()).toContain("252 sessions a year, each of 7 bars");
});

test("regression: windows longer than the data were accepted in silence", async () => {
  const { formation, trading } = config("SYN-PINE", "SYN-SPRUCE");
  const { stored } = await backtest(
    config("SYN-PINE", "SYN-SPRUCE", {
      formation: { ...formation, startMs: formation.startMs - 1_000 * HOUR_MS },
      trading: { ...trading, endMs: trading.endMs + 1_000 * HOUR_MS },
    }),
  );
  const { warnings } = BacktestReport.parse(stored.report);
  expect(warnings.filter((warning) => warning.includes("period"))).toEqual([
    "The formation period starts before the data: the first bar is that of 2024-01-01 00:00 UTC.",
    "The trading period ends after the data: the last bar is that of 2024-03-24 07:00 UTC.",
  ]);
});

test("windows that the data fills are not warned of", async () => {
  const { stored } = await backtest(config("SYN-PINE", "SYN-SPRUCE"));
  expect(BacktestReport.parse(stored.report).warnings.join()).not.toContain("period");
});

test("regression: a manifest could name data that came in after the bars were read", async () => {
  const { database } = context;
  const before = await backtest(config("SYN-PINE", "SYN-SPRUCE"));
  const after = await whileBarsChange(database, () => backtest(config("SYN-PINE", "SYN-SPRUCE")));
  const [old, meanwhile] = [before, after].map(({ stored }) => BacktestReport.parse(stored.report));
  expect(meanwhile?.manifest.dataHash).toBe(old?.manifest.dataHash);
  expect(meanwhile?.finalEquity).toBe(old?.finalEquity);
});
