import { randomUUID } from "node:crypto";
import pino from "pino";
import type { Role } from "#contracts/account.ts";
import type { BacktestReport, CostAttribution, Metric, TradeLeg } from "#contracts/backtest.ts";
import { packBacktestSeries } from "#contracts/backtest-series.ts";
import type { OptimisationConfig, OptimisationSummary } from "#contracts/optimisation.ts";
import type { PublishedStudyConfig } from "#contracts/published-study.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import { STRATEGY_DEFAULTS } from "#contracts/strategy-defaults.ts";
import { type AccountHome, createAccount } from "#db/accounts.ts";
import { saveBacktestResult } from "#db/backtest-results.ts";
import { createBacktest } from "#db/backtests.ts";
import { writeBars } from "#db/bars.ts";
import type { Database } from "#db/client.ts";
import { createDataset } from "#db/datasets.ts";
import { saveSeriesStatistics, seriesToFill } from "#db/instruments.ts";
import { startLearningRun } from "#db/learning-runs.ts";
import { addModelVersion, moveModelVersion } from "#db/models.ts";
import { saveOptimisationResult } from "#db/optimisation-results.ts";
import { createOptimisation } from "#db/optimisations.ts";
import { startPublishedStudy } from "#db/published-studies.ts";
import { setScanSchedule } from "#db/scan-schedules.ts";
import { createScan } from "#db/scans.ts";
import { createSession, openSession } from "#db/sessions.ts";
import { createShare } from "#db/shares.ts";
import { createStrategy } from "#db/strategies.ts";
import { inTransaction } from "#db/transaction.ts";
import { createUniverse } from "#db/universes.ts";
import { createUpload, finishUpload } from "#db/uploads.ts";
import { defaultConfig } from "#quant/strategies/parameter-values.ts";
import { STRATEGIES } from "#quant/strategies/strategy-kinds.ts";
import { analysisConfig, createFinishedAnalysis } from "./analysis-world.test-support.ts";
import { hashPassword } from "./auth/password.ts";
import { newToken, tokenHash } from "./auth/session-token.ts";
import type { Context } from "./context.ts";
import { parseServerEnv, type ServerEnv } from "./env.ts";
import {
  createFinishedLearning,
  datasetConfig,
  LEARNING_RUN,
  trainedModelText,
} from "./learning-world.test-support.ts";
import { createModel, newVersion } from "./model-world.test-support.ts";

export const HOUR_MS = 3_600_000;
export const START_MS = 1_700_000_400_000 - (1_700_000_400_000 % HOUR_MS);
const BARS = 240;

/** The span of the bars of a world. */
export const DATA_WINDOW = { startMs: START_MS, endMs: START_MS + BARS * HOUR_MS };

export const PASSWORD = "correct horse battery staple";

export const TEST_ENV: ServerEnv = parseServerEnv({
  NODE_ENV: "test",
  DATABASE_URL: "postgresql://unused",
  NEXTAUTH_URL: "http://127.0.0.1:3000",
  NEXTAUTH_SECRET: "a secret of the tests that is long enough",
  SECRETS_KEY: Buffer.alloc(32, "the key of the tests").toString("base64"),
  LOG_LEVEL: "silent",
  RATE_LIMIT_FACTOR: "100000",
});

/** Context of a request; `env` changes what the test is about. */
export function testContext(
  database: Database,
  options: { session?: Context["session"]; env?: Partial<ServerEnv> } = {},
): Context {
  return {
    database,
    env: { ...TEST_ENV, ...options.env },
    log: pino({ level: "silent" }),
    session: options.session ?? null,
    address: "203.0.113.9",
    userAgent: "test",
    setCookie: () => undefined,
  };
}

let knownHash: Promise<string> | undefined;

/** A person with a workspace of their own and the password PASSWORD. */
export async function createPerson(database: Database): Promise<AccountHome & { email: string }> {
  knownHash ??= hashPassword(PASSWORD);
  const email = `person-${randomUUID()}@example.org`;
  const account = { name: "Ada", email, passwordHash: await knownHash };
  return { ...(await createAccount(database, account)), email };
}

