import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { LiveSnapshot } from "#contracts/live-message.ts";
import { LIVE_PRESETS, type LiveSettings } from "#contracts/live-settings.ts";
import { listFeedEvents } from "#db/feed-events.ts";
import { claimLivePairs } from "#db/live-pairs.ts";
import { snapshotsOf } from "#db/live-snapshots.ts";
import {
  createWorkspace,
  feedSteps,
  newHolder,
  QUICK_SETTINGS,
  tradeBar,
  watchNewPair,
} from "#db/live-world.test-support.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { removeWatchedPair, retireWatchedPair } from "#db/watched-pairs.ts";
import type { LiveFigures } from "#quant/live/live-figures.ts";
import { createLivePair } from "#quant/live/live-pair.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import type { LiveTimes } from "./live-times.ts";
import { type Live, type LiveHooks, startLive } from "./start-live.ts";

const SECOND_MS = 1_000;
/** More than are taken one by one. */
const BARS = 800;
/** A round second a while ago, so that bars up to now can follow. */
const START_MS = Math.floor(Date.now() / SECOND_MS) * SECOND_MS - BARS * SECOND_MS;

let subject: TestDatabase;
let workspaceId: string;
const running = new Set<Live>();
beforeAll(async () => {
  subject = await createTestDatabase();
});
beforeEach(async () => {
  workspaceId = await createWorkspace(subject.database);
});
afterEach(async () => {
  for (const live of running) await live.stop();
  running.clear();
  await subject.database.pool.query("DELETE FROM watched_pair");
  await subject.database.pool.query("DELETE FROM alert_rule");
});
afterAll(() => subject.drop());

function start(hooks: LiveHooks = {}, times: Partial<LiveTimes> = {}): Live {
  const { database, connectionString } = subject;
  const log = pino({ level: "silent" });
  const live = startLive({ database, connectionString, log, ...hooks }, times);
  running.add(live);
  return live;
}

/** Two legs whose bars of a second can be fed, from bar 0 at START_MS on. */
async function newLegs(settings?: LiveSettings) {
  const pair = await watchNewPair(subject.database, workspaceId, settings);
  const random = createRandom(pair.instrumentY);
  const closes: { y: number; x: number }[] = [];
  let level = 4;
  let deviation = 0;
  for (let t = 0; t < BARS; t++) {
    level += 0.001 * random.gaussian();
    deviation = 0.9 * deviation + 0.0005 * random.gaussian();
    closes.push({ y: Math.exp(1 + 0.8 * level + deviation), x: Math.exp(level) });
  }
  const closeOf = (t: number) => closes[t] ?? { y: Number.NaN, x: Number.NaN };
  const timeOf = (t: number) => START_MS + t * SECOND_MS;
  return {
    ...pair,
    closeOf,
    timeOf,
    /** Commits the bars from ≤ t < to, without those that are left out, and wakes (unless it is silent). */
    feed: async (
      from: number,
      to: number,
      options: {
        readonly without?: { readonly y?: readonly number[]; readonly x?: readonly number[] };
        readonly isSilent?: boolean;
        readonly tradeMs?: number;
        readonly change?: (close: number) => number;
      } = {},
    ) => {
      const { without = {}, isSilent = false, change = (close: number) => close } = options;
      const times = Array.from({ length: to - from }, (_, i) => from + i);
      const leg = (instrumentId: number, name: "y" | "x") => {
        const bars = times
          .filter((t) => !(without[name] ?? []).includes(t))
          .map((t) => tradeBar(timeOf(t), change(closeOf(t)[name])));
        const trade = {
          id: to,
          timeMs: options.tradeMs ?? timeOf(to) - 1,
          price: closeOf(to - 1)[name],
        };
        return { instrumentId, bars, trade, barsUntilMs: timeOf(to) };
      };
      const steps = [leg(pair.instrumentY, "y"), leg(pair.instrumentX, "x")];
      await feedSteps(subject.database, steps, { isSilent });
    },
    /** The newest snapshot. */
    snapshot: async (): Promise<LiveSnapshot | null> =>
      (await snapshotsOf(subject.database.pool, [pair.livePairId]))[0] ?? null,
    /** What the bars before t make of the pair, without those that are left out. */
    expected: (t: number, left: readonly number[] = []): LiveFigures | null => {
      const live = createLivePair(settings ?? QUICK_SETTINGS);
      for (let i = 0; i < t; i++) {
        if (left.includes(i)) continue;
        const { y, x } = closeOf(i);
        live.step({ openTimeMs: timeOf(i), closeY: y, closeX: x, volumeY: 1, volumeX: 1 });
      }
      return live.figures();
    },
  };
}

