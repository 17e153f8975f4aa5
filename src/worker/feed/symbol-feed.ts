import type { FeedStream, GapCause } from "#contracts/feed.ts";
import type { FeedCursor } from "#db/feed-cursors.ts";
import type { StandingGap } from "#db/feed-gaps.ts";
import type { MovedTrade } from "#db/market-trades.ts";
import type { BarTrade } from "#quant/market-data/trade-bar.ts";
import type { VenueTrade } from "../venues/agg-trade.ts";
import type { VenueMarket } from "../venues/venue-market.ts";
import { gapChange, holeOf, missingCountOf, type OpenGap, openGap } from "./feed-gap-state.ts";
import type { FeedOperation, LeasedInstrument } from "./feed-operation.ts";
import { IdSequence, type SequenceOptions } from "./id-sequence.ts";
import type { Ledger } from "./ledger.ts";
import { SecondBars, secondOf } from "./second-bars.ts";

/** What a symbol needs of the process around it. */
export type SymbolContext = {
  readonly push: (operation: FeedOperation) => void;
  /** Something for the log of the feed. */
  readonly onEvent: (kind: string, message: string) => void;
  /** A gap was found: somebody should fetch it. */
  readonly onGap: (symbol: SymbolFeed, gap: OpenGap) => void;
  /** A trade runs so far ahead that the venue has to be asked whether it can be (`venueHas`). */
  readonly onJump: (symbol: SymbolFeed) => void;
  /** A trade has an id that is used up, and is newer or the first that came: is this the series that is stored? */
  readonly onDoubt: (symbol: SymbolFeed) => void;
  readonly venueNowMs: () => number;
  /** Whether what is pushed is written soon: when not, only what a trade or a gap brings is pushed. */
  readonly canWrite: () => boolean;
  readonly sequence: SequenceOptions;
  /** How long after its end a second is closed when no later trade has done it, ms. */
  readonly latenessMs: number;
};

export type SymbolName = {
  readonly id: number;
  readonly market: VenueMarket;
  readonly symbol: string;
};

/** Where a symbol's trades begin: after what is stored, or anew. */
export type SymbolStart = {
  readonly cursor: FeedCursor;
  readonly gaps: readonly StandingGap[];
  /** Why ids between the stored ones and the first that comes are missing. */
  readonly cause: GapCause;
  /** Nothing of it was stored before. */
  readonly isNew: boolean;
};

/** A trade may run ahead so far on its own word. A wrong digit in an id would otherwise open a gap without end. */
const JUMP_MAX = 100_000;

/** Trades are made in the order of their ids: an older one is not later than the newest by more than this, ms. */
const OLD_LATER_MS_MAX = 1_000;

/**
 * One symbol's way from the frames to the queue: its order, its gaps, its bars. Everything that is pushed is in
 * the order in which it has to be written.
 */
export class SymbolFeed {
  readonly name: SymbolName;
  readonly instrument: LeasedInstrument;
  readonly gaps: OpenGap[] = [];
  duplicates = 0;
  lates = 0;
  readonly #context: SymbolContext;
  readonly #sequence: IdSequence;
  readonly #bars: SecondBars;
  readonly #firstTradeMs: number;
  #lastTradeMs: number;
  #cause: GapCause;
  #sentAtMs: number | null = null;
  #isBackfilling = false;
  #venueLastId = 0;
  /** A trade has followed what was there at the start. */
  #hasGrown = false;

