// The feed of a process: leases decide which symbols are ours, market feeds read them, one committer writes.
// The order of stopping matters: reading ends first, then what was read is written, then the leases go.
import { randomUUID } from "node:crypto";
import type pino from "pino";
import type { FeedStatus } from "#contracts/feed.ts";
import { createDatabase, type Database } from "#db/client.ts";
import { forgetFeedEvents } from "#db/feed-events.ts";
import { gapsAskedAgain } from "#db/feed-gaps.ts";
import {
  forgetDeadFeeds,
  liveFeedStatuses,
  removeFeedStatus,
  saveFeedStatus,
  venueBanUntilMs,
} from "#db/feed-statuses.ts";
import type { WantedInstrument } from "#db/feed-wanted-instruments.ts";
import { type Leadership, startLeadership } from "#db/leadership.ts";
import { type Listener, startListener } from "#db/notifications.ts";
import { dropPartitionsBefore, ensurePartition } from "#db/partitions.ts";
import { createMarketVenue, type MarketVenue } from "../venues/market-venue.ts";
import { BarCheck } from "./bar-check.ts";
import { Committer } from "./committer.ts";
import { EventLog } from "./event-log.ts";
import type { FeedOptions } from "./feed-options.ts";
import { syncMarket, syncSymbols } from "./instrument-sync.ts";
import { LeaseKeeper } from "./lease-keeper.ts";
import { MarketFeed } from "./market-feed.ts";
import { OperationQueue } from "./operation-queue.ts";
import { type Regular, regularly } from "./regularly.ts";
import { TickerBoard } from "./ticker-board.ts";

/** A running feed. */
export type FeedProcess = {
  readonly holder: string;
  /** Resolves when the feed cannot go on. */
  readonly failed: Promise<string>;
  readonly stop: () => Promise<void>;
};

const TICK_MS = 100;
const STATUS_MS = 1_000;
const HOUSEKEEPING_MS = 3_600_000;
const DAY_MS = 86_400_000;
const EVENT_DAYS = 30;
const PARTITION_DAYS_AHEAD = 2;

/** Trades of one transaction when many wait. */
const CATCH_UP_TRADES = 10_000;

/** Reading begins again when the queue is less full than this. */
const RESUME_FULLNESS = 0.5;

const DRAIN_MS_MAX = 1_500;

/** The longest statement of a feed takes a second or two; one that takes so long is of a database that is away. */
const QUERY_MS_MAX = 20_000;

/** Committer, leases, status, symbols that start, housekeeping. */
const CONNECTIONS = 8;

/** Starts a feed. Nothing is asked of a venue that wants no calls, as far as another process was told so. */
export async function startFeed(
  connectionString: string,
  options: FeedOptions,
  log: pino.Logger,
): Promise<FeedProcess> {
  const database = createDatabase(connectionString, {
    max: CONNECTIONS,
    applicationName: "pairdesk-feed",
    queryTimeoutMs: QUERY_MS_MAX,
  });
  const markets = options.markets.map((market) =>
    createMarketVenue(market, options.addresses[market], options.restTimeoutMs, options.localNowMs),
  );
  for (const { market, rest } of markets) {
    // Without a database nothing is read either: the leases are in it.
    const untilMs = await venueBanUntilMs(database.pool, options.venue, market).catch(() => null);
    if (untilMs !== null) rest.pool.banUntil(untilMs);
  }
  const feed = new Feed({ connectionString, database, markets, options, log });
  return { holder: feed.holder, failed: feed.failed, stop: () => feed.stop() };
}

class Feed {
  readonly holder = randomUUID();
  readonly failed: Promise<string>;
  readonly #options: FeedOptions;
  readonly #log: pino.Logger;
  readonly #database: Database;
  readonly #queue: OperationQueue;
  readonly #events: EventLog;
  readonly #tickers: TickerBoard;
  readonly #markets: readonly MarketFeed[];
  readonly #checks: ReadonlyMap<MarketFeed, BarCheck>;
  readonly #committer: Committer;
  readonly #keeper: LeaseKeeper;
  readonly #leadership: Leadership;
  readonly #listener: Listener;
  readonly #gapsAskedAgain: Regular;
  readonly #regulars: readonly Regular[];
  readonly #timer: NodeJS.Timeout;
  readonly #startedAtMs = Date.now();
  readonly #ended = new AbortController();
  #held: "overloaded" | "database-outage" | null = null;
  #isStopping = false;

