import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type pino from "pino";
import type { LiveSnapshot } from "#contracts/live-message.ts";
import { barsLookedUntilMs } from "#db/alert-transitions.ts";
import type { Database } from "#db/client.ts";
import { addFeedEvents } from "#db/feed-events.ts";
import { clockKey, instrumentMarkets, marketClockOffsets } from "#db/live-market.ts";
import {
  claimLivePairs,
  forgetUnusedLivePairs,
  type LeasedLivePair,
  type LiveLegInstrument,
  releaseLivePairs,
  renewLivePairs,
} from "#db/live-pairs.ts";
import {
  forgetLostSnapshots,
  SNAPSHOTS_AT_ONCE_MAX,
  snapshotsOf,
  storeSnapshots,
} from "#db/live-snapshots.ts";
import { startListener } from "#db/notifications.ts";
import { inTransaction } from "#db/transaction.ts";
import type { LiveFigures } from "#quant/live/live-figures.ts";
import { closingBars } from "./closing-bars.ts";
import { LIVE_TIMES, type LiveTimes } from "./live-times.ts";
import { createMarketBoard } from "./market-board.ts";
import { PairRunner } from "./pair-runner.ts";
import { skippedInWords } from "./skipped-bars.ts";
import { type SkippedBars, storedPair } from "./stored-bars.ts";
import { createWake, type Wake } from "./wake.ts";

/** What others want to know of live pairs. Called synchronously; must not throw and must not take long. */
export type LiveHooks = {
  /** A snapshot was stored under this token of the pair's lease: another one tells a change of hands. */
  readonly onSnapshot?: (snapshot: LiveSnapshot, token: number) => void;
  /**
   * Figures of bars that no snapshot has told of, oldest first, before the snapshot that tells of the last:
   * several closed at once, or while nobody computed the pair. The latter begin where the rules on the pair
   * have looked to; of a pair without rules there are none.
   */
  readonly onCaughtUp?: (pair: ToldPair, figures: readonly LiveFigures[]) => void;
};

/** Whose bars are told; `token` as with a snapshot. */
type ToldPair = {
  readonly livePairId: string;
  readonly intervalMs: number;
  readonly token: number;
};

/** The role "live" of a worker process. */
export type Live = {
  /** Gives the pairs back and lets go of everything but the database. */
  readonly stop: () => Promise<void>;
};

/** Pairs whose closed bars are taken in one turn: few enough that the others are not kept waiting. */
const CLOSING_AT_ONCE_MAX = 25;
/** Pairs that are claimed at once, so that processes that start together share them. */
const CLAIMED_AT_ONCE_MAX = 25;
const RETRY_MS = 500;
/** How often pairs are forgotten that nobody watches any more, as those of guests whose time is over. */
const FORGET_MS = 600_000;
const IDLE_MS = 1_000;

/**
 * Computes the wanted live pairs that no other process does: at most four snapshots a second each, stored
 * and told to the listeners of pairdesk_live. Trades and bars are heard of by notifications, and looked for
 * each second; a pair that was somebody else's goes on from its stored bars.
 */
export function startLive(
  {
    database,
    connectionString,
    log,
    ...hooks
  }: {
    readonly database: Database;
    readonly connectionString: string;
    readonly log: pino.Logger;
  } & LiveHooks,
  changes: Partial<LiveTimes> = {},
): Live {
  const loop = new LiveLoop(database, log, hooks, { ...LIVE_TIMES, ...changes });
  const listener = startListener(
    connectionString,
    { pairdesk_market: (payload) => loop.hear(payload), pairdesk_watch: () => loop.lookForPairs() },
    {
      onConnect: () => loop.lookForPairs(),
      onError: (error) => log.warn({ err: error }, "live: not listening"),
    },
  );
  return {
    stop: async () => {
      await listener.stop();
      await loop.stop();
    },
  };
}

