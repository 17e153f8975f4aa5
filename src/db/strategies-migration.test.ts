// Strategies and reports that were stored when there was one kind of them are read as before.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import pg from "pg";
import { expect, test } from "vitest";
import { BacktestReport } from "#contracts/backtest.ts";
import { unpackBacktestSeries } from "#contracts/backtest-series.ts";
import { StrategyConfig } from "#contracts/strategy.ts";

const MIGRATIONS = path.resolve(import.meta.dirname, "../../prisma/migrations");
const STRATEGIES = "20261130000300_strategies";
const UUID = "00000000-0000-4000-8000-00000000000";

function migration(name: string): string {
  return readFileSync(path.join(MIGRATIONS, name, "migration.sql"), "utf8");
}

/** Runs in a schema of its own, as it was before strategies had kinds, that is gone afterwards. */
async function inOldSchema<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const serverUrl = process.env["TEST_DATABASE_URL"] ?? "";
  const client = new pg.Client({ connectionString: `${serverUrl}/pairdesk_template` });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("CREATE SCHEMA one_kind");
    await client.query("SET LOCAL search_path = one_kind");
    const before = readdirSync(MIGRATIONS, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name < STRATEGIES)
      .map(({ name }) => name)
      .toSorted();
    for (const name of before) await client.query(migration(name));
    return await work(client);
  } finally {
    await client.query("ROLLBACK");
    await client.end();
  }
}

const CONFIG = {
  ...{ kind: "z-score-reversion", instrumentY: 1, instrumentX: 2, intervalMs: 3_600_000 },
  ...{ hedgeRatio: "formation", formation: { startMs: 0, endMs: 10 } },
  ...{ trading: { startMs: 10, endMs: 20 }, zScoreWindowBars: 20, entryZScore: 2, exitZScore: 0.5 },
  ...{ stopZScore: 4, holdingMaxBars: null, notional: 500, initialEquity: 1_000 },
  ...{ feeBps: 5, slippageBps: 2 },
};
/** Everything as far out as it was allowed. */
const EXTREMES = [
  { zScoreWindowBars: 5_000, entryZScore: 10, exitZScore: 9.9, stopZScore: 50 },
  { zScoreWindowBars: 3, entryZScore: 0.01, exitZScore: 0, stopZScore: 0.02 },
  { holdingMaxBars: 1_000_000, stopZScore: null, notional: 1e12, initialEquity: 0.01 },
  { holdingMaxBars: 1, feeBps: 1_000, slippageBps: 1_000 },
];

const METRIC_NAMES = Object.keys(BacktestReport.shape.metrics.parse(emptyMetrics()));

function emptyMetrics() {
  const names = BacktestReport.shape.metrics.keyType.options;
  return Object.fromEntries(names.map((name) => [name, { value: null, reason: "none" }]));
}

const TRADE = {
  ...{ side: "short", entrySignalMs: 10, entryMs: 11, exitSignalMs: null, exitMs: 13 },
  ...{ entryZScore: 2.5, exitZScore: null, quantityY: -1, quantityX: 2, entryPriceY: 100 },
  ...{ entryPriceX: 50, exitPriceY: 99, exitPriceX: 52, pnlY: 1, pnlX: 4, feesY: 0.5, feesX: 0.25 },
  ...{ slippageCost: 0.75, netPnl: 4.25, barsHeld: 2, exitReason: "end" },
};
const REPORT = {
  metrics: { ...emptyMetrics(), totalReturn: { value: 0.25, reason: null } },
  ...{ periodsPerYear: 8_760, fillConvention: "next-open" },
  formation: { startMs: 0, endMs: 9, bars: 10, intercept: 0.5, hedgeRatio: 1.5, rSquared: 0.9 },
  trading: { startMs: 10, endMs: 19, bars: 2 },
  costs: { feesY: 0.5, feesX: 0.25, slippage: 0.75, grossPnl: 5, netPnl: 4.25 },
  ...{ initialEquity: 1_000, finalEquity: 1_004.25, trades: [TRADE], warnings: ["few"] },
  manifest: { configHash: "c", dataHash: "d", codeHash: "e", series: [], computedAtMs: 0 },
  durationMs: 1,
};

/** Two bars of the seven columns that there were, value after value. */
const SERIES = Float64Array.from({ length: 14 }, (_, i) => i * 1.5);