  constructor(start: {
    readonly connectionString: string;
    readonly database: Database;
    readonly markets: readonly MarketVenue[];
    readonly options: FeedOptions;
    readonly log: pino.Logger;
  }) {
    const { connectionString, options, log } = start;
    const failed = Promise.withResolvers<string>();
    this.failed = failed.promise;
    this.#options = options;
    this.#log = log;
    this.#database = start.database;
    this.#queue = new OperationQueue(options.queueMax);
    this.#events = new EventLog(this.#database.pool, this.holder, log);
    this.#tickers = new TickerBoard(options.venue);
    this.#markets = start.markets.map((venue) => {
      // Told to the others at once: they share the address.
      venue.rest.pool.onBan = () => this.#regulars[0]?.now();
      return new MarketFeed(venue, {
        options,
        database: this.#database,
        queue: this.#queue,
        events: this.#events,
        log,
        onTickers: ({ market: of }, tickers) => this.#tickers.add(of, tickers),
        readStatuses: (of, symbols) => this.#readStatuses(of, symbols),
        canWrite: () => !this.#committer.isOut,
        random: Math.random,
      });
    });
    this.#checks = new Map(this.#markets.map((feed) => [feed, new BarCheck(feed.venue)]));
    this.#committer = new Committer(this.#database, this.#queue, {
      flushMs: options.flushMs,
      flushTrades: options.flushTrades,
      catchUpTrades: CATCH_UP_TRADES,
      localNowMs: options.localNowMs,
      onLost: (instruments) => {
        this.#keeper.lost(instruments);
        for (const market of this.#markets) market.lose(instruments);
        this.#tellLost(instruments.length, "a write was refused: another process has the lease");
      },
      onMoved: (trades) => {
        for (const market of this.#markets) market.moved(trades);
      },
      onOutage: (error) => this.#onOutage(error),
      onRefused: (error) => log.warn({ err: error }, "what is to be stored was refused"),
      onPoison: (error) => {
        log.fatal({ err: error }, "what is to be stored was refused again and again");
        failed.resolve("the database refuses what is to be stored");
      },
    });
    this.#keeper = new LeaseKeeper({
      database: this.#database,
      holder: this.holder,
      venue: options.venue,
      markets: options.markets,
      fixedSymbols: options.fixedSymbols,
      followLimits: options.followLimits,
      leaseMs: options.leaseMs,
      wantedMs: options.wantedMs,
      log,
      onWanted: (wanted) => this.#onWanted(wanted),
      onBeyond: (beyond) => this.#tellBeyond(beyond),
      onAcquired: (wanted, lease) => this.#marketOf(wanted)?.acquire(wanted, lease),
      onReleasing: (ids) => this.#release(ids),
      onLost: (ids) => this.#lose(ids, "the lease ran out"),
    });
    this.#leadership = startLeadership(connectionString, `feed ${options.venue}`, () => {
      for (const regular of this.#regulars) regular.now();
    });
    this.#listener = startListener(
      connectionString,
      {
        pairdesk_watch: () => this.#keeper.wake(),
        pairdesk_gaps: () => this.#gapsAskedAgain.now(),
      },
      { onConnect: () => this.#keeper.wake() },
    );
    this.#gapsAskedAgain = this.#regularly("gaps asked again", options.wantedMs, () =>
      this.#askAgain(),
    );
    this.#regulars = [
      this.#regularly("status", STATUS_MS, () => this.#status()),
      this.#regularly("clocks", options.clockMs, (signal) => this.#askClocks(signal)),
      this.#regularly("instruments", options.instrumentsMs, (signal) =>
        this.#asLeader(() => this.#syncInstruments(signal)),
      ),
      this.#regularly("tickers", options.tickersMs, () => this.#followTickers()),
      this.#regularly("bar check", options.barCheckMs, (signal) => this.#checkBars(signal)),
      this.#regularly("housekeeping", HOUSEKEEPING_MS, () =>
        this.#asLeader(() => this.#housekeeping()),
      ),
      this.#gapsAskedAgain,
    ];
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    log.info({ holder: this.holder, venue: options.venue }, "feed started");
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#ended.abort();
    clearInterval(this.#timer);
    await Promise.all([
      this.#keeper.stop(),
      this.#listener.stop(),
      this.#leadership.stop(),
      ...this.#markets.map((market) => market.stop()),
      ...this.#regulars.map((regular) => regular.stop()),
    ]);
    await this.#committer.stop(DRAIN_MS_MAX);
    // Without a database there is nobody to tell; the lease runs out.
    await this.#keeper.giveBack().catch(() => undefined);
    await removeFeedStatus(this.#database.pool, this.holder).catch(() => undefined);
    await this.#events.flush().catch(() => undefined);
    await this.#database.close();
  }

  #regularly(name: string, everyMs: number, work: (signal: AbortSignal) => Promise<void>): Regular {
    return regularly(everyMs, work, (error) =>
      this.#log.warn({ err: error, name }, "a regular piece of work failed"),
    );
  }

  async #asLeader(work: () => Promise<void>): Promise<void> {
    if (this.#leadership.isLeader()) await work();
  }

  #marketOf({ market }: Pick<WantedInstrument, "market">): MarketFeed | undefined {
    return this.#markets.find(({ venue }) => venue.market === market);
  }

  #tick(): void {
    for (const market of this.#markets) market.tick();
    if (this.#held === null && this.#queue.fullness >= 1) this.#hold();
    else if (this.#held !== null && this.#queue.fullness < RESUME_FULLNESS) this.#resume();
  }

  /** More has come than can be written: reading stops, and what is missed is fetched afterwards. */
  #hold(): void {
    this.#held = this.#committer.isOut ? "database-outage" : "overloaded";
    this.#events.add(
      this.#held,
      `${this.#queue.trades} trades and what follows from them wait to be written: reading stops until they are`,
    );
    for (const market of this.#markets) void market.hold(this.#held);
  }

  #resume(): void {
    this.#events.add(`${this.#held}-over`, "reading again; what was missed is fetched");
    this.#held = null;
    for (const market of this.#markets) market.resume();
  }

  #onOutage(error: unknown): void {
    if (error === null)
      this.#events.add("database-back", "everything that waited is being written");
    else {
      this.#log.warn({ err: error }, "the database cannot be written to");
      this.#events.add("database-away", "trades wait in memory until it is back");
    }
  }

  #onWanted(wanted: readonly WantedInstrument[]): void {
    for (const market of this.#markets) {
      market.update(wanted.filter((one) => one.market === market.venue.market));
    }
  }

  /** Whose they are is nobody's business: the page of the feed is everybody's. */
  #tellBeyond(beyond: readonly WantedInstrument[]): void {
    const { workspaceMax, guestMax } = this.#options.followLimits;
    const limits = `a workspace may have ${workspaceMax} followed, a guest ${guestMax}`;
    this.#events.add(
      "follow-limit",
      beyond.length === 0
        ? `everything that is wanted is followed again: ${limits}`
        : `${beyond.length} instruments are wanted and not followed: ${limits}`,
    );
  }

  async #release(ids: ReadonlySet<number>): Promise<void> {
    for (const market of this.#markets) market.release(ids);
    const timeout = new Promise((resolve) => setTimeout(resolve, DRAIN_MS_MAX));
    await Promise.race([this.#committer.drained(), timeout]);
  }

  #lose(ids: ReadonlySet<number>, reason: string): void {
    for (const market of this.#markets) market.release(ids, true);
    this.#tellLost(ids.size, reason);
  }

  #tellLost(count: number, reason: string): void {
    this.#events.add("lease-lost", `${count} instruments: ${reason}`);
  }

  /** One market that does not answer keeps the others from nothing. @throws what the first of them threw, after all */
  async #ofEach(work: (market: MarketFeed) => Promise<void>): Promise<void> {
    const results = await Promise.allSettled(this.#markets.map(work));
    for (const result of results) if (result.status === "rejected") throw result.reason;
  }

  async #askClocks(signal: AbortSignal): Promise<void> {
    await this.#ofEach(async ({ venue }) => {
      const before = venue.clock.offsetMs;
      await venue.clock.ask(venue.rest, signal);
      const offsetMs = venue.clock.offsetMs ?? 0;
      if (Math.abs(offsetMs - (before ?? 0)) > 1_000) {
        this.#events.add("clock-offset", `${venue.market} is ${offsetMs} ms ahead of this machine`);
      }
    });
  }

  async #syncInstruments(signal: AbortSignal): Promise<void> {
    const { pool } = this.#database;
    const options = { events: this.#events, signal };
    await this.#ofEach(async ({ venue }) => {
      const changes = await syncMarket(pool, this.#options.venue, venue, options);
      if (changes.length > 0) this.#keeper.wake();
    });
    this.#keeper.wake();
  }

  async #askAgain(): Promise<void> {
    const followed = this.#markets.flatMap((market) =>
      market.started().map(({ wanted }) => wanted.id),
    );
    if (followed.length === 0) return;
    const gaps = await gapsAskedAgain(this.#database.pool, followed);
    for (const market of this.#markets) market.askAgain(gaps);
  }

  async #readStatuses(market: MarketVenue, symbols: readonly string[]): Promise<void> {
    const { signal } = this.#ended;
    const options = { events: this.#events, signal };
    try {
      const { pool } = this.#database;
      const changes = await syncSymbols(pool, this.#options.venue, market, symbols, options);
      if (changes.length > 0) this.#keeper.wake();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  async #followTickers(): Promise<void> {
    for (const market of this.#markets) market.followTickers(this.#leadership.isLeader());
    await this.#tickers.flush(this.#database.pool);
  }

  async #checkBars(signal: AbortSignal): Promise<void> {
    await this.#ofEach(async (feed) => {
      const instruments = feed.started().map(({ wanted, cursor }) => ({
        instrumentId: wanted.id,
        symbol: wanted.symbol,
        firstTradeMs: cursor.firstTradeTimeMs,
        barsUntilMs: cursor.barsUntilMs,
      }));
      const found = await this.#checks.get(feed)?.round(this.#database.pool, instruments, {
        signal,
        onRefused: ({ instrumentId, symbol }, error) =>
          this.#events.add("bars-unchecked", `${symbol}: ${error.message}`, instrumentId),
      });
      for (const { instrumentId, symbol, count } of found ?? []) {
        this.#events.add(
          "bar-difference",
          `${count} bars of ${symbol} differ from the venue's`,
          instrumentId,
        );
      }
    });
  }

  async #housekeeping(): Promise<void> {
    const { pool } = this.#database;
    const { tradeDays, secondBarDays } = this.#options;
    // A recording that is replayed has its own time, and its trades are not old in it.
    const now = Math.min(Date.now(), ...this.#markets.map(({ venue }) => venue.clock.nowMs()));
    for (let day = 0; day <= PARTITION_DAYS_AHEAD; day++) {
      await ensurePartition(pool, "market_trade", now + day * DAY_MS);
      await ensurePartition(pool, "second_bar", now + day * DAY_MS);
    }
    const dropped = [
      ...(await dropPartitionsBefore(pool, "market_trade", now - tradeDays * DAY_MS)),
      ...(await dropPartitionsBefore(pool, "second_bar", now - secondBarDays * DAY_MS)),
    ];
    if (dropped.length > 0) this.#events.add("retention", `dropped ${dropped.join(", ")}`);
    await forgetFeedEvents(pool, EVENT_DAYS);
    await forgetDeadFeeds(pool);
  }

  async #status(): Promise<void> {
    const { pool } = this.#database;
    if (this.#isStopping) return;
    await saveFeedStatus(pool, this.#statusNow());
    await this.#events.flush();
    await this.#hearOfBans();
  }

  /** A ban is of an address, which other processes share. */
  async #hearOfBans(): Promise<void> {
    const others = await liveFeedStatuses(this.#database.pool, this.#options.leaseMs);
    for (const { holder, venue, weights } of others) {
      if (holder === this.holder || venue !== this.#options.venue) continue;
      for (const { market, bannedUntilMs } of weights) {
        if (bannedUntilMs === null) continue;
        this.#markets
          .find((one) => one.venue.market === market)
          ?.venue.rest.pool.banUntil(bannedUntilMs);
      }
    }
  }

  #statusNow(): FeedStatus {
    const markets = this.#markets.map((market) => market.status());
    const clockOffsets = this.#markets.flatMap(({ venue: { market, clock } }) =>
      clock.offsetMs === null ? [] : [[market, clock.offsetMs] as const],
    );
    return {
      holder: this.holder,
      venue: this.#options.venue,
      startedAtMs: this.#startedAtMs,
      updatedAtMs: Date.now(),
      clockOffsetsMs: Object.fromEntries(clockOffsets),
      state: this.#committer.isOut ? "database-outage" : (this.#held ?? "running"),
      queuedTrades: this.#queue.trades,
      queueMax: this.#queue.tradesMax,
      committedPerSecond: Math.round(this.#committer.committedPerSecond()),
      commitLagP99Ms: this.#committer.lagP99Ms(),
      rejectedFrames: this.#markets.reduce((sum, { rejectedFrames }) => sum + rejectedFrames, 0),
      connections: markets.flatMap(({ connections }) => connections),
      streams: markets.flatMap(({ streams }) => streams),
      weights: markets.map(({ weight }) => weight),
    };
  }
}
