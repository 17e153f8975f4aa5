import pino from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { LiveMessage } from "#contracts/live-message.ts";
import { claimLivePairs, type LeasedLivePair } from "#db/live-pairs.ts";
import { storeSnapshots } from "#db/live-snapshots.ts";
import { emptySnapshot, newHolder, watchNewPair } from "#db/live-world.test-support.ts";
import { deleteSession } from "#db/sessions.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { removeWatchedPair } from "#db/watched-pairs.ts";
import { createPerson, signIn } from "../world.test-support.ts";
import { createLiveHub, type LiveHub } from "./live-hub.ts";
import type { StreamMessage, StreamReader } from "./live-stream.ts";
import type { DeliveryTimes } from "./live-times.ts";

const SILENT = pino({ level: "silent" });
let subject: TestDatabase;
let hub: LiveHub;
let holder: string;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterEach(() => hub.stop());
afterAll(() => subject.drop());

function startHub(times: Partial<DeliveryTimes> = {}): LiveHub {
  const { database, connectionString } = subject;
  hub = createLiveHub({ database, connectionString, log: SILENT }, { updateMs: 20, ...times });
  return hub;
}

/** A person who watches a pair, and what it takes to store its snapshots. */
async function newReader(): Promise<{
  reader: StreamReader;
  pair: LeasedLivePair;
  watchedPairId: string;
  store: (seq: number) => Promise<unknown>;
}> {
  const { database } = subject;
  const home = await createPerson(database);
  const session = await signIn(database, home);
  const { livePairId, id } = await watchNewPair(database, home.workspaceId);
  holder = newHolder();
  const claimed = await claimLivePairs(database.pool, holder, { leaseMs: 600_000, countMax: 100 });
  const pair = claimed.find((one) => one.id === livePairId);
  if (pair === undefined) throw new Error("the new pair is free");
  const own = holder;
  const store = (seq: number) =>
    storeSnapshots(database.pool, own, [
      { snapshot: emptySnapshot(livePairId, seq), token: pair.token },
    ]);
  const reader = {
    sessionId: session.sessionId,
    userId: home.userId,
    workspaceId: home.workspaceId,
  };
  return { reader, pair, store, watchedPairId: id };
}

/** A stream that is read message by message. */
async function read(reader: StreamReader, alertSeq: number | null = null) {
  const leaving = new AbortController();
  const stream = await hub.open(reader, alertSeq);
  const messages = stream.messages(leaving.signal);
  return {
    leave: () => leaving.abort(),
    next: async (): Promise<StreamMessage | null> => {
      const { value, done } = await messages.next();
      return done === true ? null : (value ?? null);
    },
    /** The next message of a kind; the others are passed over. */
    nextOf: async <Kind extends LiveMessage["kind"]>(kind: Kind) => {
      for (;;) {
        const { value, done } = await messages.next();
        if (done === true || value === undefined) throw new Error("the stream goes on");
        const { message } = value;
        if (isKind(message, kind)) return message;
      }
    },
  };
}

function isKind<Kind extends LiveMessage["kind"]>(
  message: LiveMessage,
  kind: Kind,
): message is Extract<LiveMessage, { kind: Kind }> {
  return message.kind === kind;
}