/** A new session in a workspace, of a new person who is a member of it in this role. */
export async function signInMember(
  database: Database,
  workspaceId: string,
  role: Role,
): Promise<NonNullable<Context["session"]>> {
  const { userId } = await createPerson(database);
  await database.pool.query(
    "insert into membership (user_id, workspace_id, role) values ($1, $2, $3)",
    [userId, workspaceId, role],
  );
  return signIn(database, { userId, workspaceId });
}

/** A new session of a person. */
export async function signIn(
  database: Database,
  home: AccountHome,
): Promise<NonNullable<Context["session"]>> {
  const hash = tokenHash(newToken());
  const { userId, workspaceId } = home;
  await createSession(database, {
    userId,
    workspaceId,
    tokenHash: hash,
    userAgent: "test",
    lifetimeMs: HOUR_MS,
  });
  const session = await openSession(database, hash);
  if (session === null) throw new Error("the new session is not valid");
  return session;
}

/** A guest in an empty workspace. */
export async function signInGuest(database: Database): Promise<NonNullable<Context["session"]>> {
  const { userId, workspaceId } = await createPerson(database);
  await database.pool.query(
    `update user_account set is_guest = true, email = null, password_hash = null,
            expires_at = now() + interval '7 days' where id = $1`,
    [userId],
  );
  return signIn(database, { userId, workspaceId });
}

/** One object of each kind in a workspace, finished where there is something to finish. */
export type World = {
  workspaceId: string;
  instrumentY: number;
  instrumentX: number;
  symbolY: string;
  symbolX: string;
  seriesId: number;
  uploadId: string;
  inspectedUploadId: string;
  universeId: string;
  deletedUniverseId: string;
  scanId: string;
  deletedScanId: string;
  strategyId: string;
  deletedStrategyId: string;
  strategyVersionId: string;
  backtestId: string;
  /** Of the same version, older. */
  otherBacktestId: string;
  deletedBacktestId: string;
  optimisationId: string;
  deletedOptimisationId: string;
  studyId: string;
  deletedStudyId: string;
  analysisId: string;
  jobId: string;
  shareId: string;
  shareToken: string;
  datasetId: string;
  deletedDatasetId: string;
  datasetVersionId: string;
  runId: string;
  deletedRunId: string;
  modelId: string;
  deletedModelId: string;
  modelVersionId: string;
};

export async function createWorld(database: Database, owner: AccountHome): Promise<World> {
  const { workspaceId } = owner;
  const symbolY = `AAA${randomUUID().slice(0, 8)}`;
  const symbolX = `BBB${randomUUID().slice(0, 8)}`;
  const y = await createSeries(database, workspaceId, symbolY, 100);
  const x = await createSeries(database, workspaceId, symbolX, 50);
  const universe = {
    name: "=Universe",
    intervalMs: HOUR_MS,
    instrumentIds: [y.instrumentId, x.instrumentId],
  };
  const universeId = await createUniverse(database, workspaceId, universe);
  const scan = await createFinishedScan(
    database,
    owner,
    universeId,
    y.instrumentId,
    x.instrumentId,
  );
  await setScanSchedule(
    database,
    owner,
    { universeId, scanId: scan.scanId, cadence: { kind: "daily", hourUtc: 6 } },
    Date.now(),
  );
  const config = strategyConfig(y.instrumentId, x.instrumentId);
  const strategy = { name: "Strategy", notes: "", config };
  const { id: strategyId, versionId } = await createStrategy(database, workspaceId, strategy);
  const other = await createFinishedBacktest(database, owner, versionId);
  const backtest = await createFinishedBacktest(database, owner, versionId);
  const shareToken = newToken();
  const shareId = await createShare(database, workspaceId, {
    backtestId: backtest.backtestId,
    label: "for a friend",
    includeSizes: false,
    includeNotes: false,
    tokenHash: tokenHash(shareToken),
    lifetimeDays: 30,
  });
  return {
    ...(await createLearningWorld(database, owner, y.instrumentId, x.instrumentId)),
    workspaceId,
    instrumentY: y.instrumentId,
    instrumentX: x.instrumentId,
    ...{ symbolY, symbolX },
    seriesId: y.seriesId,
    uploadId: await createStoredUpload(database, workspaceId, "received"),
    inspectedUploadId: await createStoredUpload(database, workspaceId, "inspected"),
    universeId,
    deletedUniverseId: await deleted(
      database,
      "universe",
      await createUniverse(database, workspaceId, universe),
    ),
    scanId: scan.scanId,
    deletedScanId: await deleted(
      database,
      "scan",
      (await createFinishedScan(database, owner, universeId, y.instrumentId, x.instrumentId))
        .scanId,
    ),
    strategyId,
    deletedStrategyId: await deleted(
      database,
      "strategy",
      (await createStrategy(database, workspaceId, strategy)).id,
    ),
    strategyVersionId: versionId,
    backtestId: backtest.backtestId,
    otherBacktestId: other.backtestId,
    deletedBacktestId: await deleted(
      database,
      "backtest",
      (await createFinishedBacktest(database, owner, versionId)).backtestId,
    ),
    optimisationId: await createFinishedOptimisation(database, owner, versionId),
    deletedOptimisationId: await deleted(
      database,
      "optimisation",
      await createFinishedOptimisation(database, owner, versionId),
    ),
    studyId: await createFinishedStudy(database, owner, y.instrumentId, x.instrumentId),
    deletedStudyId: await deleted(
      database,
      "published_study",
      await createFinishedStudy(database, owner, y.instrumentId, x.instrumentId),
    ),
    analysisId: await createFinishedAnalysis(
      database,
      owner,
      analysisConfig({ instrumentY: y.instrumentId, instrumentX: x.instrumentId }, DATA_WINDOW),
    ),
    jobId: scan.jobId,
    shareId,
    shareToken,
  };
}

