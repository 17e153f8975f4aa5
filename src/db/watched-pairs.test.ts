import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { LIVE_PRESETS } from "#contracts/live-settings.ts";
import { createLiveInstrument } from "./alert-world.test-support.ts";
import {
  claimLivePairs,
  ensureLivePair,
  forgetUnusedLivePairs,
  releaseLivePairs,
  renewLivePairs,
} from "./live-pairs.ts";
import { latestSnapshotSeq, snapshotsOf, storeSnapshots } from "./live-snapshots.ts";
import {
  createWorkspace,
  emptySnapshot,
  newHolder,
  QUICK_SETTINGS,
  watchNewPair,
} from "./live-world.test-support.ts";
import { startListener } from "./notifications.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import {
  addWatchedPair,
  removeWatchedPair,
  reorderWatchedPairs,
  restoreWatchedPair,
  retireWatchedPair,
  setWatchedPairNotes,
  watchedPairOf,
  watchedPairsOf,
} from "./watched-pairs.ts";

let subject: TestDatabase;
let workspaceId: string;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());
beforeEach(async () => {
  workspaceId = await createWorkspace(subject.database);
});

const member = () => ({ workspaceId, isGuest: false });

/** Two new instruments with settings. */
async function newConfig() {
  const y = await createLiveInstrument(subject.database);
  const x = await createLiveInstrument(subject.database);
  return { instrumentY: y.id, instrumentX: x.id, settings: LIVE_PRESETS.default };
}

describe("the watchlist", () => {
  test("a pair is watched once, whatever the number of times it is added", async () => {
    const { database } = subject;
    const config = await newConfig();
    const first = await addWatchedPair(database, member(), config);
    expect(first.isNew).toBe(true);
    expect(await addWatchedPair(database, member(), config)).toEqual({
      id: first.id,
      isNew: false,
    });
    const [pair] = await watchedPairsOf(database.pool, workspaceId);
    expect(pair).toMatchObject({
      id: first.id,
      instrumentY: config.instrumentY,
      settings: LIVE_PRESETS.default,
      synthetic: true,
      snapshot: null,
      retiredAtMs: null,
    });
  });

  test("two watchers of the same settings share one computation", async () => {
    const { database } = subject;
    const config = await newConfig();
    const other = await createWorkspace(database);
    const mine = await addWatchedPair(database, member(), config);
    const theirs = await addWatchedPair(database, { workspaceId: other, isGuest: false }, config);
    const pairs = [
      await watchedPairOf(database.pool, workspaceId, mine.id),
      await watchedPairOf(database.pool, other, theirs.id),
    ];
    expect(pairs[0]?.livePairId).toBe(pairs[1]?.livePairId);
    await removeWatchedPair(database, workspaceId, mine.id);
    expect(await watchedPairsOf(database.pool, other)).toHaveLength(1);
  });

  test("a live pair that nobody watches is forgotten", async () => {
    const { database } = subject;
    const { id, livePairId } = await watchNewPair(database, workspaceId);
    await removeWatchedPair(database, workspaceId, id);
    const { rowCount } = await database.pool.query("SELECT FROM live_pair WHERE id = $1", [
      livePairId,
    ]);
    expect(rowCount).toBe(0);
  });

  test("a pair that is watched while unused ones are forgotten is not lost", async () => {
    const { database } = subject;
    const config = await newConfig();
    await ensureLivePair(database.pool, config);
    const [watched] = await Promise.all([
      addWatchedPair(database, member(), config),
      ...Array.from({ length: 4 }, () => forgetUnusedLivePairs(database.pool)),
    ]);
    expect(await watchedPairOf(database.pool, workspaceId, watched.id)).toBeDefined();
  });

  test("pairs have the order that they are given; new ones come last", async () => {
    const { database } = subject;
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) ids.push((await watchNewPair(database, workspaceId)).id);
    const [a, b, c, d] = ids;
    await reorderWatchedPairs(database, workspaceId, [c ?? "", a ?? ""]);
    const e = (await watchNewPair(database, workspaceId)).id;
    const order = (await watchedPairsOf(database.pool, workspaceId)).map(({ id }) => id);
    expect(order).toEqual([c, a, b, d, e]);
    await expect(reorderWatchedPairs(database, workspaceId, [randomUUID()])).rejects.toMatchObject({
      code: "not-found",
    });
  });

  test("a retired pair stays with its reason, and can be watched again in either way", async () => {
    const { database } = subject;
    const config = await newConfig();
    const { id } = await addWatchedPair(database, member(), config);
    await setWatchedPairNotes(database, workspaceId, id, "since the merger");
    await retireWatchedPair(database, workspaceId, id, "not cointegrated any more");
    const read = () => watchedPairOf(database.pool, workspaceId, id);
    expect(await read()).toMatchObject({
      retiredReason: "not cointegrated any more",
      retiredAtMs: expect.any(Number),
      notes: "since the merger",
    });
    await restoreWatchedPair(database, member(), id);
    expect(await read()).toMatchObject({ retiredReason: null, retiredAtMs: null });
    await retireWatchedPair(database, workspaceId, id, "again");
    expect(await addWatchedPair(database, member(), config)).toEqual({ id, isNew: false });
    expect(await read()).toMatchObject({ retiredAtMs: null, notes: "since the merger" });
  });

  test("a guest watches at most five pairs at a time; retired ones do not count", async () => {
    const { database } = subject;
    const guest = { workspaceId, isGuest: true };
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      ids.push((await addWatchedPair(database, guest, await newConfig())).id);
    }
    await expect(addWatchedPair(database, guest, await newConfig())).rejects.toMatchObject({
      code: "conflict",
    });
    await retireWatchedPair(database, workspaceId, ids[0] ?? "", "enough");
    await addWatchedPair(database, guest, await newConfig());
    await expect(restoreWatchedPair(database, guest, ids[0] ?? "")).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test.each([
    { name: "unknown", change: { instrumentX: 2_000_000_000 }, code: "not-found" },
    { name: "uploaded", venue: "upload", code: "invalid-input" },
    { name: "of another venue", venue: "binance", code: "invalid-input" },
    { name: "that does not trade", status: "halted", code: "invalid-input" },
  ])("a leg $name is refused on its field", async ({ change, venue, status, code }) => {
    const { database } = subject;
    const config = await newConfig();
    if (venue !== undefined || status !== undefined) {
      await database.pool.query(
        "UPDATE instrument SET venue = coalesce($2, venue), status = coalesce($3, status) WHERE id = $1",
        [config.instrumentX, venue ?? null, status ?? null],
      );
    }
    await expect(
      addWatchedPair(database, member(), { ...config, ...change }),
    ).rejects.toMatchObject({ code, field: "instrumentX" });
  });

  test("an upload of another workspace is unknown, not refused", async () => {
    const { database } = subject;
    const config = await newConfig();
    const other = await createWorkspace(database);
    await database.pool.query(
      "UPDATE instrument SET workspace_id = $2, venue = 'upload' WHERE id = $1",
      [config.instrumentY, other],
    );
    await expect(addWatchedPair(database, member(), config)).rejects.toMatchObject({
      code: "not-found",
      field: "instrumentY",
    });
  });

  test("every change wakes those who follow the watchlists", async () => {
    const { database, connectionString } = subject;
    let heard = 0;
    const connected = Promise.withResolvers<void>();
    const listener = startListener(
      connectionString,
      { pairdesk_watch: () => (heard += 1) },
      { onConnect: connected.resolve },
    );
    await connected.promise;
    const { id } = await watchNewPair(database, workspaceId);
    await retireWatchedPair(database, workspaceId, id, "test");
    await removeWatchedPair(database, workspaceId, id);
    await expect.poll(() => heard).toBe(3);
    await listener.stop();
  });
});