  constructor(
    name: SymbolName,
    instrument: LeasedInstrument,
    start: SymbolStart,
    context: SymbolContext,
  ) {
    const { cursor } = start;
    this.name = name;
    this.instrument = instrument;
    this.#context = context;
    this.#cause = start.cause;
    this.#firstTradeMs = cursor.firstTradeTimeMs;
    this.#lastTradeMs = cursor.lastTradeTimeMs;
    this.#bars = new SecondBars(cursor.barsUntilMs);
    this.#sequence = new IdSequence(
      { nextId: cursor.lastId + 1, lastRawId: cursor.lastRawId || null },
      context.sequence,
      {
        onNext: (trade, isRawBreak) => this.#onNext(trade, isRawBreak),
        onOld: (trade) => this.#onOld(trade),
        onMissing: (fromId, toId, after) => this.#onMissing(fromId, toId, after.timeMs),
      },
    );
    this.#sequence.interrupt();
    if (!start.isNew) this.#resume(cursor);
    for (const gap of start.gaps) {
      const standing = { ...openGap(gap), state: gap.state, attempts: gap.attempts };
      this.gaps.push(standing);
      if (gap.state !== "unfillable") context.onGap(this, standing);
    }
  }

  get nextId(): number {
    return this.#sequence.nextId;
  }

  get lastTradeMs(): number {
    return this.#lastTradeMs;
  }

  get openGapCount(): number {
    return this.gaps.filter(({ state }) => state !== "unfillable").length;
  }

  /** A trade has come over a stream. @param sentAtMs when the venue sent it, by our clock */
  onTrade(trade: VenueTrade, nowMs: number, sentAtMs: number): void {
    if (trade.id - Math.max(this.#sequence.nextId, this.#venueLastId) > JUMP_MAX) {
      this.#context.onJump(this);
      return;
    }
    this.#sentAtMs = sentAtMs;
    this.#sequence.offer(trade, nowMs);
  }

  /** The venue says that its newest trade is this one: what comes may run ahead so far. */
  venueHas(id: number): void {
    this.#venueLastId = Math.max(this.#venueLastId, id);
  }

  /** Trades that were fetched and follow what is there: the way to the present when a symbol begins. */
  onFetched(trades: readonly VenueTrade[], nowMs: number): void {
    this.#isBackfilling = true;
    this.#sentAtMs = null;
    for (const trade of trades) this.#sequence.offer(trade, nowMs);
    this.#isBackfilling = false;
  }

  /** Frames may have been missed. */
  interrupted(cause: GapCause): void {
    this.#cause = cause;
    this.#sequence.interrupt();
  }

  /** A frame of the symbol could not be read: it is what is missing if something is missing next. */
  badFrame(): void {
    if (this.#cause === "dropped-frames") this.#cause = "bad-frame";
  }

  /** The venue has trades that did not come: up to this id they are missing. */
  missUntil(id: number, cause: GapCause): void {
    if (id < this.#sequence.nextId) return;
    this.#cause = cause;
    const gap = this.#openGap(this.#sequence.nextId, id, null);
    this.#context.push({
      kind: "gap-opened",
      instrument: this.instrument,
      gap: { ...gap },
      isTail: true,
    });
    this.#sequence.skipTo(id);
    this.#announce(gap);
  }

  /**
   * To be called ten times a second or so.
   *
   * @param isListening frames come, so that time without a trade is time without trades
   */
  tick(nowMs: number, isListening: boolean): void {
    this.#sequence.tick(nowMs);
    // Seconds that pass while the database is away are closed in one go when it is back.
    if (!this.#context.canWrite()) return;
    const untilMs = isListening
      ? secondOf(this.#context.venueNowMs() - this.#context.latenessMs)
      : this.#bars.untilMs;
    if (untilMs > this.#bars.untilMs || this.#bars.hasChanges) {
      this.#close(untilMs);
    }
  }

  /** A page of a gap was fetched: its trades follow what was fetched of it before. */
  onPage(gap: OpenGap, trades: readonly VenueTrade[]): void {
    const { instrument } = this;
    for (const trade of trades) {
      this.#context.push({
        kind: "trade",
        instrument,
        trade,
        backfilled: true,
        isNext: false,
        sentAtMs: null,
      });
    }
    const last = trades.at(-1);
    const first = trades[0];
    if (last === undefined || first === undefined) return;
    const fromMs = Math.min(gap.filledToMs ?? first.timeMs, first.timeMs);
    this.#bars.makeAgain({ fromMs, toMs: last.timeMs + 1 });
    gap.filledToId = last.id;
    gap.filledToMs = Math.max(gap.filledToMs ?? 0, last.timeMs);
    if (last.id < gap.toId) return;
    if (last.id === this.#sequence.nextId - 1) {
      this.#sequence.knowLastRaw(last.id, last.lastTradeId);
      this.#lastTradeMs = Math.max(this.#lastTradeMs, last.timeMs);
      this.#context.push({ kind: "tail-known", instrument, trade: last });
    }
  }

  /** Nothing of the gap is missing any more. */
  onFilled(gap: OpenGap, source: string): void {
    this.gaps.splice(this.gaps.indexOf(gap), 1);
    this.#markAgain(gap);
    this.#pushChange(gap, "filled", source);
    this.#closeChanges();
  }

  /** The venue has no more of the gap's trades; its bars stay partial. */
  onUnfillable(gap: OpenGap, reason: string): void {
    gap.state = "unfillable";
    gap.lastError = reason;
    // Between its ends there is no trade, and in a long absence perhaps a bar of the venue's own.
    for (const ms of [gap.filledToMs ?? gap.afterTimeMs, gap.beforeTimeMs]) {
      if (ms !== null) this.#bars.makeAgain({ fromMs: ms, toMs: ms + 1 });
    }
    this.#pushChange(gap, "unfillable", reason);
    this.#closeChanges();
    this.#context.onEvent("gap-unfillable", `${idsOf(gap)}: ${reason}`);
  }

  /** Somebody wants a gap that was given up to be tried once more. */
  askAgain(asked: StandingGap): void {
    const known = this.gaps.find(
      ({ fromId, toId }) => fromId === asked.fromId && toId === asked.toId,
    );
    if (known !== undefined && known.state !== "unfillable") return;
    const gap = known ?? openGap(asked);
    if (known === undefined) this.gaps.push(gap);
    else {
      Object.assign(known, { state: "open", attempts: 0, emptyAnswers: 0, retryAtMs: 0 });
      known.lastError = null;
    }
    this.#pushChange(gap, "open", null);
    this.#context.onEvent("gap-asked-again", `${idsOf(gap)}: asked for again`);
    this.#context.onGap(this, gap);
  }

  /** Another attempt at the gap has ended. */
  onAttempt(gap: OpenGap): void {
    this.#pushChange(gap, gap.state, null);
  }

  /** The venue's word on a trade takes the place of what was stored. */
  onCorrected(trade: VenueTrade, storedMs: number): void {
    this.#context.push({ kind: "corrected", instrument: this.instrument, trade });
    this.onMoved({ id: trade.id, fromMs: storedMs, toMs: trade.timeMs });
  }

  /** A trade is stored otherwise than it was before, and perhaps at another time. */
  onMoved({ id, fromMs, toMs }: Omit<MovedTrade, "instrumentId">): void {
    for (const ms of [fromMs, toMs]) this.#bars.makeAgain({ fromMs: ms, toMs: ms + 1 });
    this.#context.onEvent("trade-corrected", `trade ${id} is another at the venue`);
  }

  /** The older part of a gap cannot or need not be filled: it becomes a gap of its own. */
  splitGap(gap: OpenGap, firstOfRest: VenueTrade): OpenGap {
    const rest = openGap({ ...gap, fromId: firstOfRest.id, afterTimeMs: gap.filledToMs });
    const { instrumentId, fromId, toId, beforeTimeMs } = gap;
    const lastIdOfFirst = firstOfRest.id - 1;
    const restFromMs = firstOfRest.timeMs;
    this.#context.push({
      kind: "gap-split",
      instrument: this.instrument,
      split: { gap: { instrumentId, fromId, toId }, lastIdOfFirst, restFromMs, beforeTimeMs },
    });
    gap.toId = lastIdOfFirst;
    gap.beforeTimeMs = restFromMs;
    this.gaps.push(rest);
    return rest;
  }

  /** What the status page shows of the symbol, beside what its market knows. */
  status(): Pick<
    FeedStream,
    | "instrumentId"
    | "symbol"
    | "market"
    | "lastTradeTimeMs"
    | "lastId"
    | "openGapCount"
    | "missingCount"
  > {
    return {
      instrumentId: this.name.id,
      symbol: this.name.symbol,
      market: this.name.market,
      lastTradeTimeMs: this.#lastTradeMs,
      lastId: this.#sequence.nextId - 1,
      openGapCount: this.openGapCount,
      missingCount: this.gaps
        .filter(({ state, cause }) => state !== "unfillable" && cause !== "raw-id-break")
        .reduce((count, gap) => count + missingCountOf(gap), 0),
    };
  }

  /** The seconds that were open when the one before us stopped, and the last one, which it could not prove. */
  #resume({ firstTradeTimeMs, lastTradeTimeMs, barsUntilMs }: FeedCursor): void {
    const lastSecond = secondOf(lastTradeTimeMs);
    // So far there is only the trade before the first bar, which makes none itself.
    if (lastTradeTimeMs === firstTradeTimeMs && lastSecond < barsUntilMs) return;
    this.#bars.makeAgain({
      fromMs: Math.min(lastSecond, barsUntilMs),
      toMs: Math.max(lastSecond + 1, barsUntilMs),
    });
  }

  #onNext(trade: VenueTrade, isRawBreak: boolean): void {
    const backfilled = this.#isBackfilling;
    this.#hasGrown = true;
    this.#context.push({
      kind: "trade",
      instrument: this.instrument,
      trade,
      backfilled,
      isNext: true,
      sentAtMs: this.#sentAtMs,
    });
    const beforeMs = this.#lastTradeMs;
    this.#lastTradeMs = Math.max(beforeMs, trade.timeMs);
    this.#bars.add(barTrade(trade, backfilled));
    if (isRawBreak) this.#verify(trade, beforeMs);
    if (this.gaps.length > 0) this.#endTail(trade);
    if (!backfilled) this.#cause = "dropped-frames";
    const second = secondOf(trade.timeMs);
    if (second > this.#bars.untilMs) this.#close(second);
    // A second that was closed and changes with the trade belongs into its transaction.
    else this.#closeChanges();
  }

  /** The trade after a gap whose end was not known. */
  #endTail(trade: VenueTrade): void {
    for (const gap of this.gaps) {
      if (gap.beforeTimeMs !== null || gap.toId !== trade.id - 1) continue;
      gap.beforeTimeMs = trade.timeMs;
      this.#pushChange(gap, gap.state, null);
    }
  }

  /** The raw trades before this one are in no aggregated trade: the venue is asked whether that is so. */
  #verify(trade: VenueTrade, beforeMs: number): void {
    const gap = openGap({
      instrumentId: this.name.id,
      fromId: trade.id,
      toId: trade.id,
      cause: "raw-id-break",
      afterTimeMs: beforeMs,
      beforeTimeMs: trade.timeMs,
    });
    this.gaps.push(gap);
    this.#context.push({
      kind: "gap-opened",
      instrument: this.instrument,
      gap: { ...gap },
      isTail: false,
    });
    this.#announce(gap);
  }

  #onOld(trade: VenueTrade): void {
    if (!this.#hasGrown || trade.timeMs - this.#lastTradeMs > OLD_LATER_MS_MAX) {
      this.#context.onDoubt(this);
    }
    const isMissing = this.gaps.some(
      ({ fromId, toId, filledToId, cause }) =>
        cause !== "raw-id-break" &&
        trade.id >= Math.max(fromId, filledToId + 1) &&
        trade.id <= toId,
    );
    if (!isMissing) {
      this.duplicates += 1;
      return;
    }
    this.lates += 1;
    this.#bars.addOld(barTrade(trade, false));
    this.#context.push({
      kind: "trade",
      instrument: this.instrument,
      trade,
      backfilled: false,
      isNext: false,
      sentAtMs: this.#sentAtMs,
    });
  }

  #onMissing(fromId: number, toId: number, beforeTimeMs: number): void {
    const gap = this.#openGap(fromId, toId, beforeTimeMs);
    this.#context.push({
      kind: "gap-opened",
      instrument: this.instrument,
      gap: { ...gap },
      isTail: false,
    });
    this.#announce(gap);
  }

  #openGap(fromId: number, toId: number, beforeTimeMs: number | null): OpenGap {
    const gap = openGap({
      instrumentId: this.name.id,
      fromId,
      toId,
      cause: this.#cause,
      afterTimeMs: this.#lastTradeMs,
      beforeTimeMs,
    });
    this.gaps.push(gap);
    return gap;
  }

  #announce(gap: OpenGap): void {
    this.#context.onEvent("gap", `${idsOf(gap)} missing (${gap.cause})`);
    this.#context.onGap(this, gap);
  }

  /** Bars over a gap are made again now that it is none. While its end was not known it reached to the present. */
  #markAgain(gap: OpenGap): void {
    const fromMs = gap.filledToMs ?? gap.afterTimeMs;
    const toMs = gap.beforeTimeMs ?? this.#bars.untilMs;
    if (fromMs !== null) this.#bars.makeAgain({ fromMs, toMs: Math.max(fromMs, toMs) + 1 });
  }

  #pushChange(
    gap: OpenGap,
    state: "open" | "filling" | "filled" | "unfillable",
    source: string | null,
  ): void {
    this.#context.push({
      kind: "gap-changed",
      instrument: this.instrument,
      change: gapChange(gap, state, source),
    });
  }

  #closeChanges(): void {
    if (this.#bars.hasChanges) this.#close(this.#bars.untilMs);
  }

  #close(untilMs: number): void {
    const seconds = this.#bars.close(untilMs, this.#lastTradeMs);
    this.#context.push({
      kind: "bars",
      instrument: this.instrument,
      seconds,
      ledger: this.#ledger(),
    });
  }

  #ledger(): Ledger {
    return {
      firstTradeMs: this.#firstTradeMs,
      lastTradeMs: this.#lastTradeMs,
      holes: this.gaps.map(holeOf),
    };
  }
}

function barTrade(trade: VenueTrade, backfilled: boolean): BarTrade {
  return {
    id: trade.id,
    timeMs: trade.timeMs,
    price: Number(trade.price),
    quantity: Number(trade.quantity),
    late: false,
    backfilled,
  };
}

function idsOf({ fromId, toId }: OpenGap): string {
  return fromId === toId ? `trade ${fromId}` : `trades ${fromId} to ${toId}`;
}