export function strategyConfig(instrumentY: number, instrumentX: number): StrategyConfig {
  const middleMs = START_MS + (BARS / 2) * HOUR_MS;
  return {
    ...STRATEGY_DEFAULTS,
    costs: { ...STRATEGY_DEFAULTS.costs, dividends: [] },
    kind: "z-score-reversion",
    parameters: { ...defaultConfig(STRATEGIES["z-score-reversion"]), zScoreWindowBars: 20 },
    books: [[instrumentY, instrumentX]],
    intervalMs: HOUR_MS,
    formation: { startMs: START_MS, endMs: middleMs },
    trading: { startMs: middleMs, endMs: START_MS + BARS * HOUR_MS },
  };
}

export function publishedStudyConfig(
  instrumentY: number,
  instrumentX: number,
): PublishedStudyConfig {
  const { intervalMs, formation, trading } = strategyConfig(instrumentY, instrumentX);
  return {
    ...{ intervalMs, formation, trading, traditionalPairs: 1 },
    instruments: [instrumentY, instrumentX],
    pairs: [[instrumentY, instrumentX]],
  };
}

/** The same with one parameter of its kind changed. */
export function withParameter(
  config: StrategyConfig,
  name: string,
  value: number | string | boolean | null,
): StrategyConfig {
  return { ...config, parameters: { ...config.parameters, [name]: value } };
}

export const SCAN_OPTIONS = {
  formation: { startMs: START_MS, endMs: START_MS + BARS * HOUR_MS },
  lags: { kind: "fixed", lags: 1 },
  direction: "y-on-x",
  significance: 0.05,
} as const;

async function createSeries(
  database: Database,
  workspaceId: string,
  symbol: string,
  price: number,
): Promise<{ seriesId: number; instrumentId: number }> {
  const close = Float64Array.from({ length: BARS }, (_, i) => price + Math.sin(i / 7 + price));
  const openTimeMs = Float64Array.from({ length: BARS }, (_, i) => START_MS + i * HOUR_MS);
  const bars = { openTimeMs, open: close, high: close, low: close, close, volume: close };
  return inTransaction(database.pool, async (client) => {
    const key = { workspaceId, venue: "upload", symbol, name: "", group: "" } as const;
    const shape = { intervalMs: HOUR_MS, closeOnly: false };
    const { seriesId } = await seriesToFill(client, key, shape);
    await writeBars(client, seriesId, bars, { isNew: true });
    await saveSeriesStatistics(client, seriesId, {
      calendar: "continuous",
      closeOnly: false,
      firstOpenTimeMs: START_MS,
      lastOpenTimeMs: START_MS + (BARS - 1) * HOUR_MS,
      barCount: BARS,
      missingCount: 0,
      gaps: [],
      addedDuplicateCount: 0,
      addedRejectedCount: 0,
      contentHash: "0".repeat(64),
    });
    const { rows } = await client.query<{ instrumentId: number }>(
      `select instrument_id as "instrumentId" from bar_series where id = $1`,
      [seriesId],
    );
    return { seriesId, instrumentId: rows[0]?.instrumentId ?? 0 };
  });
}