async function storeOld(client: pg.Client): Promise<void> {
  await client.query(
    `INSERT INTO workspace (id, name) VALUES ('${UUID}0', 'Test');
     INSERT INTO instrument (id, workspace_id, venue, symbol) VALUES (1, '${UUID}0', 'upload', 'AAA');
     INSERT INTO strategy (id, workspace_id, name) VALUES ('${UUID}0', '${UUID}0', 'S')`,
  );
  for (const [place, change] of [{}, ...EXTREMES].entries()) {
    await client.query(
      `INSERT INTO strategy_version (id, strategy_id, version, config, config_hash)
       VALUES ($1, '${UUID}0', $2, $3, 'old hash')`,
      [`${UUID}${place}`, place + 1, JSON.stringify({ ...CONFIG, ...change })],
    );
  }
  await client.query(
    `INSERT INTO backtest (id, workspace_id, strategy_version_id, report, series)
     VALUES ('${UUID}0', '${UUID}0', '${UUID}0', $1, $2), ('${UUID}1', '${UUID}0', '${UUID}0', $3, $2),
            ('${UUID}2', '${UUID}0', '${UUID}0', NULL, NULL)`,
    [JSON.stringify(REPORT), Buffer.from(SERIES.buffer), JSON.stringify({ ...REPORT, trades: [] })],
  );
}

type Migrated = { versions: { config: unknown; config_hash: string }[]; backtests: StoredRow[] };
type StoredRow = {
  plan: unknown;
  report: unknown;
  metrics: Record<string, number | null> | null;
  series: Buffer | null;
  series_columns: string[];
};

const migrated = (): Promise<Migrated> =>
  inOldSchema(async (client) => {
    await storeOld(client);
    await client.query(migration(STRATEGIES));
    const versions = await client.query("SELECT * FROM strategy_version ORDER BY version");
    const backtests = await client.query<StoredRow>("SELECT * FROM backtest ORDER BY id");
    const change = client.query("UPDATE strategy_version SET version = 9");
    await expect(change).rejects.toThrow();
    return { versions: versions.rows, backtests: backtests.rows };
  });

test("old versions are strategies of the kind that they were, and still cannot be changed", async () => {
  const { versions } = await migrated();
  const configs = versions.map(({ config }) => StrategyConfig.parse(config));
  expect(configs).toHaveLength(1 + EXTREMES.length);
  expect(configs[0]).toMatchObject({
    ...{ kind: "z-score-reversion", books: [[1, 2]], formation: CONFIG.formation },
    parameters: { zScoreWindowBars: 20, entryZScore: 2, exitZScore: 0.5, stopZScore: 4 },
    sizing: { kind: "notional", amount: { kind: "quote", value: 500 } },
    account: { initialEquity: 1_000 },
    costs: { fees: { takerFeeBps: 5 }, slippage: { slippageBps: 2 } },
  });
  expect(versions[0]?.config_hash).toBe("old hash");
});

test("old reports are reports of one book, and a leg that is gone is called by its number", async () => {
  const { backtests } = await migrated();
  const [whole, without, unfinished] = backtests;
  const report = BacktestReport.parse(whole?.report);
  expect(Object.keys(report.metrics).toSorted()).toEqual(METRIC_NAMES.toSorted());
  expect(report).toMatchObject({
    instruments: [
      { instrumentId: 1, symbol: "AAA", venue: "upload" },
      { instrumentId: 2, symbol: "#2", venue: "" },
    ],
    books: [{ instruments: [0, 1], fit: { hedgeRatio: 1.5, intercept: 0.5, rSquared: 0.9 } }],
    costs: { grossPnl: 5, fees: 0.75, slippage: 0.75, netPnl: 4.25, funding: 0 },
    trades: [
      {
        ...{ book: 0, side: "short", entryFigure: 2.5, exitFigure: null, netPnl: 4.25 },
        legs: [
          { instrument: 0, quantity: -1, entryPrice: 100, exitPrice: 99, netPnl: 0.5 },
          { instrument: 1, quantity: 2, entryPrice: 50, exitPrice: 52, netPnl: 3.75 },
        ],
      },
    ],
    ...{ analysis: null, windows: null, warnings: ["few"], finalEquity: 1_004.25 },
  });
  expect(whole).toMatchObject({ plan: { kind: "single" }, metrics: { totalReturn: 0.25 } });
  expect(BacktestReport.parse(without?.report).trades).toEqual([]);
  expect(unfinished).toMatchObject({ report: null, metrics: null, series_columns: [] });
});

test("columns of an old series are read by name", async () => {
  const { backtests } = await migrated();
  const { series = null, series_columns: names = [] } = backtests[0] ?? {};
  if (series === null) return expect.fail("the series is gone");
  const columns = unpackBacktestSeries(names, series);
  expect(columns.openTimeMs).toEqual(SERIES.subarray(0, 2));
  expect(columns["zScore.0"]).toEqual(SERIES.subarray(8, 10));
  expect(columns["drawdown"]).toEqual(SERIES.subarray(12, 14));
});