describe("leases of live pairs", () => {
  const LEASE = { leaseMs: 60_000, countMax: 100 };

  test("one holder at a time; a lease that ran out changes hands with a higher token", async () => {
    const { database } = subject;
    const { livePairId } = await watchNewPair(database, workspaceId);
    const [first, second] = [newHolder(), newHolder()];
    const mine = (await claimLivePairs(database.pool, first, LEASE)).find(
      ({ id }) => id === livePairId,
    );
    expect(mine).toMatchObject({ settings: QUICK_SETTINGS, legY: { venue: "simulated" } });
    const ids = async (holder: string) =>
      (await claimLivePairs(database.pool, holder, LEASE)).map(({ id }) => id);
    expect(await ids(second)).not.toContain(livePairId);
    await database.pool.query(
      "UPDATE live_pair SET lease_expires_at = now() - interval '1 second' WHERE id = $1",
      [livePairId],
    );
    const theirs = (await claimLivePairs(database.pool, second, LEASE)).find(
      ({ id }) => id === livePairId,
    );
    expect(theirs?.token).toBe((mine?.token ?? 0) + 1);
    expect(await renewLivePairs(database.pool, first, mine ? [mine] : [], 1_000)).toEqual(
      new Set(),
    );
  });

  test("a pair that is given back is free at once; one that nobody wants is not renewed", async () => {
    const { database } = subject;
    const { id, livePairId } = await watchNewPair(database, workspaceId);
    const holder = newHolder();
    const claimed = async () =>
      (await claimLivePairs(database.pool, holder, LEASE)).filter((pair) => pair.id === livePairId);
    await releaseLivePairs(database.pool, holder, await claimed());
    const again = await claimed();
    expect(again).toHaveLength(1);
    expect(await renewLivePairs(database.pool, holder, again, 1_000)).toEqual(
      new Set([livePairId]),
    );
    await retireWatchedPair(database, workspaceId, id, "enough");
    expect(await renewLivePairs(database.pool, holder, again, 1_000)).toEqual(new Set());
    await releaseLivePairs(database.pool, holder, again);
    expect(await claimed()).toEqual([]);
  });

  test("a snapshot of a lost lease, or an older one, is not stored", async () => {
    const { database } = subject;
    const { livePairId } = await watchNewPair(database, workspaceId);
    const holder = newHolder();
    const token =
      (await claimLivePairs(database.pool, holder, LEASE)).find(({ id }) => id === livePairId)
        ?.token ?? 0;
    const store = (seq: number, proof = token) =>
      storeSnapshots(database.pool, holder, [
        { snapshot: emptySnapshot(livePairId, seq), token: proof },
      ]);
    expect(await store(7)).toEqual(new Set([livePairId]));
    expect(await store(6)).toEqual(new Set());
    expect(await store(8, token - 1)).toEqual(new Set());
    expect(await latestSnapshotSeq(database.pool, livePairId)).toBe(7);
    expect(await snapshotsOf(database.pool, [livePairId])).toEqual([emptySnapshot(livePairId, 7)]);
    const read = async () => (await watchedPairsOf(database.pool, workspaceId))[0]?.snapshot;
    expect(await read()).toEqual(emptySnapshot(livePairId, 7));
    await database.pool.query(
      "UPDATE live_pair SET lease_expires_at = now() - interval '6 seconds' WHERE id = $1",
      [livePairId],
    );
    expect(await read()).toMatchObject({ seq: 7, state: "stale" });
  });
});
