import { afterAll, beforeAll, expect, test } from "vitest";
import { LIST_LENGTH_MAX } from "#contracts/list-length.ts";
import { createPerson, createWorld, type World } from "#server/world.test-support.ts";
import { backtestsOf } from "./backtests.ts";
import { scansOf } from "./scans.ts";
import { sharesOf } from "./shares.ts";
import { strategiesOf } from "./strategies.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { universesOf } from "./universes.ts";
import { listUploads, uploadById } from "./uploads.ts";

let subject: TestDatabase;
let world: World;
beforeAll(async () => {
  subject = await createTestDatabase();
  world = await createWorld(subject.database, await createPerson(subject.database));
});
afterAll(() => subject.drop());

const COPIES = {
  scan: `insert into scan (id, workspace_id, universe_id, universe_name, interval_ms, instrument_ids,
           config, created_at)
         select gen_random_uuid(), workspace_id, universe_id, universe_name, interval_ms,
           instrument_ids, config, created_at - n * interval '1 s' from scan, generate_series(1, $2) n
          where id = $1`,
  backtest: `insert into backtest (id, workspace_id, strategy_version_id, created_at)
             select gen_random_uuid(), workspace_id, strategy_version_id,
               created_at - n * interval '1 s' from backtest, generate_series(1, $2) n where id = $1`,
  universe: `insert into universe (id, workspace_id, name, interval_ms, instrument_ids, created_at)
             select gen_random_uuid(), workspace_id, name, interval_ms, instrument_ids,
               created_at - n * interval '1 s' from universe, generate_series(1, $2) n where id = $1`,
  strategy: `insert into strategy (id, workspace_id, name, created_at)
             select gen_random_uuid(), workspace_id, name, created_at - n * interval '1 s'
               from strategy, generate_series(1, $2) n where id = $1`,
  share: `insert into share (id, workspace_id, backtest_id, token_hash, created_at)
          select gen_random_uuid(), workspace_id, backtest_id, decode(md5(n::text), 'hex'),
            created_at - n * interval '1 s' from share, generate_series(1, $2) n where id = $1`,
};

test.each([
  { name: "scan", id: () => world.scanId, list: scansOf },
  {
    name: "backtest",
    id: () => world.backtestId,
    list: (...[database, workspaceId]: Parameters<typeof scansOf>) =>
      backtestsOf(database, workspaceId),
  },
  { name: "universe", id: () => world.universeId, list: universesOf },
  { name: "strategy", id: () => world.strategyId, list: strategiesOf },
  { name: "share", id: () => world.shareId, list: sharesOf },
] as const)("regression: a list was as long as there were rows: $name", async (row) => {
  const { database } = subject;
  await database.pool.query(COPIES[row.name], [row.id(), LIST_LENGTH_MAX]);
  const list: readonly { id: string }[] = await row.list(database, world.workspaceId);
  expect(list).toHaveLength(LIST_LENGTH_MAX);
  expect(list[0]?.id).toBe(row.id());
});

test("regression: the list of files had the preview of every file that was ever imported", async () => {
  const { database } = subject;
  const preview = {
    ...{ header: ["ts"], rows: [], rejections: [], symbols: ["A"], intervalMs: null },
    ...{ calendar: "continuous", closeOnly: true, refusal: null, complete: true },
  };
  await database.pool.query("update upload set preview = $1", [JSON.stringify(preview)]);
  await database.pool.query("update upload set state = 'imported' where id = $1", [world.uploadId]);
  const list = await listUploads(database, world.workspaceId);
  const previews = new Map(list.map((upload) => [upload.id, upload.preview]));
  expect(previews.get(world.uploadId)).toBeNull();
  expect(previews.get(world.inspectedUploadId)).toEqual(preview);
  const one = await uploadById(database, world.workspaceId, world.uploadId);
  expect(one?.preview).toEqual(preview);
});