type Legs = Awaited<ReturnType<typeof newLegs>>;

/** Polls until the newest snapshot has its last bar at t. */
async function untilBar(legs: Legs, t: number): Promise<LiveSnapshot> {
  await expect
    .poll(async () => (await legs.snapshot())?.bar?.openTimeMs, { timeout: 10_000, interval: 10 })
    .toBe(legs.timeOf(t));
  const snapshot = await legs.snapshot();
  if (snapshot === null) throw new Error("there is a snapshot");
  return snapshot;
}

function expectFigures(snapshot: LiveSnapshot, figures: LiveFigures | null): void {
  const { quality, decay, sparkline: _, volumeY, volumeX, ...bar } = figures ?? fail();
  expect(snapshot.bar).toMatchObject(bar);
  expect(snapshot.quality).toEqual(quality);
  expect(snapshot.decay).toEqual(decay);
  expect([snapshot.legY.volume, snapshot.legX.volume]).toEqual([volumeY, volumeX]);
}

function fail(): never {
  throw new Error("there are figures");
}

const RECENT = { tradeMs: Date.now() + 60_000 };

describe("a watched pair", () => {
  test("is computed from its stored bars at once, and the newest prices meet its last bar", async () => {
    const legs = await newLegs();
    await legs.feed(0, 250, RECENT);
    start();
    const snapshot = await untilBar(legs, 249);
    expect(snapshot).toMatchObject({ state: "live", stateReason: null, freshnessMs: 0 });
    expectFigures(snapshot, legs.expected(250));
    expect(snapshot.legY).toMatchObject({ price: legs.closeOf(249).y, tradeId: 250 });
    expect(snapshot.now.spread).toBeCloseTo(snapshot.bar?.spread ?? Number.NaN, 9);
    expect(snapshot.now.zScore).toBeCloseTo(snapshot.bar?.zScore ?? Number.NaN, 9);
    expect(["long", "short", "flat"]).toContain(snapshot.signal);
    expect(snapshot.sparkline).toHaveLength(60);
  });

  test("goes on bar by bar, to the same figures as all bars at once", async () => {
    const legs = await newLegs();
    await legs.feed(0, 200, RECENT);
    start();
    await untilBar(legs, 199);
    for (let t = 200; t < 206; t++) {
      await legs.feed(t, t + 1, { ...RECENT, isSilent: false });
      expectFigures(await untilBar(legs, t), legs.expected(t + 1));
    }
  });

  test("that nobody was woken for is found by looking", async () => {
    const legs = await newLegs();
    await legs.feed(0, 200, { ...RECENT, isSilent: true });
    start({}, { pollMs: 50 });
    await untilBar(legs, 199);
    await legs.feed(200, 203, { ...RECENT, isSilent: true });
    expectFigures(await untilBar(legs, 202), legs.expected(203));
  });

  test("has the amended bar in its figures after a late trade", async () => {
    const legs = await newLegs();
    await legs.feed(0, 198, RECENT);
    await legs.feed(198, 200, { ...RECENT, change: (close) => close * 1.001 });
    start();
    await untilBar(legs, 199);
    // The two last bars are put right; the next one makes it look back.
    await legs.feed(198, 200, RECENT);
    await legs.feed(200, 201, RECENT);
    await untilBar(legs, 200);
    const expected = legs.expected(201);
    await expect
      .poll(async () => (await legs.snapshot())?.bar?.hedgeRatio, { timeout: 10_000 })
      .toBe(expected?.hedgeRatio);
    expectFigures(await untilBar(legs, 200), expected);
  });

  test("that is started again says what it would have said without a stop", async () => {
    const legs = await newLegs();
    await legs.feed(0, 180, RECENT);
    const first = start();
    await untilBar(legs, 179);
    await legs.feed(180, 190, RECENT);
    const before = await untilBar(legs, 189);
    await first.stop();
    running.delete(first);
    start();
    await expect
      .poll(async () => ((await legs.snapshot())?.seq ?? 0) > before.seq, { timeout: 10_000 })
      .toBe(true);
    const after = await untilBar(legs, 189);
    const { bar, quality, decay, sparkline } = before;
    expect(after).toMatchObject({ bar, quality, decay, sparkline });
  });
});