async function createStoredUpload(
  database: Database,
  workspaceId: string,
  state: "received" | "inspected",
): Promise<string> {
  const id = await createUpload(database.pool, { workspaceId, fileName: "AAA.csv" });
  await finishUpload(database.pool, { id, byteCount: 10, sha256: "0".repeat(64) });
  await database.pool.query("update upload set state = $2 where id = $1", [id, state]);
  return id;
}

async function createFinishedScan(
  database: Database,
  owner: AccountHome,
  universeId: string,
  instrumentY: number,
  instrumentX: number,
): Promise<{ scanId: string; jobId: string }> {
  const scan = await createScan(database, owner, { universeId, ...SCAN_OPTIONS });
  await database.pool.query(
    `insert into scan_pair (scan_id, instrument_y, instrument_x, observations, hedge_ratio,
                            intercept, statistic_yx, p_value_yx, p_value, q_value, correlation)
     values ($1, $2, $3, $4, 0.5, 2.6, -4.2, 0.003, 0.003, 0.006, 0.9)`,
    [scan.scanId, instrumentY, instrumentX, BARS],
  );
  await finishJobOf(database, scan.jobId);
  return scan;
}

async function createFinishedBacktest(
  database: Database,
  owner: AccountHome,
  versionId: string,
): Promise<{ backtestId: string; jobId: string }> {
  const backtest = await createBacktest(database, owner, versionId);
  const n = BARS / 2;
  const ones = new Float64Array(n).fill(1);
  const openTimeMs = Float64Array.from(
    { length: n },
    (_, i) => START_MS + (BARS / 2 + i) * HOUR_MS,
  );
  const lines = { "close.0": ones, "close.1": ones, "spread.0": ones, "zScore.0": ones };
  const money = { equity: ones, "benchmark.0": ones };
  const series = packBacktestSeries({ openTimeMs, ...lines, ...money, drawdown: ones });
  await saveBacktestResult(database.pool, backtest.backtestId, { report: REPORT, series });
  await finishJobOf(database, backtest.jobId);
  return backtest;
}

/** Three trials of the entry; the best is the last. */
export async function createFinishedOptimisation(
  database: Database,
  owner: AccountHome,
  versionId: string,
): Promise<string> {
  const started = await createOptimisation(database, owner, versionId, OPTIMISATION);
  await saveOptimisationResult(database.pool, started.optimisationId, {
    summary: OPTIMISATION_SUMMARY,
    columns: [
      { name: "parameter.entryZScore", choices: null, values: Float64Array.of(1.5, 2, 2.5) },
      { name: "parameter.prices", choices: ["log", "level"], values: Float64Array.of(0, 0, 1) },
      { name: "parameter.stopZScore", choices: null, values: Float64Array.of(4, 5, Number.NaN) },
      { name: "figure.sharpeRatio", choices: null, values: Float64Array.of(0.5, Number.NaN, 1.5) },
    ],
  });
  await finishJobOf(database, started.jobId);
  return started.optimisationId;
}

