import { setTimeout as delay } from "node:timers/promises";
import type pino from "pino";
import type { FeedConnection, FeedStream, FeedWeight, GapCause } from "#contracts/feed.ts";
import type { Database } from "#db/client.ts";
import { type FeedCursor, feedCursor } from "#db/feed-cursors.ts";
import { type StandingGap, standingGaps } from "#db/feed-gaps.ts";
import type { ClaimedLease } from "#db/feed-leases.ts";
import type { WantedInstrument } from "#db/feed-wanted-instruments.ts";
import { type MovedTrade, storedTrade } from "#db/market-trades.ts";
import type { VenueTrade } from "../venues/agg-trade.ts";
import { createBackOff } from "../venues/back-off.ts";
import type { MarketVenue } from "../venues/market-venue.ts";
import type { StreamFrame, VenueTicker } from "../venues/stream-frame.ts";
import { isDeaf, StreamPool } from "../venues/stream-pool.ts";
import type { StreamSlot } from "../venues/stream-slot.ts";
import { VenueError } from "../venues/venue-error.ts";
import { tradeStream } from "../venues/venue-market.ts";
import { awaitFirstTrades } from "./await-first-trades.ts";
import type { EventLog } from "./event-log.ts";
import type { FeedOperation, LeasedInstrument } from "./feed-operation.ts";
import type { FeedOptions } from "./feed-options.ts";
import { type FirstTrades, firstTrades } from "./first-trades.ts";
import { GapFiller } from "./gap-filler.ts";
import { isOtherSeries, type StoredEnd } from "./id-series.ts";
import { isAheadOfVenue } from "./is-ahead-of-venue.ts";
import type { OperationQueue } from "./operation-queue.ts";
import { SilenceWatch } from "./silence-watch.ts";
import { StatusCheck } from "./status-check.ts";
import { type SymbolContext, SymbolFeed, type SymbolStart } from "./symbol-feed.ts";
import { TradeClock } from "./trade-clock.ts";

/** What a market needs of the process around it. */
export type MarketFeedContext = {
  readonly options: FeedOptions;
  readonly database: Database;
  readonly queue: OperationQueue;
  readonly events: EventLog;
  readonly log: pino.Logger;
  readonly onTickers: (market: MarketVenue, tickers: readonly VenueTicker[]) => void;
  /** Reads at once what the venue says of these symbols, and stores it. */
  readonly readStatuses: (market: MarketVenue, symbols: readonly string[]) => Promise<void>;
  /** Whether the database takes what is pushed. */
  readonly canWrite: () => boolean;
  readonly random: () => number;
};

/** A symbol that is ours, from the lease on. */
type Entry = {
  readonly wanted: WantedInstrument;
  readonly instrument: LeasedInstrument;
  readonly stream: string;
  readonly watch: SilenceWatch;
  readonly ended: AbortController;
  /** Aborted when the first trade has come over the stream. */
  readonly arrival: AbortController;
  /** Null while it is found out where its trades begin. */
  feed: SymbolFeed | null;
  /** What came meanwhile. */
  early: { trade: VenueTrade; sentAtMs: number }[];
  isChecking: boolean;
  isSilent: boolean;
  isQuiet: boolean;
  /** It is being found out whether the venue's ids are of the stored series. */
  isDoubtful: boolean;
  /** They are not: nothing of it is stored. */
  isOtherSeries: boolean;
  /** Until then old ids raise no new doubt, by `performance.now()`. */
  trustedUntilMs: number;
  received: number;
  receivedBefore: { count: number; atMs: number };
  lagMs: number | null;
};

/** A symbol without the venue's answer begins with the first trade that came, after so long. */
const START_MS_MAX = 15_000;

/** A symbol begins unchecked when the venue has not answered for so long. */
const START_CHECK_MS_MAX = 1_000;

/** Old ids that were looked into are not looked into again for so long. */
const TRUST_MS = 60_000;

const START_RETRY_MS_MIN = 250;
const START_RETRY_MS_MAX = 30_000;

/** Trades that are kept while a symbol begins. */
const EARLY_MAX = 20_000;