describe("bars that closed while nobody computed a pair", () => {
  /** Two rules, one of which has looked at the bars up to t, the other a little further. */
  async function addRules(legs: Legs, t: number): Promise<void> {
    await subject.database.pool.query(
      `INSERT INTO alert_rule (id, workspace_id, name, config, live_pair_id, cursor)
       SELECT gen_random_uuid(), $1, 'z', '{}', $2, cursor FROM unnest($3::bigint[]) cursor`,
      [workspaceId, legs.livePairId, [legs.timeOf(t + 3), null, legs.timeOf(t)]],
    );
  }

  /** Starts, and waits for the last bar. @returns figures of the bars that were told of before it */
  async function caughtUp(legs: Legs, last: number, times: Partial<LiveTimes> = {}) {
    const told: LiveFigures[] = [];
    start({ onCaughtUp: (_, figures) => told.push(...figures) }, times);
    await untilBar(legs, last);
    return told;
  }

  const openTimes = (figures: readonly LiveFigures[]) =>
    figures.map(({ openTimeMs }) => openTimeMs);
  const timesOf = (legs: Legs, from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => legs.timeOf(from + i));

  test("regression: only the last sixty were told of", async () => {
    const legs = await newLegs();
    await legs.feed(0, 380, RECENT);
    await addRules(legs, 179);
    const told = await caughtUp(legs, 379);
    expect(openTimes(told)).toEqual(timesOf(legs, 180, 379));
    for (const t of [180, 183, 378]) expect(told[t - 180]).toEqual(legs.expected(t + 1));
  });

  test("regression: where they begin was lost with the snapshots when the database crashed", async () => {
    const legs = await newLegs();
    await legs.feed(0, 180, RECENT);
    await addRules(legs, 179);
    const first = start();
    await untilBar(legs, 179);
    await first.stop();
    running.delete(first);
    await subject.database.pool.query("TRUNCATE live_snapshot");
    await legs.feed(180, 200, RECENT);
    expect(openTimes(await caughtUp(legs, 199))).toEqual(timesOf(legs, 180, 199));
  });

  test("those of which a snapshot has told, but at which no rule has looked, are told of again", async () => {
    const legs = await newLegs();
    await legs.feed(0, 200, RECENT);
    const first = start();
    await untilBar(legs, 199);
    await first.stop();
    running.delete(first);
    await addRules(legs, 189);
    await legs.feed(200, 201, RECENT);
    expect(openTimes(await caughtUp(legs, 200))).toEqual(timesOf(legs, 190, 200));
  });

  test("of a pair without rules none is told of", async () => {
    const legs = await newLegs();
    await legs.feed(0, 200, RECENT);
    expect(await caughtUp(legs, 199)).toEqual([]);
  });

  test("of more than may be made good the newest are told of, and it is said that the others are not", async () => {
    const legs = await newLegs();
    await legs.feed(0, 380, RECENT);
    await addRules(legs, 179);
    const told = await caughtUp(legs, 379, { caughtUpBarsMax: 50 });
    expect(openTimes(told)).toEqual(timesOf(legs, 329, 379));
    const at = (t: number) => new Date(legs.timeOf(t)).toISOString().slice(11, 19);
    await expect
      .poll(() => listFeedEvents(subject.database.pool, { limit: 10 }))
      .toMatchObject([
        {
          kind: "bars-skipped",
          message: expect.stringMatching(
            new RegExp(
              `did not look at its bars after .*${at(179)} UTC and before .*${at(329)} UTC`,
            ),
          ),
        },
      ]);
  });

  test("regression: of more than five hundred that closed at once only the last sixty were told of", async () => {
    const legs = await newLegs();
    await legs.feed(0, 200, RECENT);
    const told: number[] = [];
    start({ onCaughtUp: (_, figures) => told.push(...openTimes(figures)) });
    await untilBar(legs, 199);
    await legs.feed(200, BARS, RECENT);
    await untilBar(legs, BARS - 1);
    expect(told).toEqual(timesOf(legs, 200, BARS - 1));
  });
});

