// Pairs that were stored before a funnel had columns are read as before.
import { readFileSync } from "node:fs";
import path from "node:path";
import process from "node:process";
import pg from "pg";
import { expect, test } from "vitest";

const MIGRATIONS = path.resolve(import.meta.dirname, "../../prisma/migrations");
const UUID = "00000000-0000-4000-8000-00000000000";

function migration(name: string): string {
  return readFileSync(path.join(MIGRATIONS, name, "migration.sql"), "utf8");
}

/** Runs in a schema of its own that is gone afterwards. */
async function inOldSchema<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const serverUrl = process.env["TEST_DATABASE_URL"] ?? "";
  const client = new pg.Client({ connectionString: `${serverUrl}/pairdesk_template` });
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query("CREATE SCHEMA before_columns");
    await client.query("SET LOCAL search_path = before_columns");
    await client.query(migration("20261120000000_initial"));
    return await work(client);
  } finally {
    await client.query("ROLLBACK");
    await client.end();
  }
}

test("figures of a funnel move into columns, and every pair keeps the p-value that was judged", async () => {
  const rows = await inOldSchema(async (client) => {
    await client.query(
      `INSERT INTO workspace (id, name) VALUES ('${UUID}0', 'Test');
       INSERT INTO universe (id, workspace_id, name, interval_ms) VALUES ('${UUID}0', '${UUID}0', 'U', 1);
       INSERT INTO scan (id, workspace_id, universe_id, universe_name, interval_ms, config)
         SELECT ('${UUID}' || i)::uuid, '${UUID}0', '${UUID}0', 'U', 1,
                jsonb_build_object('direction', CASE WHEN i = 1 THEN 'y-on-x' ELSE 'both' END)
           FROM generate_series(1, 3) i;
       INSERT INTO scan_pair (scan_id, instrument_y, instrument_x, observations, p_value_yx, p_value_xy,
                              funnel)
         VALUES ('${UUID}1', 1, 2, 9, 0.2, 0.1, NULL), ('${UUID}2', 1, 2, 9, 0.2, 0.1, NULL),
                ('${UUID}2', 1, 3, 9, NULL, NULL, NULL),
                ('${UUID}3', 1, 2, 9, 0.2, 0.1, '{"stage": "hurst", "reason": "hurst-too-high",
                  "pValue": 0.04, "rank": null, "cluster": 3, "combinedPValue": 0.05,
                  "johansenPValue": 0.06, "hurst": 0.7, "meanCrossings": 8}')`,
    );
    await client.query(migration("20261130000100_scan_pair_columns"));
    const found = await client.query(
      `SELECT p_value, stage, reason, rank, cluster, combined_p_value, johansen_p_value, hurst,
              mean_crossings
         FROM scan_pair ORDER BY scan_id, instrument_x`,
    );
    await client.query("DELETE FROM workspace");
    expect((await client.query("SELECT FROM scan_pair")).rowCount).toBe(0);
    return found.rows;
  });
  expect(rows).toMatchObject([
    { p_value: 0.2, stage: null },
    { p_value: 0.2, stage: null },
    { p_value: null, stage: null },
    {
      p_value: 0.04,
      stage: "hurst",
      reason: "hurst-too-high",
      rank: null,
      cluster: 3,
      combined_p_value: 0.05,
      johansen_p_value: 0.06,
      hurst: 0.7,
      mean_crossings: 8,
    },
  ]);
});