/** A dataset with a finished run, and a model whose first version was live before the second is. */
async function createLearningWorld(
  database: Database,
  owner: AccountHome,
  instrumentY: number,
  instrumentX: number,
) {
  const legs = { instrumentY, instrumentX, window: DATA_WINDOW };
  const file = trainedModelText(legs);
  const learned = await createFinishedLearning(database, owner, legs, file);
  await finishJobOf(database, learned.runJobId);
  const { datasetId, datasetVersionId, runId } = learned;
  const other = await createDataset(database, owner.workspaceId, {
    ...{ name: "Other", notes: "" },
    config: datasetConfig(legs),
  });
  const otherRun = await startLearningRun(database, owner, {
    ...{ datasetVersionId, name: "Other" },
    config: { ...LEARNING_RUN, seed: 2 },
  });
  await finishJobOf(database, otherRun.jobId);
  return {
    ...{ datasetId, datasetVersionId, runId },
    deletedDatasetId: await deleted(database, "dataset", other.id),
    deletedRunId: await deleted(database, "learning_run", otherRun.runId),
    ...(await createLiveModel(database, owner, file)),
  };
}

/** A model whose first version was live before the second is. */
async function createLiveModel(database: Database, owner: AccountHome, text: string) {
  const { modelId, versionId: modelVersionId } = await createModel(database, owner);
  const trained = { ...newVersion(), file: Buffer.from(text) };
  await addModelVersion(database, owner, modelId, trained);
  for (const version of [1, 2]) {
    await moveModelVersion(database, owner, { modelId, version, stage: "live", reason: "" });
  }
  const other = await createModel(database, owner);
  return {
    modelId,
    modelVersionId,
    deletedModelId: await deleted(database, "model", other.modelId),
  };
}

async function createFinishedStudy(
  database: Database,
  owner: AccountHome,
  instrumentY: number,
  instrumentX: number,
): Promise<string> {
  const config = publishedStudyConfig(instrumentY, instrumentX);
  const { studyId, jobId } = await startPublishedStudy(database, owner, config);
  await finishJobOf(database, jobId);
  return studyId;
}

async function finishJobOf(database: Database, jobId: string): Promise<void> {
  await database.pool.query(
    "update job set state = 'succeeded', progress = 1, finished_at = now() where id = $1",
    [jobId],
  );
}

async function deleted(
  database: Database,
  table:
    | "universe"
    | "scan"
    | "strategy"
    | "backtest"
    | "optimisation"
    | "published_study"
    | "dataset"
    | "learning_run"
    | "model",
  id: string,
): Promise<string> {
  await database.pool.query(`update ${table} set deleted_at = now() where id = $1`, [id]);
  return id;
}

export const OPTIMISATION: OptimisationConfig = {
  space: {
    entryZScore: { kind: "range", from: 1.5, to: 2.5, step: 0.5 },
    prices: { kind: "values", values: ["log", "level"] },
    stopZScore: { kind: "values", values: [4, 5, null] },
  },
  method: { kind: "grid" },
  objective: "sharpeRatio",
  tradesMin: 0,
};

const METRIC: Metric = { value: 0.5, reason: null };
const METRICS: BacktestReport["metrics"] = {
  totalReturn: METRIC,
  annualisedReturn: METRIC,
  annualisedVolatility: METRIC,
  sharpeRatio: METRIC,
  sortinoRatio: METRIC,
  calmarRatio: METRIC,
  omegaRatio: METRIC,
  drawdownMax: METRIC,
  drawdownDurationBars: METRIC,
  valueAtRisk95: METRIC,
  conditionalValueAtRisk95: METRIC,
  winRate: METRIC,
  profitFactor: METRIC,
  expectancy: METRIC,
  averageHoldingBars: METRIC,
  turnover: METRIC,
  exposure: METRIC,
  tradeCount: { value: 1, reason: null },
};
const COSTS: CostAttribution = {
  ...{ grossPnl: 5, slippage: 1, fees: 2, funding: 0.25, borrow: 0.5, dividends: 0.75 },
  ...{ liquidationFees: 0.125, netPnl: 3 },
};
const LEG: TradeLeg = {
  ...{ instrument: 0, quantity: -1, entryPrice: 100, exitPrice: 99, grossPnl: 1, fees: 1 },
  ...{ slippageCost: 0.25, funding: 0.25, borrow: 0.5, dividends: 0.75, liquidationFee: 0.125 },
  netPnl: 0,
};

