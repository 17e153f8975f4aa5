import { afterAll, beforeAll, expect, test } from "vitest";
import { StrategyConfig } from "#contracts/strategy.ts";
import { STRATEGY_DEFAULTS } from "#contracts/strategy-defaults.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { defaultConfig } from "#quant/strategies/parameter-values.ts";
import { zScoreStrategy } from "#quant/strategies/z-score-strategy.ts";
import { createWorkspace } from "./job-harness.test-support.ts";
import { selectionWarnings } from "./selection-warning.ts";

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2023, 0, 1);
const SCAN_END_MS = Date.UTC(2024, 0, 1);

let context: TestDatabase;
let workspaceId: string;
beforeAll(async () => {
  context = await createTestDatabase();
  workspaceId = await createWorkspace(context.database);
  const { pool } = context.database;
  await pool.query(
    `insert into instrument (id, workspace_id, venue, symbol, name, "group")
     values (1, $1, 'upload', 'AAA', '', ''), (2, $1, 'upload', 'BBB', '', ''),
            (3, $1, 'upload', 'CCC', '', '')`,
    [workspaceId],
  );
  await pool.query(
    `with u as (
       insert into universe (id, workspace_id, name, interval_ms, instrument_ids)
       values (gen_random_uuid(), $1, 'Pets', $2, '{1,2,3}') returning *
     ), s as (
       insert into scan (id, workspace_id, universe_id, universe_name, interval_ms, instrument_ids,
                         config, summary)
       select gen_random_uuid(), $1, id, name, interval_ms, instrument_ids, $3, '{}' from u
       returning id
     )
     insert into scan_pair (scan_id, instrument_y, instrument_x, observations)
     select id, 1, 2, 300 from s`,
    [workspaceId, DAY_MS, JSON.stringify({ formation: { startMs: START_MS, endMs: SCAN_END_MS } })],
  );
});
afterAll(() => context.drop());

function traded(changed: Partial<StrategyConfig>) {
  return StrategyConfig.parse({
    kind: "z-score-reversion",
    parameters: defaultConfig(zScoreStrategy),
    books: [[1, 2]],
    intervalMs: DAY_MS,
    formation: { startMs: START_MS, endMs: Date.UTC(2023, 6, 1) },
    trading: { startMs: Date.UTC(2023, 6, 1), endMs: SCAN_END_MS },
    ...STRATEGY_DEFAULTS,
    ...changed,
  });
}

test("regression: a report on bars that chose the pair said nothing of it", async () => {
  const { pool } = context.database;
  const [warning, ...others] = await selectionWarnings(pool, workspaceId, traded({}));
  expect(warning).toContain("The scan of Pets tested this pair on bars from 2023-01-01");
  expect(others).toEqual([]);
  const swapped = traded({ books: [[2, 1]] });
  expect(await selectionWarnings(pool, workspaceId, swapped)).toEqual([warning]);
});

test("of many pairs the warning says how many were tested", async () => {
  const { pool } = context.database;
  const books = [
    [1, 2],
    [1, 3],
  ];
  expect(await selectionWarnings(pool, workspaceId, traded({ books }))).toEqual([
    expect.stringContaining("tested 1 pair on bars"),
  ]);
});

test.each([
  {
    name: "that is traded after the scan",
    changed: { trading: { startMs: SCAN_END_MS, endMs: Date.UTC(2025, 0, 1) } },
  },
  { name: "that no scan tested", changed: { books: [[1, 3]] } },
])("a pair $name needs no warning", async ({ changed }) => {
  const { pool } = context.database;
  expect(await selectionWarnings(pool, workspaceId, traded(changed))).toEqual([]);
});