describe("several bars at once", () => {
  test("regression: of bars that were taken in one turn only the last was told of", async () => {
    const legs = await newLegs();
    await legs.feed(0, 200, RECENT);
    const told: string[] = [];
    start({
      onCaughtUp: (_, figures) => told.push(...figures.map((bar) => `bar ${bar.openTimeMs}`)),
      onSnapshot: ({ bar }) => told.push(`snapshot ${bar?.openTimeMs}`),
    });
    await untilBar(legs, 199);
    told.length = 0;
    await legs.feed(200, 205, RECENT);
    expectFigures(await untilBar(legs, 204), legs.expected(205));
    await expect.poll(() => told.at(-1)).toBe(`snapshot ${legs.timeOf(204)}`);
    // The state of the bar before may be said once more meanwhile.
    expect([...new Set(told)].slice(-5)).toEqual([
      ...[200, 201, 202, 203].map((t) => `bar ${legs.timeOf(t)}`),
      `snapshot ${legs.timeOf(204)}`,
    ]);
  });

  test("regression: bars that closed between two snapshots were not told of", async () => {
    const legs = await newLegs();
    await legs.feed(0, 200, RECENT);
    const told: (number | undefined)[] = [];
    start({
      onCaughtUp: (_, figures) => told.push(...figures.map(({ openTimeMs }) => openTimeMs)),
      onSnapshot: ({ bar }) => told.push(bar?.openTimeMs),
    });
    await untilBar(legs, 199);
    // Faster than snapshots may be sent.
    for (let t = 200; t < 230; t++) await legs.feed(t, t + 1, RECENT);
    await expect.poll(() => told.at(-1), { timeout: 10_000 }).toBe(legs.timeOf(229));
    expect([...new Set(told)].slice(-31)).toEqual(
      Array.from({ length: 31 }, (_, i) => legs.timeOf(199 + i)),
    );
  });

  test("bars that are read anew, because one before them was amended, are told of like others", async () => {
    const legs = await newLegs();
    await legs.feed(0, 150, RECENT);
    const told: number[] = [];
    start({ onCaughtUp: (_, figures) => told.push(...figures.map((bar) => bar.openTimeMs)) });
    await untilBar(legs, 149);
    // A bar that was taken is amended: with the next ones all are read again.
    await legs.feed(149, 150, { ...RECENT, change: (close) => close * 1.001 });
    await legs.feed(150, 155, RECENT);
    await untilBar(legs, 154);
    expect(told).toEqual([150, 151, 152, 153].map((t) => legs.timeOf(t)));
  });
});

describe("how often and how fast", () => {
  test("at most four snapshots a second, the last of them with the last trade", async () => {
    const legs = await newLegs();
    await legs.feed(0, 200, RECENT);
    const seen: LiveSnapshot[] = [];
    start({ onSnapshot: (snapshot) => seen.push(snapshot) });
    await untilBar(legs, 199);
    const from = seen.length;
    const startedAtMs = Date.now();
    let id = 1_000;
    while (Date.now() - startedAtMs < 2_000) {
      id += 1;
      const trade = { id, timeMs: RECENT.tradeMs + id, price: legs.closeOf(0).y };
      const { instrumentY: instrumentId } = legs;
      await feedSteps(subject.database, [
        { instrumentId, bars: [], trade, barsUntilMs: legs.timeOf(200) },
      ]);
    }
    await expect
      .poll(async () => (await legs.snapshot())?.legY.tradeId, { timeout: 2_000 })
      .toBe(id);
    const sent = seen.slice(from);
    expect(sent.length).toBeGreaterThan(3);
    const span = (sent.at(-1)?.computedAtMs ?? 0) - (sent[0]?.computedAtMs ?? 0);
    expect(sent.length - 1).toBeLessThanOrEqual(span / 250);
    const seqs = sent.map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  });

  test("a pair whose bars no figure can be made of does not stop the others", async () => {
    const bad = await newLegs();
    await bad.feed(0, 200, { ...RECENT, change: () => 0 });
    const good = await newLegs();
    await good.feed(0, 200, RECENT);
    start();
    await untilBar(good, 199);
    await good.feed(200, 201, RECENT);
    await untilBar(good, 200);
    expect(await bad.snapshot()).toMatchObject({ state: "waiting", bar: null });
  });
});

