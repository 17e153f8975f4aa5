import type pino from "pino";
import { StrategyConfig } from "#contracts/strategy.ts";
import { STRATEGY_DEFAULTS } from "#contracts/strategy-defaults.ts";
import { BAR_QUOTA } from "#db/bar-quota.ts";
import type { Database } from "#db/client.ts";
import { createDataset } from "#db/datasets.ts";
import {
  demoInstrumentIds,
  hasDemoTemplate,
  insertDemoBacktest,
  insertDemoRun,
  insertDemoScan,
  publishDemoTemplate,
  startDemoTemplate,
  whileMakingDemo,
} from "#db/demo-template.ts";
import { jobById } from "#db/jobs.ts";
import { createStrategy } from "#db/strategies.ts";
import { inTransaction } from "#db/transaction.ts";
import { createUniverse } from "#db/universes.ts";
import {
  type SyntheticInstrument,
  syntheticUniverse,
} from "#quant/synthetic/synthetic-universe.ts";
import { codeHash } from "../code-hash.ts";
import { createComputePool } from "../compute/compute-pool.ts";
import { EXPANSION_LIMITS } from "../imports/expand-file.ts";
import { createCancelRequests } from "../jobs/cancel-requests.ts";
import type { JobEngine } from "../jobs/job-context.ts";
import { runJob } from "../jobs/run-job.ts";
import { storeOneSeries } from "../jobs/store-series.ts";
import { NO_VENUES } from "../venues/venue-access.ts";
import {
  DEMO_DATA,
  DEMO_DATASET,
  DEMO_FORMATION,
  DEMO_RUN,
  DEMO_STRATEGIES,
  DEMO_TRADING,
  DEMO_UNIVERSE_NAME,
  DEMO_WORKSPACE_NAME,
  type DemoStrategy,
} from "./demo-plan.ts";

const WHOLE = { reports: DEMO_STRATEGIES.length, runs: 1 };

/** Threads that compute the demo's scan. */
const SEED_THREADS = 2;

/**
 * Makes the demo: synthetic prices that everybody can read, and the workspace that each guest gets a copy
 * of. Does nothing when it is there and whole. The jobs are the ones that a person would start, run here.
 */
export async function seedDemo(
  database: Database,
  options: { readonly log: pino.Logger },
): Promise<void> {
  if (await hasDemoTemplate(database.pool, WHOLE)) return;
  await whileMakingDemo(database, async () => {
    if (await hasDemoTemplate(database.pool, WHOLE)) return;
    const compute = createComputePool(SEED_THREADS);
    const engine: JobEngine = {
      database,
      compute,
      log: options.log,
      limits: EXPANSION_LIMITS,
      barQuota: BAR_QUOTA,
      codeHash: codeHash(),
      cancelRequests: createCancelRequests(),
      venues: NO_VENUES,
    };
    try {
      await storePrices(database);
      await makeTemplate(engine);
    } finally {
      await compute.close();
    }
  });
}

async function storePrices(database: Database): Promise<void> {
  const known = await demoInstrumentIds(database.pool);
  for (const instrument of syntheticUniverse(DEMO_DATA)) {
    if (!known.has(instrument.symbol)) await storeInstrument(database, instrument);
  }
}

async function storeInstrument(database: Database, instrument: SyntheticInstrument): Promise<void> {
  const { symbol, name, group, openTimeMs, open, high, low, close, volume } = instrument;
  const bars = { openTimeMs, open, high, low, close, volume };
  await inTransaction(database.pool, (client) =>
    storeOneSeries(
      client,
      { workspaceId: null, venue: "demo", symbol, name, group },
      { symbol, bars, duplicateCount: 0, rejectedCount: 0 },
      { intervalMs: DEMO_DATA.intervalMs, closeOnly: false, signal: new AbortController().signal },
    ),
  );
}

async function makeTemplate(engine: JobEngine): Promise<void> {
  const { database } = engine;
  const workspaceId = await startDemoTemplate(database, DEMO_WORKSPACE_NAME);
  const instruments = await demoInstrumentIds(database.pool);
  const universeId = await createUniverse(database, workspaceId, {
    name: DEMO_UNIVERSE_NAME,
    intervalMs: DEMO_DATA.intervalMs,
    instrumentIds: [...instruments.values()],
  });
  const scan = await insertDemoScan(database, workspaceId, {
    universeId,
    formation: DEMO_FORMATION,
    lags: { kind: "aic" },
    direction: "y-on-x",
    significance: 0.05,
  });
  await runToSuccess(engine, workspaceId, scan.jobId);
  for (const plan of DEMO_STRATEGIES) {
    const config = strategyConfig(plan, instruments);
    const { versionId } = await createStrategy(database, workspaceId, { ...plan, config });
    const backtest = await insertDemoBacktest(database, workspaceId, versionId);
    await runToSuccess(engine, workspaceId, backtest.jobId);
  }
  const { name, notes, config } = DEMO_DATASET;
  const dataset = await createDataset(database, workspaceId, {
    name,
    notes,
    config: {
      ...config,
      books: [legsOf(DEMO_DATASET, instruments)],
      intervalMs: DEMO_DATA.intervalMs,
      window: DEMO_FORMATION,
    },
  });
  const run = await insertDemoRun(database, workspaceId, {
    datasetVersionId: dataset.versionId,
    ...DEMO_RUN,
  });
  await runToSuccess(engine, workspaceId, run.jobId);
  await publishDemoTemplate(database.pool, workspaceId, DEMO_WORKSPACE_NAME);
}

function strategyConfig(
  plan: DemoStrategy,
  instruments: ReadonlyMap<string, number>,
): StrategyConfig {
  return StrategyConfig.parse({
    kind: "z-score-reversion",
    parameters: plan.parameters,
    books: [legsOf(plan, instruments)],
    intervalMs: DEMO_DATA.intervalMs,
    formation: DEMO_FORMATION,
    trading: DEMO_TRADING,
    ...STRATEGY_DEFAULTS,
  });
}

/** Leg Y and leg X. */
function legsOf(
  { symbolY, symbolX }: { readonly symbolY: string; readonly symbolX: string },
  instruments: ReadonlyMap<string, number>,
): [number, number] {
  const idOf = (symbol: string): number => {
    const id = instruments.get(symbol);
    if (id === undefined) throw new Error(`Invariant: the demo has ${symbol}`);
    return id;
  };
  return [idOf(symbolY), idOf(symbolX)];
}

async function runToSuccess(engine: JobEngine, workspaceId: string, jobId: string): Promise<void> {
  await runJob(engine, jobId, new AbortController().signal);
  const job = await jobById(engine.database, workspaceId, jobId);
  if (job?.state !== "succeeded") {
    throw new Error(`the demo's ${job?.kind} ended as ${job?.state}: ${job?.error?.message}`);
  }
}