class LiveLoop {
  readonly #holder = randomUUID();
  readonly #database: Database;
  readonly #log: pino.Logger;
  readonly #hooks: LiveHooks;
  readonly #times: LiveTimes;
  readonly #board = createMarketBoard();
  readonly #runners = new Map<string, PairRunner>();
  readonly #byInstrument = new Map<number, Set<PairRunner>>();
  readonly #wakes = {
    leases: createWake(),
    looks: createWake(),
    rounds: createWake(),
    reads: createWake(),
    forgets: createWake(),
  };
  readonly #loops: Promise<unknown>;
  #offsets: ReadonlyMap<string, number> = new Map();
  #isEnded = false;

  constructor(database: Database, log: pino.Logger, hooks: LiveHooks, times: LiveTimes) {
    this.#database = database;
    this.#log = log;
    this.#hooks = hooks;
    this.#times = times;
    const { leases, looks, rounds, reads, forgets } = this.#wakes;
    this.#loops = Promise.all([
      this.#repeat("leases", leases, async () => {
        await this.#keepLeases();
        return times.leaseMs / 3;
      }),
      this.#repeat("looks", looks, async () => {
        await this.#look();
        return times.pollMs;
      }),
      this.#repeat("rounds", rounds, () => this.#round()),
      this.#repeat("reads", reads, () => this.#read()),
      this.#repeat("forgets", forgets, async () => {
        await inTransaction(database.pool, forgetUnusedLivePairs);
        await forgetLostSnapshots(database.pool);
        return FORGET_MS;
      }),
    ]);
  }

  /** A notification of the market. */
  hear(payload: string): void {
    const moved = this.#board.hear(payload);
    if (moved !== null) this.#move(moved);
  }

  /** What is to be watched may have changed. */
  lookForPairs(): void {
    this.#wakes.leases.set();
    this.#wakes.looks.set();
  }

  async stop(): Promise<void> {
    this.#isEnded = true;
    for (const wake of Object.values(this.#wakes)) wake.set();
    await this.#loops;
    const pairs = [...this.#runners.values()].map(({ pair }) => pair);
    if (pairs.length > 0) await releaseLivePairs(this.#database.pool, this.#holder, pairs);
  }

  /** Works, sleeps for as long as the work says or until it is woken, and outlives the database's absence. */
  async #repeat(name: string, wake: Wake, work: () => Promise<number>): Promise<void> {
    while (!this.#isEnded) {
      try {
        await wake.wait(await work());
      } catch (error) {
        this.#log.warn({ err: error, loop: name }, "live: tried again in a moment");
        await delay(RETRY_MS);
      }
    }
  }

  #move(instrumentIds: readonly number[]): void {
    let isAny = false;
    for (const id of instrumentIds) {
      for (const runner of this.#byInstrument.get(id) ?? []) {
        runner.move();
        isAny = true;
      }
    }
    if (isAny) this.#wakes.rounds.set();
  }

  async #keepLeases(): Promise<void> {
    const { pool } = this.#database;
    const { leaseMs, pairsMax } = this.#times;
    const held = [...this.#runners.values()];
    if (held.length > 0) {
      const pairs = held.map(({ pair }) => pair);
      const kept = await renewLivePairs(pool, this.#holder, pairs, leaseMs);
      for (const runner of held) if (!kept.has(runner.pair.id)) this.#drop(runner);
    }
    const room = Math.min(CLAIMED_AT_ONCE_MAX, pairsMax - this.#runners.size);
    if (room <= 0) return;
    const claimed = await claimLivePairs(pool, this.#holder, { leaseMs, countMax: room });
    if (claimed.length === 0) return;
    this.#log.info({ pairs: claimed.length }, "live: pairs taken");
    const known = await snapshotsOf(
      pool,
      claimed.map(({ id }) => id),
    );
    const lastById = new Map(known.map((snapshot) => [snapshot.livePairId, snapshot]));
    for (const pair of claimed) this.#add(pair, lastById.get(pair.id));
    this.#wakes.looks.set();
    // There may be more of them.
    if (claimed.length === room) this.#wakes.leases.set();
  }

  #add(pair: PairRunner["pair"], last: LiveSnapshot | undefined): void {
    const runner = new PairRunner(pair, this.#times, last);
    this.#runners.set(pair.id, runner);
    for (const id of runner.instrumentIds) {
      const others = this.#byInstrument.get(id) ?? new Set();
      this.#byInstrument.set(id, others.add(runner));
    }
  }

  #drop(runner: PairRunner): void {
    this.#runners.delete(runner.pair.id);
    for (const id of runner.instrumentIds) this.#byInstrument.get(id)?.delete(runner);
  }

  /** Looks for itself at what notifications tell, and at what time alone changes. */
  async #look(): Promise<void> {
    const ids = [...this.#byInstrument].filter(([, pairs]) => pairs.size > 0).map(([id]) => id);
    if (ids.length === 0) return;
    this.#offsets = await marketClockOffsets(this.#database.pool);
    this.#move(this.#board.look(await instrumentMarkets(this.#database.pool, ids)));
    for (const runner of this.#runners.values()) {
      runner.checkState(this.#board, this.#clockOf(runner));
    }
    this.#wakes.rounds.set();
    this.#wakes.reads.set();
  }

  /** One turn: bars that have closed, then snapshots that are due. @returns ms until there is more to do */
  async #round(): Promise<number> {
    const runners = [...this.#runners.values()];
    const closing = runners.filter((runner) => runner.hasClosedBars(this.#board));
    await this.#takeClosedBars(closing.slice(0, CLOSING_AT_ONCE_MAX));
    const nowMs = Date.now();
    await this.#send(runners.filter((runner) => runner.dueInMs(nowMs) === 0));
    if (closing.length > CLOSING_AT_ONCE_MAX) return 0;
    const waits = runners.map((runner) => runner.dueInMs(Date.now()) ?? IDLE_MS);
    return Math.min(IDLE_MS, ...waits);
  }

  async #takeClosedBars(runners: readonly PairRunner[]): Promise<void> {
    if (runners.length === 0) return;
    const closed = await closingBars(this.#database.pool, runners, this.#board);
    for (const [runner, { aligned, untilMs }] of closed) {
      if (await this.#goesOn(runner, () => runner.takeBars(aligned, untilMs))) continue;
      runner.readAgain();
      this.#wakes.reads.set();
    }
  }

  /** One pair's trouble must not stop the others. */
  async #goesOn(runner: PairRunner, take: () => Promise<boolean>): Promise<boolean> {
    // Since the bars were read, its stored ones may be being read too: those hold them all.
    if (runner.isBusy) return true;
    runner.isBusy = true;
    try {
      return await take();
    } catch (error) {
      this.#log.error({ err: error, livePairId: runner.pair.id }, "live: bars cannot be taken");
      return false;
    } finally {
      runner.isBusy = false;
    }
  }

  async #send(runners: readonly PairRunner[]): Promise<void> {
    for (let from = 0; from < runners.length; from += SNAPSHOTS_AT_ONCE_MAX) {
      const some = runners.slice(from, from + SNAPSHOTS_AT_ONCE_MAX).map((runner) => ({
        runner,
        snapshot: runner.snapshot(this.#board, this.#clockOf(runner)),
      }));
      const stored = await storeSnapshots(
        this.#database.pool,
        this.#holder,
        some.map(({ runner, snapshot }) => ({ snapshot, token: runner.pair.token })),
      ).catch((error: unknown) => {
        for (const { runner } of some) runner.move();
        throw error;
      });
      for (const { runner, snapshot } of some) {
        runner.sent(snapshot);
        if (stored.has(snapshot.livePairId)) await this.#tell(runner, snapshot);
        // Somebody else has the pair, or its row is gone: the next renewal tells.
        else this.#wakes.leases.set();
      }
    }
  }

  async #tell(runner: PairRunner, snapshot: LiveSnapshot): Promise<void> {
    const { intervalMs, pair } = runner;
    const { id: livePairId, token } = pair;
    const { untold, skipped } = runner.told(snapshot);
    if (untold.length > 0) this.#hooks.onCaughtUp?.({ livePairId, intervalMs, token }, untold);
    this.#hooks.onSnapshot?.(snapshot, token);
    if (skipped !== null) await this.#tellSkipped(pair, skipped);
  }

  /** In the log, and on the feed's page: whoever has a rule on the pair may have missed an alert. */
  async #tellSkipped(pair: LeasedLivePair, skipped: SkippedBars): Promise<void> {
    const message = skippedInWords(pair, skipped);
    this.#log.warn({ livePairId: pair.id, ...skipped }, message);
    const happenedAtMs = Date.now();
    const event = { holder: this.#holder, instrumentId: pair.legY.id, happenedAtMs, message };
    await addFeedEvents(this.#database.pool, [{ ...event, kind: "bars-skipped" }]);
  }

  /** Reads the stored bars of one pair that needs it. @returns ms until the next one may */
  async #read(): Promise<number> {
    const nowMs = Date.now();
    const runner = [...this.#runners.values()].find((one) => one.needsReading(this.#board, nowMs));
    if (runner === undefined) return IDLE_MS;
    const { pair, intervalMs } = runner;
    const { y, x } = this.#clockOf(runner).venueMs;
    const venueMs = Math.min(y, x);
    const targetMs = runner.closedTargetMs(this.#board);
    // Before the first trade there may be bars that the venue made itself.
    const untilMs = targetMs > 0 ? targetMs : Math.floor(venueMs / intervalMs) * intervalMs;
    const closedUntilMs = targetMs > 0 ? targetMs : null;
    runner.isBusy = true;
    try {
      const stored = await storedPair(this.#database, pair, untilMs, {
        fromMs: await this.#toldUntilMs(runner),
        barsMax: this.#times.caughtUpBarsMax,
      });
      runner.replace(stored, closedUntilMs, Date.now());
    } catch (error) {
      this.#log.error({ err: error, livePairId: pair.id }, "live: stored bars cannot be read");
      runner.readFailed(Date.now());
    } finally {
      runner.isBusy = false;
    }
    this.#wakes.rounds.set();
    return 0;
  }

  /** Up to which bar the rules on a pair need not be told any more; null: nobody wants to be told. */
  async #toldUntilMs({ pair, toldUntilMs }: PairRunner): Promise<number | null> {
    if (this.#hooks.onCaughtUp === undefined) return null;
    // What others have told may not have been looked at before they died.
    return toldUntilMs ?? (await barsLookedUntilMs(this.#database.pool, pair.id));
  }

  #clockOf({ pair }: PairRunner) {
    const nowMs = Date.now();
    const at = (leg: LiveLegInstrument) => nowMs + (this.#offsets.get(clockKey(leg)) ?? 0);
    return { nowMs, venueMs: { y: at(pair.legY), x: at(pair.legX) } };
  }
}