describe("legs that do not trade all the time", () => {
  test("a quiet leg's close is carried, and marked", async () => {
    const legs = await newLegs();
    await legs.feed(0, 200, RECENT);
    start();
    await untilBar(legs, 199);
    await legs.feed(200, 203, { ...RECENT, without: { x: [201, 202] } });
    const snapshot = await untilBar(legs, 202);
    expect(snapshot.bar).toMatchObject({ carriedY: false, carriedX: true });
    expect(snapshot.legX.volume).toBe(0);
  });

  test("a leg whose trades are missing is not carried: the bars are gaps", async () => {
    const legs = await newLegs();
    await legs.feed(0, 200, RECENT);
    start();
    await untilBar(legs, 199);
    await subject.database.pool.query(
      `INSERT INTO feed_gap (instrument_id, from_id, to_id, after_time_ms, before_time_ms, cause)
       VALUES ($1, 201, 210, $2, NULL, 'disconnect')`,
      [legs.instrumentX, legs.timeOf(200) - 1],
    );
    await legs.feed(200, 203, { ...RECENT, without: { x: [200, 201, 202] } });
    await legs.feed(203, 204, RECENT);
    expectFigures(await untilBar(legs, 203), legs.expected(204, [200, 201, 202]));
  });

  test("both legs quiet: no bar", async () => {
    const legs = await newLegs();
    await legs.feed(0, 200, RECENT);
    start();
    await untilBar(legs, 199);
    await legs.feed(200, 202, { ...RECENT, without: { y: [200], x: [200] } });
    expectFigures(await untilBar(legs, 201), legs.expected(202, [200]));
  });
});

describe("states, each with its reason", () => {
  const stateOf = (legs: Legs) => async () => {
    const snapshot = await legs.snapshot();
    return `${snapshot?.state}: ${snapshot?.stateReason}`;
  };

  test("waiting for a first trade, then too few bars, then live", async () => {
    const legs = await newLegs();
    start({}, { pollMs: 50 });
    const state = stateOf(legs);
    await expect.poll(state).toMatch(/^waiting: Waiting for the first trade of S.* and S/);
    await legs.feed(0, 12, RECENT);
    await expect.poll(state, { timeout: 5_000 }).toBe("insufficient-data: 12 of 20 bars so far");
    expect((await legs.snapshot())?.now).toMatchObject({ zScore: null });
    await legs.feed(12, 20, RECENT);
    await expect.poll(state, { timeout: 5_000 }).toBe("live: null");
  });

  test("history that comes later is taken as soon as it is there", async () => {
    const legs = await newLegs();
    await legs.feed(190, 200, RECENT);
    start({}, { hungryMs: 100 });
    const state = stateOf(legs);
    await expect.poll(state, { timeout: 5_000 }).toBe("insufficient-data: 10 of 20 bars so far");
    await legs.feed(0, 190, { ...RECENT, isSilent: true });
    await legs.feed(199, 200, { ...RECENT, isSilent: true });
    await expect.poll(state, { timeout: 5_000 }).toBe("live: null");
    expectFigures(await untilBar(legs, 199), legs.expected(200));
  });

  test("stale by time alone, and live again with the next trade", async () => {
    const legs = await newLegs();
    await legs.feed(0, 200, { tradeMs: Date.now() });
    start({}, { staleAfterMs: 700, pollMs: 50 });
    await expect
      .poll(stateOf(legs), { timeout: 5_000 })
      .toMatch(/^stale: Nothing heard of S.* since/);
    await legs.feed(200, 201, RECENT);
    await expect.poll(stateOf(legs), { timeout: 5_000 }).toBe("live: null");
  });

  test("regression: a quiet leg was taken for stale, though the feed knew it to be quiet", async () => {
    const legs = await newLegs();
    const secondMs = Math.floor(Date.now() / SECOND_MS) * SECOND_MS;
    await legs.feed(0, 200, { tradeMs: secondMs - 120_000 });
    const listensUntil = (barsUntilMs: number) =>
      subject.database.pool.query(
        "UPDATE feed_cursor SET bars_until_ms = $2 WHERE instrument_id = ANY($1::int[])",
        [[legs.instrumentY, legs.instrumentX], barsUntilMs],
      );
    await listensUntil(secondMs);
    start({}, { pollMs: 50 });
    await expect.poll(stateOf(legs), { timeout: 5_000 }).toBe("live: null");
    expect((await legs.snapshot())?.freshnessMs).toBeGreaterThanOrEqual(120_000);
  });

  test("halted at the venue", async () => {
    const legs = await newLegs();
    await legs.feed(0, 200, RECENT);
    await subject.database.pool.query("UPDATE instrument SET status = 'halted' WHERE id = $1", [
      legs.instrumentX,
    ]);
    start({}, { pollMs: 50 });
    await expect.poll(stateOf(legs), { timeout: 5_000 }).toMatch(/^halted: S.* is halted/);
  });

  test("regression: freshness is measured by the clock of the instrument's own market", async () => {
    const legs = await newLegs();
    await subject.database.pool.query(
      `INSERT INTO feed_status (holder, status, updated_at)
       VALUES (gen_random_uuid(), '{"venue": "simulated", "clockOffsetsMs": {"spot": -86400000}}', now())`,
    );
    await legs.feed(0, 200, { tradeMs: Date.now() - 86_400_000 - 2_000 });
    start({}, { pollMs: 50 });
    await expect.poll(stateOf(legs), { timeout: 5_000 }).toBe("live: null");
    const { freshnessMs } = (await legs.snapshot()) ?? {};
    expect(freshnessMs).toBeGreaterThanOrEqual(2_000);
    expect(freshnessMs).toBeLessThan(20_000);
    await subject.database.pool.query("DELETE FROM feed_status");
  });
});