export const REPORT: BacktestReport = {
  metrics: METRICS,
  periodsPerYear: 8_760,
  fillConvention: "next-open",
  instruments: [
    { instrumentId: 7_001, symbol: "AAA", venue: "upload" },
    { instrumentId: 7_002, symbol: "BBB", venue: "upload" },
  ],
  books: [
    {
      instruments: [0, 1],
      fit: { hedgeRatio: 1, intercept: 0, rSquared: 1 },
      refusal: null,
      figures: [
        { name: "zScore", label: "Z-score", axis: "z-score" },
        { name: "spread", label: "Spread", axis: "spread" },
      ],
    },
  ],
  formation: { startMs: START_MS, endMs: START_MS + HOUR_MS, bars: 1 },
  trading: { startMs: START_MS, endMs: START_MS + HOUR_MS, bars: 1 },
  costs: COSTS,
  instrumentCosts: [COSTS, COSTS],
  initialEquity: 20_000,
  finalEquity: 20_003,
  trades: [
    {
      book: 0,
      side: "short",
      hedgeRatio: 1,
      entrySignalMs: START_MS,
      entryMs: START_MS + HOUR_MS,
      exitSignalMs: null,
      exitMs: START_MS + 2 * HOUR_MS,
      entryFigure: 2.1,
      exitFigure: null,
      legs: [LEG, { ...LEG, instrument: 1, quantity: 2, entryPrice: 50, exitPrice: 52 }],
      netPnl: 3,
      barsHeld: 1,
      exitReason: "end",
    },
  ],
  refusals: [],
  analysis: {
    months: [{ year: 2023, month: 11, return: 0.1, partial: true }],
    drawdowns: [],
    tradeProfits: { edges: [-4, 4], counts: [1] },
    rollingSharpeBars: 20,
    averageGrossLeverage: 1,
    benchmarks: [
      {
        ...{ kind: "cash", label: "Cash", totalReturn: METRIC, annualisedReturn: METRIC },
        ...{ annualisedVolatility: METRIC, sharpeRatio: METRIC, drawdownMax: METRIC },
        ...{ alpha: METRIC, beta: METRIC, correlation: METRIC, informationRatio: METRIC },
        trackingError: METRIC,
      },
    ],
    intervals: [
      {
        ...{ metric: "expectancy", lower: 1, upper: 2, confidence: 0.95 },
        ...{ resamples: 100, meanBlockBars: 5 },
      },
    ],
    evidence: {
      ...{ probabilisticSharpe: METRIC, deflatedSharpe: METRIC },
      ...{ minimumTrackRecordBars: METRIC, trials: 1, fewTrades: null },
    },
    lookAhead: {
      ...{ isPassed: true, cuts: [], differences: [], durationMs: 1 },
      shift: { kind: "passed", detail: null },
    },
    hashes: { orders: "orders-hash", fills: "fills-hash", equity: "equity-hash" },
  },
  windows: [
    {
      ...{ formationStartMs: START_MS, formationEndMs: START_MS + HOUR_MS },
      ...{ tradingStartMs: START_MS + HOUR_MS, tradingEndMs: START_MS + 2 * HOUR_MS },
      pairs: [
        {
          ...{ instruments: [0, 1], pValue: 0.01, hedgeRatio: 1, halfLifeBars: 5 },
          ...{ refusal: null, netPnl: 3, tradeCount: 1, parameters: null },
        },
      ],
      ...{ candidates: 1, trials: 1, inSample: METRICS, outOfSample: METRICS },
    },
  ],
  warnings: [],
  manifest: { configHash: "c", dataHash: "d", codeHash: "e", series: [], computedAtMs: 0 },
  durationMs: 1,
};

const OPTIMISATION_SUMMARY: OptimisationSummary = {
  ...{ trials: 3, skipped: 0, fastTrials: 3 },
  best: [
    {
      trial: 2,
      parameters: { entryZScore: 2.5, prices: "level", stopZScore: null },
      figures: { sharpeRatio: 1.5 },
      neighbours: 1,
    },
  ],
  overfitting: {
    ...{ earlierTrials: 1, probabilisticSharpe: METRIC, deflatedSharpe: METRIC },
    ...{ expectedMaximumSharpe: METRIC, minimumTrackRecordBars: METRIC },
    ...{ backtestOverfitting: METRIC, logits: [] },
  },
  manifest: REPORT.manifest,
  durationMs: 1,
};
