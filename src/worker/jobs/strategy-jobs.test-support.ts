import { BacktestReport } from "#contracts/backtest.ts";
import type { BacktestPlan } from "#contracts/backtest-plan.ts";
import { unpackBacktestSeries } from "#contracts/backtest-series.ts";
import { type OptimisationConfig, OptimisationSummary } from "#contracts/optimisation.ts";
import { StrategyConfig } from "#contracts/strategy.ts";
import { STRATEGY_DEFAULTS } from "#contracts/strategy-defaults.ts";
import type { Bars } from "#db/bars.ts";
import type { Database } from "#db/client.ts";
import { insertDemoBacktest } from "#db/demo-template.ts";
import { jobById } from "#db/jobs.ts";
import { createStrategy } from "#db/strategies.ts";
import { inTransaction } from "#db/transaction.ts";
import { STRATEGIES, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import type { ParameterValue, StrategyParameter } from "#quant/strategies/strategy-parameters.ts";
import { syntheticUniverse } from "#quant/synthetic/synthetic-universe.ts";
import { HOUR_MS, START_MS } from "../imports/import-cases.test-support.ts";
import type { JobEngine } from "./job-context.ts";
import { NEVER_STOPPING, runNow } from "./job-harness.test-support.ts";
import { runJob } from "./run-job.ts";
import { storeOneSeries } from "./store-series.ts";

/** Bars with a missing column as NaN. */
export type TestBars = Pick<Bars, "openTimeMs" | "close"> & Partial<Bars>;

/** Stores bars of a workspace's own instrument, hourly unless told. @returns its id */
export async function storeTestBars(
  database: Database,
  workspaceId: string,
  symbol: string,
  { openTimeMs, close, ...others }: TestBars,
  intervalMs = HOUR_MS,
): Promise<number> {
  const none = close.map(() => Number.NaN);
  await inTransaction(database.pool, (client) =>
    storeOneSeries(
      client,
      { workspaceId, venue: "upload", symbol, name: "", group: "" },
      {
        symbol,
        bars: { open: none, high: none, low: none, volume: none, ...others, openTimeMs, close },
        duplicateCount: 0,
        rejectedCount: 0,
      },
      { intervalMs, closeOnly: others.open === undefined, signal: NEVER_STOPPING },
    ),
  );
  const { rows } = await database.pool.query<{ id: number }>(
    "SELECT id FROM instrument WHERE workspace_id = $1 AND symbol = $2",
    [workspaceId, symbol],
  );
  return rows[0]?.id ?? 0;
}

/** Stores a synthetic universe of hourly bars from START_MS on. @returns ids in its order */
export async function storeTestUniverse(
  database: Database,
  workspaceId: string,
  of: { readonly seed: number; readonly instruments: number; readonly bars: number },
): Promise<number[]> {
  const ids: number[] = [];
  for (const one of syntheticUniverse({ ...of, intervalMs: HOUR_MS, startMs: START_MS })) {
    const { symbol, openTimeMs, open, high, low, close, volume } = one;
    const bars = { openTimeMs, open, high, low, close, volume };
    ids.push(await storeTestBars(database, workspaceId, symbol, bars));
  }
  return ids;
}

/** What a test strategy is made of: the rest are defaults. */
export type TestStrategy = Partial<Omit<StrategyConfig, "parameters">> & {
  readonly kind?: StrategyKind;
  readonly parameters?: Readonly<Record<string, number | string | boolean | null>>;
  readonly books: number[][];
  /** Hours of the formation from START_MS on, and of the trading after it. */
  readonly formationBars: number;
  readonly tradingBars: number;
};

/** A strategy on hourly bars from START_MS on. */
export function testStrategy({ formationBars, tradingBars, ...changed }: TestStrategy) {
  const kind = changed.kind ?? "z-score-reversion";
  const tradingStartMs = START_MS + formationBars * HOUR_MS;
  return StrategyConfig.parse({
    intervalMs: HOUR_MS,
    formation: { startMs: START_MS, endMs: tradingStartMs },
    trading: { startMs: tradingStartMs, endMs: tradingStartMs + tradingBars * HOUR_MS },
    ...STRATEGY_DEFAULTS,
    ...changed,
    kind,
    parameters: { ...defaultsOf(kind), ...changed.parameters },
  });
}

function defaultsOf(kind: StrategyKind): Record<string, ParameterValue> {
  const fields: [string, StrategyParameter][] = Object.entries(STRATEGIES[kind].parameters);
  return Object.fromEntries(fields.map(([name, field]) => [name, field.default]));
}

/** Stores a strategy. @returns the id of its first version */
export async function storeStrategy(
  database: Database,
  workspaceId: string,
  config: StrategyConfig,
): Promise<string> {
  const strategy = { name: "Test", notes: "", config };
  return (await createStrategy(database, workspaceId, strategy)).versionId;
}

/** Runs a backtest of a strategy here. */
export async function runTestBacktest(
  engine: JobEngine,
  workspaceId: string,
  config: StrategyConfig,
  plan: BacktestPlan = { kind: "single" },
) {
  const { database } = engine;
  const versionId = await storeStrategy(database, workspaceId, config);
  const { backtestId, jobId } = await insertDemoBacktest(database, workspaceId, versionId, plan);
  await runJob(engine, jobId, NEVER_STOPPING);
  const { rows } = await database.pool.query(
    "SELECT report, series, series_columns FROM backtest WHERE id = $1",
    [backtestId],
  );
  const [stored] = rows;
  return {
    backtestId,
    versionId,
    job: await jobById(database, workspaceId, jobId),
    report: stored.report === null ? null : BacktestReport.parse(stored.report),
    series:
      stored.series === null ? null : unpackBacktestSeries(stored.series_columns, stored.series),
  };
}

/** Runs a backtest that must end well. */
export async function finishedBacktest(...args: Parameters<typeof runTestBacktest>) {
  const { job, report, series, ...rest } = await runTestBacktest(...args);
  if (report === null || series === null) {
    throw new Error(`the backtest ended as ${job?.state}: ${job?.error?.message}`);
  }
  return { ...rest, job, report, series };
}

/** Adds an optimisation of a stored strategy version, without its job. */
export async function storeOptimisation(
  database: Database,
  workspaceId: string,
  versionId: string,
  config: OptimisationConfig,
): Promise<string> {
  const { rows } = await database.pool.query<{ id: string }>(
    `INSERT INTO optimisation (id, workspace_id, strategy_version_id, config)
     VALUES (gen_random_uuid(), $1, $2, $3) RETURNING id`,
    [workspaceId, versionId, JSON.stringify(config)],
  );
  return rows[0]?.id ?? "";
}

/** Runs an optimisation of a strategy here. */
export async function runTestOptimisation(
  engine: JobEngine,
  workspaceId: string,
  config: StrategyConfig,
  optimisation: OptimisationConfig,
) {
  const { database } = engine;
  const versionId = await storeStrategy(database, workspaceId, config);
  const optimisationId = await storeOptimisation(database, workspaceId, versionId, optimisation);
  const job = await runNow(engine, workspaceId, { kind: "optimisation", optimisationId });
  const { rows } = await database.pool.query(
    "SELECT summary, live, trial_count FROM optimisation WHERE id = $1",
    [optimisationId],
  );
  const columns = await database.pool.query<{ name: string; data: Buffer }>(
    "SELECT name, data FROM optimisation_column WHERE optimisation_id = $1 ORDER BY name",
    [optimisationId],
  );
  return {
    optimisationId,
    job,
    live: rows[0]?.live,
    trialCount: rows[0]?.trial_count,
    summary: rows[0]?.summary === null ? null : OptimisationSummary.parse(rows[0]?.summary),
    columns: new Map(columns.rows.map(({ name, data }) => [name, float64s(data)])),
  };
}

function float64s(data: Buffer): number[] {
  return Array.from({ length: data.length / 8 }, (_, i) => data.readDoubleLE(8 * i));
}