describe("leases", () => {
  test("the pairs of a process that was killed are somebody else's within ten seconds", async () => {
    const legs = await newLegs();
    await legs.feed(0, 200, RECENT);
    // What a killed process leaves behind: a lease that nobody renews.
    await claimLivePairs(subject.database.pool, newHolder(), { leaseMs: 6_000, countMax: 100 });
    const startedAtMs = Date.now();
    start();
    await untilBar(legs, 199);
    expect(Date.now() - startedAtMs).toBeGreaterThan(5_000);
    expect(Date.now() - startedAtMs).toBeLessThan(10_000);
  });

  test("two processes share the pairs, and a stopped one hands its own over at once", async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => newLegs()));
    for (const legs of all) await legs.feed(0, 150, RECENT);
    const [a, b] = [new Set<string>(), new Set<string>()];
    const first = start({ onSnapshot: ({ livePairId }) => a.add(livePairId) });
    start({ onSnapshot: ({ livePairId }) => b.add(livePairId) });
    for (const legs of all) await untilBar(legs, 149);
    expect([...a].filter((id) => b.has(id))).toEqual([]);
    await first.stop();
    running.delete(first);
    for (const legs of all) await legs.feed(150, 151, RECENT);
    for (const legs of all) await untilBar(legs, 150);
  });

  test("a pair that is watched is taken at once, one that is retired or removed is let go", async () => {
    const seen = new Set<string>();
    start({ onSnapshot: ({ livePairId }) => seen.add(livePairId) }, { leaseMs: 60_000 });
    const legs = await newLegs();
    await expect.poll(() => seen.has(legs.livePairId), { timeout: 3_000 }).toBe(true);
    await retireWatchedPair(subject.database, workspaceId, legs.id, "enough");
    await legs.feed(0, 200, RECENT);
    const other = await newLegs(LIVE_PRESETS.desk);
    await expect.poll(() => seen.has(other.livePairId), { timeout: 3_000 }).toBe(true);
    await removeWatchedPair(subject.database, workspaceId, other.id);
    expect(await legs.snapshot()).toMatchObject({ state: "waiting" });
  });
});
