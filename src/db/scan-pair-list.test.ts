import { afterAll, beforeAll, expect, test } from "vitest";
import { ScanPairListRequest } from "#contracts/scan-pair-list.ts";
import { createPerson, createWorld, type World } from "#server/world.test-support.ts";
import { scanHeatMapOf } from "./scan-heat-map.ts";
import { scanPairListOf } from "./scan-pair-list.ts";
import { scanPairsOf } from "./scan-pairs.test-support.ts";
import { scanPairPieces } from "./scan-pairs.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

let subject: TestDatabase;
let world: World;
/** Instruments LEG0000 … of the scan. */
let ids: number[];

const LEGS = 130;
const PAIRS = (LEGS * (LEGS - 1)) / 2;

beforeAll(async () => {
  subject = await createTestDatabase();
  const { database } = subject;
  world = await createWorld(database, await createPerson(database));
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into instrument (workspace_id, venue, symbol)
     select $1, 'upload', 'LEG' || lpad(i::text, 4, '0') from generate_series(0, $2) i
     returning id`,
    [world.workspaceId, LEGS - 1],
  );
  ids = rows.map(({ id }) => id);
  await database.pool.query("update scan set instrument_ids = $2 where id = $1", [
    world.scanId,
    ids,
  ]);
  await database.pool.query("delete from scan_pair where scan_id = $1", [world.scanId]);
  // The later the legs, the smaller the p-value; every tenth leg X was refused, every ninth was stationary.
  await database.pool.query(
    `insert into scan_pair (scan_id, instrument_y, instrument_x, observations, refusal, p_value, q_value,
                            half_life_bars, stage)
     select $1, y.id, x.id, 100, case when x.n % 10 = 0 then 'constant' end,
            case when x.n % 10 > 0 then 1 - (y.n * 1000 + x.n) / 200000.0 end,
            case when x.n % 10 > 0 then least(1, 1.7 - (y.n * 1000 + x.n) / 100000.0) end,
            case when x.n % 7 > 0 then x.n end,
            case when x.n % 9 = 0 then 'unit-roots' else 'cointegration' end
       from unnest($2::int[]) with ordinality y(id, n) join unnest($2::int[]) with ordinality x(id, n)
         on y.n < x.n`,
    [world.scanId, ids],
  );
});
afterAll(() => subject.drop());

function list(request: Partial<ScanPairListRequest>) {
  const whole = ScanPairListRequest.parse({ scanId: world.scanId, ...request });
  return scanPairListOf(subject.database, world.workspaceId, whole);
}

test("a page lists the first of very many tested pairs, and says how many there are", async () => {
  const { rows, matchCount } = await list({});
  const all = await scanPairsOf(subject.database, world.workspaceId, world.scanId);
  expect(all).toHaveLength(PAIRS);
  expect(rows).toEqual(all.slice(0, 1_000));
  expect(matchCount).toBe(all.filter(({ refusal }) => refusal === null).length);
});

test.each([
  { show: "refused", is: (refusal: string | null) => refusal !== null },
  { show: "unit-roots", is: (_: string | null, leg: number) => leg % 9 === 0 && leg % 10 > 0 },
] as const)("a page lists the $show pairs alone", async ({ show, is }) => {
  const { rows, matchCount } = await list({ show });
  expect(rows.length).toBeGreaterThan(100);
  for (const { refusal, instrumentX } of rows) {
    expect(is(refusal, ids.indexOf(instrumentX) + 1)).toBe(true);
  }
  expect(matchCount).toBeGreaterThanOrEqual(rows.length);
});

test.each([
  { show: "below", figure: "pValue" },
  { show: "discovered", figure: "qValue" },
] as const)("$show the significance is judged by the $figure", async ({ show, figure }) => {
  await subject.database.pool.query(
    "update scan set config = jsonb_set(config, '{significance}', '0.5') where id = $1",
    [world.scanId],
  );
  const { rows, matchCount } = await list({ show, sort: { by: figure, desc: true } });
  expect(matchCount).toBeGreaterThan(0);
  for (const row of rows) expect(row[figure]).toBeLessThan(0.5);
});

test("the order is of all pairs, not of those that are listed", async () => {
  const { rows } = await list({ sort: { by: "halfLifeBars", desc: true }, limit: 150 });
  // 129, 128 and 127 are no multiples of seven or ten; each is leg X of all legs before it.
  const best = [129, 128].flatMap((n) => Array.from({ length: n - 1 }, () => n));
  expect(rows.map(({ halfLifeBars }) => halfLifeBars)).toEqual(best.slice(0, 150));
  const none = await list({ sort: { by: "halfLifeBars", desc: false }, limit: 1 });
  expect(none.rows[0]?.halfLifeBars).toBe(2);
});

test("pairs can be found by the symbols of both legs, in any case", async () => {
  const { rows, matchCount } = await list({ search: "leg0003 / LEG0004" });
  expect(rows).toMatchObject([{ symbolY: "LEG0003", symbolX: "LEG0004" }]);
  expect(matchCount).toBe(1);
  expect((await list({ search: "LEG0003 nobody" })).rows).toEqual([]);
});

test("pairs can be ordered by their symbols", async () => {
  const { rows } = await list({ sort: { by: "symbols", desc: true }, limit: 2 });
  expect(rows.map(({ symbolY, symbolX }) => [symbolY, symbolX])).toEqual([
    ["LEG0127", "LEG0128"],
    ["LEG0126", "LEG0128"],
  ]);
});

test("a deleted scan, and that of another workspace, are not found", async () => {
  const { database } = subject;
  const notFound = { code: "not-found" };
  await expect(list({ scanId: world.deletedScanId })).rejects.toMatchObject(notFound);
  const other = await createWorld(database, await createPerson(database));
  const foreign = ScanPairListRequest.parse({ scanId: world.scanId });
  await expect(scanPairListOf(database, other.workspaceId, foreign)).rejects.toMatchObject(
    notFound,
  );
  await expect(scanHeatMapOf(database, other.workspaceId, world.scanId)).rejects.toMatchObject(
    notFound,
  );
  await expect(scanPairsOf(database, other.workspaceId, world.scanId)).rejects.toMatchObject(
    notFound,
  );
});

test("the heat map of a large scan has the symbols of its best pairs, and all pairs among them", async () => {
  const { symbols, pairs, instrumentCount } = await scanHeatMapOf(
    subject.database,
    world.workspaceId,
    world.scanId,
  );
  expect(instrumentCount).toBe(LEGS);
  expect(symbols).toHaveLength(100);
  expect(symbols).toEqual(symbols.toSorted());
  expect(pairs).toHaveLength((100 * 99) / 2);
  expect(symbols).toContain("LEG0128");
  expect(symbols).not.toContain("LEG0000");
});

test("the heat map of a small scan has all its pairs", async () => {
  const { database } = subject;
  const small = await createWorld(database, await createPerson(database));
  const map = await scanHeatMapOf(database, small.workspaceId, small.scanId);
  expect(map).toMatchObject({ instrumentCount: 2, pairs: [{ pValueYx: 0.003, refusal: null }] });
});

test("pieces hold no connection in between, and end with an error when the scan is deleted", async () => {
  const { database } = subject;
  const pieces = scanPairPieces(database, world.workspaceId, world.scanId);
  expect((await pieces.next()).value).toHaveLength(2_000);
  expect(database.pool.idleCount).toBe(database.pool.totalCount);
  await database.pool.query("update scan set deleted_at = now() where id = $1", [world.scanId]);
  await expect(pieces.next()).rejects.toMatchObject({ code: "not-found" });
  await database.pool.query("update scan set deleted_at = null where id = $1", [world.scanId]);
});