describe("snapshots", () => {
  test("come whole at first, and as ticks while no bar closes", async () => {
    startHub();
    const { reader, store, pair } = await newReader();
    await store(1);
    const stream = await read(reader);
    expect(await stream.nextOf("update")).toEqual({
      kind: "update",
      snapshots: [emptySnapshot(pair.id, 1)],
      ticks: [],
    });
    await store(2);
    const { snapshots, ticks } = await stream.nextOf("update");
    expect(snapshots).toEqual([]);
    const { bar: _, quality: _q, decay: _d, sparkline: _s, ...tick } = emptySnapshot(pair.id, 2);
    expect(ticks).toEqual([tick]);
    stream.leave();
    expect(await stream.next()).toBeNull();
  });

  test("a reader who is slow gets the newest of each pair, and nothing in between", async () => {
    startHub();
    const { reader, store } = await newReader();
    await store(1);
    const stream = await read(reader);
    await stream.nextOf("update");
    for (let seq = 2; seq <= 30; seq++) await store(seq);
    const seen: number[] = [];
    while (seen.at(-1) !== 30) {
      const { snapshots, ticks } = await stream.nextOf("update");
      expect(snapshots.length + ticks.length).toBe(1);
      seen.push(...ticks.map(({ seq }) => seq));
    }
    expect(seen.length).toBeLessThan(10);
  });

  test("are read once for all readers, and go to those only who watch the pair", async () => {
    startHub();
    const mine = await newReader();
    const theirs = await newReader();
    await mine.store(1);
    await theirs.store(1);
    const streams = [await read(mine.reader), await read(mine.reader)];
    const stranger = await read(theirs.reader);
    for (const stream of streams) {
      const { snapshots } = await stream.nextOf("update");
      expect(snapshots.map(({ livePairId }) => livePairId)).toEqual([mine.pair.id]);
    }
    const { snapshots } = await stranger.nextOf("update");
    expect(snapshots.map(({ livePairId }) => livePairId)).toEqual([theirs.pair.id]);
  });

  test("that no notification told of are found by looking", async () => {
    startHub({ pollMs: 50 });
    const { reader, store, pair } = await newReader();
    await store(1);
    const stream = await read(reader);
    await stream.nextOf("update");
    await subject.database.pool.query(
      `UPDATE live_snapshot SET seq = 2, snapshot = jsonb_set(snapshot, '{seq}', '2')
       WHERE live_pair_id = $1`,
      [pair.id],
    );
    expect((await stream.nextOf("update")).ticks[0]?.seq).toBe(2);
  });

  test("of a pair that no worker computes any more do not pass for live", async () => {
    startHub({ pollMs: 50 });
    const { reader, store, pair } = await newReader();
    await store(1);
    const stream = await read(reader);
    await stream.nextOf("update");
    await subject.database.pool.query(
      "UPDATE live_pair SET lease_expires_at = now() - interval '6 seconds' WHERE id = $1",
      [pair.id],
    );
    expect((await stream.nextOf("update")).ticks[0]).toMatchObject({
      state: "stale",
      stateReason: "No worker computes this pair at the moment",
    });
  });

  test("go on after the listening connection was cut", async () => {
    startHub();
    const { reader, store } = await newReader();
    await store(1);
    const stream = await read(reader);
    await stream.nextOf("update");
    await subject.database.pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'pairdesk-listener' AND datname = current_database()`,
    );
    await store(2);
    expect((await stream.nextOf("update")).ticks[0]?.seq).toBe(2);
  });
});

test("a change of the watchlist is told, and the new pair's snapshot follows", async () => {
  startHub();
  const { reader, store, watchedPairId } = await newReader();
  await store(1);
  const stream = await read(reader);
  await stream.nextOf("update");
  await removeWatchedPair(subject.database, reader.workspaceId, watchedPairId);
  await stream.nextOf("watch-changed");
  const { livePairId } = await watchNewPair(subject.database, reader.workspaceId);
  const [pair] = await claimLivePairs(subject.database.pool, holder, {
    leaseMs: 600_000,
    countMax: 10,
  });
  const snapshot = emptySnapshot(livePairId, 1);
  await storeSnapshots(subject.database.pool, holder, [{ snapshot, token: pair?.token ?? 0 }]);
  expect((await stream.nextOf("update")).snapshots).toEqual([snapshot]);
});

describe("alerts", () => {
  /** An alert of a workspace, as its keeper commits it; a silent one wakes nobody. @returns its number */
  async function raise(workspaceId: string, { isSilent = false } = {}): Promise<number> {
    const { pool } = subject.database;
    const { rows } = await pool.query<{ seq: number }>(
      `WITH rule AS (
         INSERT INTO alert_rule (id, workspace_id, name, config) VALUES (gen_random_uuid(), $1, 'z',
           '{"subject": {"kind": "job", "metric": "job-failed"}, "operator": "above", "threshold": 0,
             "hysteresis": 0, "cooldownMs": 0, "severity": "info"}') RETURNING id)
       INSERT INTO alert (id, workspace_id, rule_id, crossing, severity, message, detail)
       SELECT gen_random_uuid(), $1, id, 1, 'info', 'It happened', '{"value": 1, "threshold": 0, "jobId": null}'
       FROM rule RETURNING seq::float8 AS seq`,
      [workspaceId],
    );
    if (!isSilent) await pool.query("SELECT pg_notify('pairdesk_alert', $1)", [workspaceId]);
    return rows[0]?.seq ?? 0;
  }

  test("reach the readers of their workspace, none twice and none left out", async () => {
    startHub();
    const { reader } = await newReader();
    const stranger = await newReader();
    const stream = await read(reader);
    const strange = await read(stranger.reader);
    // A reader may always be told to look again, so what it gets is told apart by its kind.
    const waiting = strange.nextOf("alert").then(
      ({ alert }) => alert.seq,
      () => "none before it left",
    );
    const raised: number[] = [];
    for (let i = 0; i < 20; i++) raised.push(await raise(reader.workspaceId));
    const seen: number[] = [];
    while (seen.length < 20) seen.push((await stream.nextOf("alert")).alert.seq);
    expect(seen).toEqual(raised);
    strange.leave();
    expect(await waiting).toBe("none before it left");
  });

  test("that came during a break are sent after it, from the number on that the reader has", async () => {
    startHub();
    const { reader } = await newReader();
    const before = await raise(reader.workspaceId);
    const stream = await read(reader);
    const heard = await raise(reader.workspaceId);
    expect((await stream.nextOf("alert")).alert.seq).toBe(heard);
    stream.leave();
    const missed = [await raise(reader.workspaceId), await raise(reader.workspaceId)];
    const again = await read(reader, heard);
    for (const seq of missed) {
      const next = await again.next();
      expect(next?.alertSeq).toBe(seq);
    }
    const fromStart = await read(reader, 0);
    expect((await fromStart.next())?.alertSeq).toBe(before);
  });

  test("regression: a reader who had seen no alert yet missed those of a break", async () => {
    startHub();
    const { reader } = await newReader();
    await subject.database.pool.query("DELETE FROM watched_pair WHERE workspace_id = $1", [
      reader.workspaceId,
    ]);
    const before = await raise(reader.workspaceId);
    const stream = await read(reader);
    const opening = await stream.next();
    expect(opening).toEqual({ alertSeq: before, message: { kind: "alerts-changed" } });
    stream.leave();
    const missed = await raise(reader.workspaceId);
    const again = await read(reader, opening?.alertSeq);
    expect((await again.next())?.alertSeq).toBe(missed);
  });

  test("regression: an alert that no notification told of was never sent", async () => {
    startHub({ pollMs: 50 });
    const { reader } = await newReader();
    const stream = await read(reader);
    await stream.nextOf("alerts-changed");
    const unheard = await raise(reader.workspaceId, { isSilent: true });
    expect((await stream.nextOf("alert")).alert.seq).toBe(unheard);
  });

  test("an acknowledgement is told without an alert", async () => {
    startHub();
    const { reader } = await newReader();
    const stream = await read(reader);
    await stream.nextOf("alerts-changed");
    const waiting = stream.nextOf("alerts-changed");
    let isTold = false;
    void waiting.then(() => {
      isTold = true;
    });
    // The hub may not listen yet when the first of them is sent.
    await expect
      .poll(async () => {
        await subject.database.pool.query("SELECT pg_notify('pairdesk_alert', $1)", [
          reader.workspaceId,
        ]);
        return isTold;
      })
      .toBe(true);
    expect(await waiting).toEqual({ kind: "alerts-changed" });
  });
});

describe("who may read", () => {
  test("a session that is revoked is cut off at the next check", async () => {
    startHub({ sessionCheckMs: 50 });
    const mine = await newReader();
    const other = await newReader();
    const stream = await read(mine.reader);
    const stays = await read(other.reader);
    const told = expect(stream.nextOf("update")).rejects.toMatchObject({ code: "unauthenticated" });
    await deleteSession(subject.database, mine.reader.userId, mine.reader.sessionId);
    await told;
    await other.store(1);
    await stays.nextOf("update");
  });

  test("a person who is no longer a member is cut off too", async () => {
    startHub({ sessionCheckMs: 50 });
    const { reader } = await newReader();
    const stream = await read(reader);
    const told = expect(stream.nextOf("update")).rejects.toMatchObject({ code: "unauthenticated" });
    await subject.database.pool.query("DELETE FROM membership WHERE user_id = $1", [reader.userId]);
    await told;
  });

  test("a person has so many streams, and no more; one that is closed makes room", async () => {
    startHub({ streamsPerUserMax: 2 });
    const { reader } = await newReader();
    const first = await hub.open(reader, null);
    await hub.open(reader, null);
    await expect(hub.open(reader, null)).rejects.toMatchObject({ code: "rate-limited" });
    hub.close(first);
    await hub.open(reader, null);
  });

  test("a process has so many streams, and no more", async () => {
    startHub({ streamsMax: 1 });
    const [mine, theirs] = [await newReader(), await newReader()];
    await hub.open(mine.reader, null);
    await expect(hub.open(theirs.reader, null)).rejects.toMatchObject({ code: "unavailable" });
  });

  test("when the process stops its readers are told to come back", async () => {
    startHub();
    const { reader } = await newReader();
    const stream = await read(reader);
    // Awaited from the start: it is told while the hub is still stopping.
    const told = expect(stream.nextOf("update")).rejects.toMatchObject({ code: "unavailable" });
    await hub.stop();
    await told;
  });
});