/** A gap is filled while the queue is less full than this: live trades come first. */
const BACKFILL_FULLNESS_MAX = 0.5;

const TICK_MS = 20;
const CONTROL_SPACING_MS = 250;
const HANDSHAKE_MS = 10_000;
const ANSWER_MS = 10_000;
const FRAME_BYTES_MAX = 4 * 1024 * 1024;
const GAP_RETRY_MS_MIN = 250;
const GAP_RETRY_MS_MAX = 30_000;
const LAG_SMOOTHING = 0.05;
const DAY_MS = 86_400_000;

/** The symbols of one market that this process follows: their streams, their gaps, and whether they are silent. */
export class MarketFeed {
  readonly venue: MarketVenue;
  readonly #context: MarketFeedContext;
  readonly #pool: StreamPool;
  readonly #tickerPool: StreamPool;
  readonly #filler: GapFiller;
  readonly #statuses: StatusCheck;
  readonly #tradeClock = new TradeClock();
  readonly #bySymbol = new Map<string, Entry>();
  /** Connections over which nothing comes, while the venue is asked for a symbol of theirs. */
  readonly #suspected = new Set<StreamSlot>();
  #rejected = 0;
  #isHeld = false;
  #isSubscribing = false;

  constructor(venue: MarketVenue, context: MarketFeedContext) {
    this.venue = venue;
    this.#context = context;
    const { options, queue, events, random } = context;
    const slot = {
      market: venue.market,
      streamUrl: venue.address.streamUrl,
      handshakeMs: HANDSHAKE_MS,
      pingMs: options.pingMs,
      pongTimeoutMs: options.pongTimeoutMs,
      controlSpacingMs: CONTROL_SPACING_MS,
      answerMs: ANSWER_MS,
      frameBytesMax: FRAME_BYTES_MAX,
      backOffMinMs: options.backOffMinMs,
      backOffMaxMs: options.backOffMaxMs,
      lifeMs: options.connectionLifeMs,
      overlapMs: options.overlapMs,
      streamsPerConnection: options.streamsPerConnection,
      random,
    };
    const slotEvents = {
      onFrame: (frame: StreamFrame, from: StreamSlot) => this.#onFrame(frame, from),
      onOpen: (opened: StreamSlot) => this.#onOpen(opened),
      onInterrupted: (streams: readonly string[], reason: string) =>
        this.#onInterrupted(streams, reason),
      onRenewed: (renewed: StreamSlot, reason: string) =>
        events.add("connection-renewed", `${renewed.name}: ${reason}`),
      onRefused: (reason: string) => events.add("control-refused", `${venue.market}: ${reason}`),
    };
    this.#pool = new StreamPool({ ...slot, name: venue.market }, slotEvents);
    this.#tickerPool = new StreamPool({ ...slot, name: `${venue.market}-tickers` }, slotEvents);
    this.#filler = new GapFiller({
      rest: venue.rest,
      pool: context.database.pool,
      retryMsMin: GAP_RETRY_MS_MIN,
      retryMsMax: GAP_RETRY_MS_MAX,
      random,
      hasRoom: () => queue.fullness < BACKFILL_FULLNESS_MAX,
      keptFromMs: () => venue.clock.nowMs() - options.tradeDays * DAY_MS,
    });
    this.#statuses = new StatusCheck({
      read: (symbols) => context.readStatuses(venue, symbols),
      everyMs: options.statusMs,
      onError: (error) => events.add("status-unknown", `${venue.market}: ${reasonOf(error)}`),
    });
  }

  /** Frames that could not be read. */
  get rejectedFrames(): number {
    return this.#rejected;
  }

  /** Symbols whose trades come, with how far they are written. */
  started(): { readonly wanted: WantedInstrument; readonly cursor: FeedCursor }[] {
    return [...this.#bySymbol.values()].flatMap(
      ({ wanted, isOtherSeries: isOther, instrument: { savedCursor } }) =>
        savedCursor === null || isOther ? [] : [{ wanted, cursor: savedCursor }],
    );
  }

  /** Trades of an instrument are ours to write now. */
  acquire(wanted: WantedInstrument, lease: ClaimedLease): void {
    const now = performance.now();
    const { silenceMinMs: minMs, silenceMaxMs: maxMs, quietMaxMs } = this.#context.options;
    const entry: Entry = {
      wanted,
      instrument: {
        instrumentId: wanted.id,
        token: lease.token,
        savedCursor: null,
        savedPrice: null,
        isLost: false,
      },
      stream: tradeStream(wanted.symbol),
      watch: new SilenceWatch({ minMs, maxMs, quietMaxMs }, now),
      ended: new AbortController(),
      arrival: new AbortController(),
      feed: null,
      early: [],
      isChecking: false,
      isSilent: false,
      isQuiet: false,
      isDoubtful: false,
      isOtherSeries: false,
      trustedUntilMs: 0,
      received: 0,
      receivedBefore: { count: 0, atMs: now },
      lagMs: null,
    };
    this.#bySymbol.set(wanted.symbol, entry);
    this.#subscribe();
    void this.#start(entry, lease.wasGivenUp ? "not-watched" : "restart");
  }

  /**
   * Instruments are not ours any more; nothing of them is pushed from now on.
   *
   * @param isLost somebody else writes them already, so that what still waits is dropped
   */
  release(instrumentIds: ReadonlySet<number>, isLost = false): void {
    for (const [symbol, entry] of this.#bySymbol) {
      if (!instrumentIds.has(entry.wanted.id)) continue;
      if (isLost) entry.instrument.isLost = true;
      this.#bySymbol.delete(symbol);
      this.#statuses.clear(symbol);
      entry.ended.abort();
      if (entry.feed !== null) this.#filler.drop(entry.feed);
    }
    this.#subscribe();
  }

  /** Writes under these leases were refused. An instrument that was taken anew since is kept. */
  lose(instruments: readonly LeasedInstrument[]): void {
    const present = new Set([...this.#bySymbol.values()].map(({ instrument }) => instrument));
    const lost = instruments.filter((instrument) => present.has(instrument));
    this.release(new Set(lost.map(({ instrumentId }) => instrumentId)), true);
  }

  /** What the venue says of instruments that are ours may have changed. */
  update(wanted: readonly WantedInstrument[]): void {
    for (const { symbol, status } of wanted) {
      const entry = this.#bySymbol.get(symbol);
      if (entry !== undefined) Object.assign(entry, { wanted: { ...entry.wanted, status } });
    }
  }

  /** Gaps that were given up and are to be tried once more, as far as they are ours. */
  askAgain(gaps: readonly StandingGap[]): void {
    for (const { wanted, feed } of this.#bySymbol.values()) {
      for (const gap of gaps) if (gap.instrumentId === wanted.id) feed?.askAgain(gap);
    }
  }

  /** These were stored with a wrong time before. */
  moved(trades: readonly MovedTrade[]): void {
    for (const { wanted, feed } of this.#bySymbol.values()) {
      for (const trade of trades) if (trade.instrumentId === wanted.id) feed?.onMoved(trade);
    }
  }

  /** Follows the tickers of the whole market, or not. */
  followTickers(isWanted: boolean): void {
    this.#tickerPool.setStreams(isWanted ? ["!miniTicker@arr"] : []);
  }

  /** Stops reading, because what is read cannot be written. */
  async hold(cause: "database-outage" | "overloaded"): Promise<void> {
    this.#isHeld = true;
    for (const { feed } of this.#bySymbol.values()) feed?.interrupted(cause);
    await this.#pool.hold();
  }

  /** Reads again after `hold`. */
  resume(): void {
    this.#isHeld = false;
    this.#pool.release();
  }

  /** To be called ten times a second or so. */
  tick(): void {
    const now = performance.now();
    for (const entry of this.#bySymbol.values()) {
      const isOpen = !this.#isHeld && this.#pool.isListening(entry.stream);
      entry.feed?.tick(now, isOpen && !entry.isSilent);
      if (isOpen && entry.watch.isSilent(now)) this.#checkInTurn(entry);
    }
    this.#filler.tick();
    this.#statuses.tick(now);
  }

  status(): {
    readonly connections: FeedConnection[];
    readonly streams: FeedStream[];
    readonly weight: FeedWeight;
  } {
    const { pool } = this.venue.rest;
    return {
      connections: [...this.#pool.status(), ...this.#tickerPool.status()],
      streams: [...this.#bySymbol.values()].map((entry) => this.#streamStatus(entry)),
      weight: {
        market: this.venue.market,
        used: pool.used,
        limit: pool.limit,
        bannedUntilMs: pool.bannedUntilMs,
      },
    };
  }

  async stop(): Promise<void> {
    this.#filler.stop();
    for (const { ended } of this.#bySymbol.values()) ended.abort();
    await Promise.all([this.#pool.close(), this.#tickerPool.close()]);
  }

  #push(operation: FeedOperation): void {
    if (!operation.instrument.isLost) this.#context.queue.push(operation);
  }

  /** Once for all symbols that come and go in one go. */
  #subscribe(): void {
    if (this.#isSubscribing) return;
    this.#isSubscribing = true;
    queueMicrotask(() => {
      this.#isSubscribing = false;
      const followed = [...this.#bySymbol.values()].filter((entry) => !entry.isOtherSeries);
      this.#pool.setStreams(followed.map(({ stream }) => stream));
    });
  }

  async #start(entry: Entry, cause: GapCause): Promise<void> {
    try {
      const { pool } = this.#context.database;
      const cursor = await feedCursor(pool, entry.wanted.id);
      if (cursor === null) {
        await this.#startNew(entry);
        return;
      }
      const gaps = await standingGaps(pool, entry.wanted.id);
      const last = await storedTrade(pool, entry.wanted.id, cursor.lastId);
      if (entry.ended.signal.aborted) return;
      entry.instrument.savedCursor = cursor;
      entry.instrument.savedPrice = last === null ? null : Number(last.price);
      // Gaps are fetched before the first trade comes, which else would show whether the ids go on.
      if (gaps.some(({ state }) => state !== "unfillable")) {
        const isOther = await this.#isOther(entry, { cursor, last }, START_CHECK_MS_MAX);
        if (isOther) this.#refuse(entry);
        if (isOther || entry.ended.signal.aborted) return;
      }
      this.#began(entry, { cursor, gaps, cause, isNew: false });
    } catch (error) {
      if (entry.ended.signal.aborted) return;
      this.#context.log.warn({ err: error, symbol: entry.wanted.symbol }, "a symbol did not start");
      // The lease goes; whoever takes it next tries again.
      this.#context.events.add("start-failed", reasonOf(error), entry.wanted.id);
      setTimeout(() => {
        if (!entry.ended.signal.aborted) void this.#start(entry, cause);
      }, GAP_RETRY_MS_MIN * 4).unref();
    }
  }

  async #startNew(entry: Entry): Promise<void> {
    await this.#untilOpen(entry);
    const first = await this.#firstTrades(entry);
    if (entry.ended.signal.aborted) return;
    const { instrument } = entry;
    const { cursor, predecessor, trades } = first;
    this.#push({ kind: "started", instrument, cursor });
    if (predecessor !== null) {
      this.#push({
        kind: "trade",
        instrument,
        trade: predecessor,
        backfilled: true,
        isNext: false,
        sentAtMs: null,
      });
    }
    this.#began(entry, { cursor, gaps: [], cause: "restart", isNew: true }, trades);
  }

  /** What is fetched must reach what comes: the stream is open before REST is asked. */
  async #untilOpen({ stream, ended }: Entry): Promise<void> {
    const untilMs = performance.now() + START_MS_MAX;
    while (!this.#pool.isListening(stream) && performance.now() < untilMs) {
      await delay(TICK_MS, undefined, { signal: ended.signal });
    }
  }

  /** The way to the present by REST; when the venue does not answer, the first trade that comes. */
  #firstTrades(entry: Entry): Promise<FirstTrades> {
    const { random, events } = this.#context;
    const backOff = createBackOff({
      minMs: START_RETRY_MS_MIN,
      maxMs: START_RETRY_MS_MAX,
      random,
    });
    const reached = () => entry.early[0]?.trade.id ?? null;
    return awaitFirstTrades({
      ask: (signal) => firstTrades(this.venue, entry.wanted.symbol, reached, signal),
      askMsMax: START_MS_MAX,
      arrived: () => entry.early[0]?.trade ?? null,
      arrival: entry.arrival.signal,
      signal: entry.ended.signal,
      backOff,
      wait: (ms, signal) => delay(ms, undefined, { signal }),
      nowMs: () => performance.now(),
      onDelayed: (error) => events.add("start-delayed", reasonOf(error), entry.wanted.id),
    });
  }

  #began(entry: Entry, start: SymbolStart, fetched: readonly VenueTrade[] = []): void {
    const now = performance.now();
    const { early } = entry;
    entry.early = [];
    const feed = new SymbolFeed(entry.wanted, entry.instrument, start, this.#symbolContext(entry));
    entry.feed = feed;
    entry.watch.restart(now);
    feed.onFetched(fetched, now);
    for (const { trade, sentAtMs } of early) feed.onTrade(trade, now, sentAtMs);
  }

  #symbolContext(entry: Entry): SymbolContext {
    const { options, events } = this.#context;
    return {
      push: (operation) => this.#push(operation),
      onEvent: (kind, message) => events.add(kind, message, entry.wanted.id),
      onGap: (symbol, gap) => this.#filler.add(symbol, gap),
      onJump: () => {
        if (!entry.isChecking) void this.#doubt(entry, () => this.#check(entry));
      },
      onDoubt: () => {
        if (performance.now() >= entry.trustedUntilMs) void this.#doubt(entry);
      },
      venueNowMs: () => this.#tradeClock.nowMs(options.localNowMs(), this.venue.clock),
      canWrite: this.#context.canWrite,
      sequence: { reorderMs: options.reorderMs, heldMax: 1_000 },
      latenessMs: options.latenessMs,
    };
  }

  /** Finds out whether the venue's ids are of the stored series, and, if they are, goes on. */
  async #doubt(entry: Entry, then?: () => Promise<void>): Promise<void> {
    if (entry.isDoubtful || entry.isOtherSeries) return;
    entry.isDoubtful = true;
    const { pool } = this.#context.database;
    const { signal } = entry.ended;
    const backOff = createBackOff({
      minMs: GAP_RETRY_MS_MIN,
      maxMs: GAP_RETRY_MS_MAX,
      random: this.#context.random,
    });
    let isOther: boolean | null = null;
    while (isOther === null && !signal.aborted) {
      const cursor = entry.instrument.savedCursor;
      const last =
        cursor === null
          ? null
          : await storedTrade(pool, entry.wanted.id, cursor.lastId).catch(() => null);
      isOther = cursor === null ? false : await this.#isOther(entry, { cursor, last });
      // The wait ends with the symbol.
      if (isOther === null) await delay(backOff.next(), undefined, { signal }).catch(() => null);
    }
    entry.isDoubtful = false;
    entry.trustedUntilMs = performance.now() + TRUST_MS;
    if (signal.aborted) return;
    if (isOther === true) this.#refuse(entry);
    else await then?.();
  }

  /** @returns null when the venue has not told, at all or in time */
  async #isOther(entry: Entry, stored: StoredEnd, withinMs?: number): Promise<boolean | null> {
    const { signal: ended } = entry.ended;
    const signal =
      withinMs === undefined ? ended : AbortSignal.any([ended, AbortSignal.timeout(withinMs)]);
    try {
      const how = { share: "urgent", signal } as const;
      return await isOtherSeries(this.venue.rest, entry.wanted.symbol, stored, how);
    } catch (error) {
      if (!ended.aborted) this.#context.events.add("ids-unknown", reasonOf(error), entry.wanted.id);
      return null;
    }
  }

  /** Trades of two series must not be mixed: the symbol is not followed until its lease is taken anew. */
  #refuse(entry: Entry): void {
    const lastId = entry.instrument.savedCursor?.lastId;
    this.#context.events.add(
      "ids-restarted",
      `trade ${lastId} is another one at the venue now: it numbers its trades anew, and nothing is stored beside ` +
        "the old ones; use the exchange they came from, or another database",
      entry.wanted.id,
    );
    entry.isOtherSeries = true;
    if (entry.feed !== null) this.#filler.drop(entry.feed);
    entry.feed = null;
    entry.early = [];
    this.#subscribe();
  }

  #onOpen(slot: StreamSlot): void {
    const now = performance.now();
    for (const entry of this.#bySymbol.values()) {
      if (slot.streams.has(entry.stream)) entry.watch.restart(now);
    }
  }

  #onInterrupted(streams: readonly string[], reason: string): void {
    const lost = new Set(streams);
    for (const { stream, feed } of this.#bySymbol.values()) {
      if (lost.has(stream)) feed?.interrupted("disconnect");
    }
    this.#context.events.add("connection-lost", `${this.venue.market}: ${reason}`);
  }

  #onFrame(frame: StreamFrame, slot: StreamSlot): void {
    switch (frame.kind) {
      case "trade":
        this.#onTrade(frame);
        break;
      case "tickers":
        this.#context.onTickers(this.venue, frame.tickers);
        if (frame.badCount > 0) this.#reject(`${frame.badCount} tickers cannot be read`);
        break;
      case "bad":
        this.#onBad(frame.stream, frame.reason, slot);
        break;
      case "unknown":
        this.#context.events.add("unknown-frame", `${this.venue.market}: ${frame.event}`);
        break;
      case "answer":
      case "shutdown":
        // The slot has seen to them.
        break;
    }
  }

  #onTrade(frame: Extract<StreamFrame, { kind: "trade" }>): void {
    const entry = this.#bySymbol.get(frame.symbol);
    if (entry === undefined || entry.isOtherSeries) return;
    const now = performance.now();
    const sentAtMs = frame.eventTimeMs - (this.venue.clock.offsetMs ?? 0);
    if (isAheadOfVenue(frame.trade.timeMs, this.venue.clock, entry.feed?.lastTradeMs ?? null)) {
      this.#reject(`${entry.stream}: T is ahead of the venue's clock`);
      entry.feed?.badFrame();
      return;
    }
    const localNowMs = this.#context.options.localNowMs();
    this.#tradeClock.observe(frame.trade.timeMs, localNowMs);
    const lagMs = localNowMs - sentAtMs;
    entry.lagMs =
      entry.lagMs === null ? lagMs : entry.lagMs + LAG_SMOOTHING * (lagMs - entry.lagMs);
    entry.received += 1;
    entry.isSilent = false;
    entry.isQuiet = false;
    entry.watch.observe(now);
    if (entry.wanted.status === "halted") this.#statuses.suspect(frame.symbol);
    else this.#statuses.clear(frame.symbol);
    if (entry.feed !== null) entry.feed.onTrade(frame.trade, now, sentAtMs);
    else {
      if (entry.early.length < EARLY_MAX) entry.early.push({ trade: frame.trade, sentAtMs });
      entry.arrival.abort();
    }
  }

  #onBad(stream: string | null, reason: string, slot: StreamSlot): void {
    this.#reject(stream === null ? reason : `${stream}: ${reason}`);
    for (const entry of this.#bySymbol.values()) {
      if (stream === null ? slot.streams.has(entry.stream) : entry.stream === stream) {
        entry.feed?.badFrame();
      }
    }
  }

  #reject(reason: string): void {
    this.#rejected += 1;
    this.#context.events.add("bad-frame", `${this.venue.market}: ${reason}`);
  }

  /** Where nothing comes over a connection at all, one symbol after another is asked for: one that is deaf will do. */
  #checkInTurn(entry: Entry): void {
    const slot = this.#pool.slotOf(entry.stream);
    if (slot === null || slot.isRenewing) return;
    if (!isDeaf(slot, entry.watch.lastMs)) {
      void this.#check(entry);
      return;
    }
    if (this.#suspected.has(slot)) return;
    this.#suspected.add(slot);
    void this.#check(entry).finally(() => this.#suspected.delete(slot));
  }

  /** Nothing has come for long: is it the market that is silent, or the stream? */
  async #check(entry: Entry): Promise<void> {
    if (entry.isChecking || entry.isDoubtful || entry.feed === null) return;
    entry.isChecking = true;
    const { feed } = entry;
    const receivedBefore = entry.received;
    const silentFromMs = entry.watch.lastMs;
    try {
      const [newest] = await this.venue.rest.aggTrades(
        entry.wanted.symbol,
        { limit: 1 },
        { share: "urgent", signal: entry.ended.signal },
      );
      if (newest === undefined || entry.ended.signal.aborted || entry.feed !== feed) return;
      feed.venueHas(newest.id);
      // A trade has come meanwhile, or the stream has begun anew: what it missed shows with the next trade.
      if (entry.received !== receivedBefore || entry.watch.lastMs !== silentFromMs) return;
      if (newest.id >= feed.nextId) this.#onDeaf(entry, feed, newest.id);
      else this.#onQuiet(entry);
    } catch (error) {
      if (entry.ended.signal.aborted) return;
      this.#context.events.add("silence-unknown", reasonOf(error), entry.wanted.id);
      // It may not know the symbol any more.
      if (error instanceof VenueError && error.kind === "refused") {
        this.#statuses.suspect(entry.wanted.symbol);
      }
    } finally {
      entry.isChecking = false;
      if (entry.received === receivedBefore && entry.watch.lastMs === silentFromMs) {
        entry.watch.restart(performance.now());
      }
    }
  }

  /** The venue has traded nothing either: because nobody wanted to, or because nobody may. */
  #onQuiet(entry: Entry): void {
    entry.isQuiet = true;
    entry.isSilent = false;
    entry.watch.quiet(performance.now());
    this.#statuses.suspect(entry.wanted.symbol);
  }

  /** The venue has traded and the stream did not say so. */
  #onDeaf(entry: Entry, feed: SymbolFeed, venueLastId: number): void {
    entry.isSilent = true;
    const silentMs = Math.round(performance.now() - entry.watch.lastMs);
    this.#context.events.add(
      "silent-stream",
      `no trade for ${silentMs} ms, but the venue is at ${venueLastId}: replaced`,
      entry.wanted.id,
    );
    feed.missUntil(venueLastId, "silent-stream");
    const replaced = new Set(this.#pool.replace(entry.stream, entry.watch.lastMs));
    const now = performance.now();
    for (const other of this.#bySymbol.values()) {
      if (!replaced.has(other.stream)) continue;
      other.watch.restart(now);
      if (other !== entry) other.feed?.interrupted("silent-stream");
    }
  }

  #streamStatus(entry: Entry): FeedStream {
    const now = performance.now();
    const seconds = (now - entry.receivedBefore.atMs) / 1_000;
    const rate = seconds > 0 ? (entry.received - entry.receivedBefore.count) / seconds : 0;
    entry.receivedBefore = { count: entry.received, atMs: now };
    const connection = this.#pool.slotOf(entry.stream)?.name ?? "";
    const shared = {
      connection,
      state: this.#stateOf(entry),
      tradesPerSecond: Math.round(rate * 10) / 10,
      lagMs: entry.lagMs === null ? null : Math.round(entry.lagMs),
    };
    if (entry.feed !== null) return { ...entry.feed.status(), ...shared };
    return {
      ...shared,
      instrumentId: entry.wanted.id,
      symbol: entry.wanted.symbol,
      market: entry.wanted.market,
      lastTradeTimeMs: null,
      lastId: null,
      openGapCount: 0,
      missingCount: 0,
    };
  }

  #stateOf(entry: Entry): FeedStream["state"] {
    if (entry.wanted.status === "delisted") return "unknown-symbol";
    if (entry.wanted.status === "halted") return "halted";
    if (entry.isOtherSeries) return "ids-restarted";
    if (entry.feed === null || !this.#pool.isListening(entry.stream)) {
      return "subscribing";
    }
    if (entry.isSilent) return "silent";
    if (this.#filler.isFilling(entry.feed)) return "backfilling";
    return entry.isQuiet ? "quiet" : "live";
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : String(error);
}
