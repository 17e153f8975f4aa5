import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BacktestReport } from "#contracts/backtest.ts";
import { LearningRunSummary } from "#contracts/learning-run.ts";
import { ScanSummary } from "#contracts/scan.ts";
import { createGuest } from "#db/demo-workspace.ts";
import { listSeries } from "#db/instruments.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { seedDemo } from "./seed-demo.ts";

let context: TestDatabase;
const log = pino({ level: "silent" });

beforeAll(async () => {
  context = await createTestDatabase();
  await seedDemo(context.database, { log });
});

afterAll(() => context.drop());

test("a guest finds forty instruments, a finished scan and two strategies with reports", async () => {
  const { database } = context;
  const { workspaceId } = await createGuest(database);
  const series = await listSeries(database, workspaceId);
  expect(series).toHaveLength(40);
  expect(series.every(({ venue, barCount }) => venue === "demo" && barCount === 17_520)).toBe(true);
  const scans = await database.pool.query("SELECT summary FROM scan WHERE workspace_id = $1", [
    workspaceId,
  ]);
  expect(ScanSummary.parse(scans.rows[0]?.summary)).toMatchObject({
    pairCount: 780,
    refusedCount: 0,
    warnings: [],
  });
  const backtests = await database.pool.query(
    "SELECT report FROM backtest WHERE workspace_id = $1",
    [workspaceId],
  );
  const reports = backtests.rows.map(({ report }) => BacktestReport.parse(report));
  expect(reports).toHaveLength(2);
  expect(reports.filter(({ costs }) => costs.netPnl > 0)).toHaveLength(1);
});

test("a guest finds what models came to: no more than the simple model that is right", async () => {
  const { database } = context;
  const { workspaceId } = await createGuest(database);
  const { rows } = await database.pool.query(
    `SELECT r.summary, count(p.file)::int AS files
       FROM learning_run r JOIN learning_result p ON p.run_id = r.id
      WHERE r.workspace_id = $1 GROUP BY r.id`,
    [workspaceId],
  );
  expect(rows).toHaveLength(1);
  const { models, results } = LearningRunSummary.parse(rows[0]?.summary);
  const verdicts = results.flatMap(({ verdict }) => (verdict === null ? [] : [verdict]));
  expect(models.filter(({ isBaseline }) => !isBaseline)).toHaveLength(2);
  const worse = { kind: "worse", baseline: "Autoregression" };
  expect(verdicts).toMatchObject([worse, worse]);
  expect(rows[0]?.files).toBeGreaterThanOrEqual(2);
});

test("a template of before there were models is made anew", async () => {
  const { database } = context;
  const templates = async () => {
    const { rows } = await database.pool.query("SELECT id FROM workspace WHERE is_template");
    return rows.map(({ id }) => String(id));
  };
  const before = await templates();
  await database.pool.query(
    "DELETE FROM learning_run USING workspace w WHERE w.id = workspace_id AND w.is_template",
  );
  await seedDemo(database, { log });
  const after = await templates();
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(before);
});

test("seeding again changes nothing", async () => {
  const { database } = context;
  const rows = async () => {
    const { rows } = await database.pool.query(
      `SELECT (SELECT max(updated_at) FROM bar_series) AS series,
         (SELECT array_agg(id) FROM workspace WHERE is_template) AS templates,
         (SELECT count(*) FROM backtest) AS backtests`,
    );
    return rows[0];
  };
  const before = await rows();
  await Promise.all([seedDemo(database, { log }), seedDemo(database, { log })]);
  expect(await rows()).toEqual(before);
});
