import type { Pool } from "pg";
import { storedTrade } from "#db/market-trades.ts";
import type { VenueTrade } from "../venues/agg-trade.ts";
import { createBackOff } from "../venues/back-off.ts";
import type { RestClient } from "../venues/rest-client.ts";
import { REST_ROWS_MAX } from "../venues/rest-weights.ts";
import { VenueError } from "../venues/venue-error.ts";
import { missingCountOf, type OpenGap } from "./feed-gap-state.ts";
import type { SymbolFeed } from "./symbol-feed.ts";

/** How gaps are filled. */
export type GapFillerOptions = {
  readonly rest: Pick<RestClient, "aggTrades">;
  readonly pool: Pool;
  readonly retryMsMin: number;
  readonly retryMsMax: number;
  readonly random: () => number;
  /** Whether the queue can take another page. */
  readonly hasRoom: () => boolean;
  /** Trades before this moment are not kept, so that they are not fetched either; venue's UTC ms. */
  readonly keptFromMs: () => number;
};

/** Calls under way at a time: the next page of one gap, or pages of two. */
const WORKERS = 2;

/** The venue's REST may be behind its streams for a moment; after so many empty answers in a row it has nothing. */
const EMPTY_ANSWERS_MAX = 8;

type Work = { readonly symbol: SymbolFeed; readonly gap: OpenGap };

/**
 * Fills the gaps of one market by REST, within the share of its weight that backfilling may use. Small gaps go
 * before large ones, a page of a thousand trades at a time. Trades that are there and only looked at go last.
 */
export class GapFiller {
  readonly #options: GapFillerOptions;
  readonly #work = new Set<Work>();
  readonly #active = new Set<Work>();
  readonly #ended = new AbortController();

  constructor(options: GapFillerOptions) {
    this.#options = options;
  }

  add(symbol: SymbolFeed, gap: OpenGap): void {
    this.#work.add({ symbol, gap });
    this.tick();
  }

  /** Gaps of a symbol that is not ours any more are somebody else's. */
  drop(symbol: SymbolFeed): void {
    for (const work of this.#work) if (work.symbol === symbol) this.#work.delete(work);
  }

  isFilling(symbol: SymbolFeed): boolean {
    for (const work of this.#work) if (work.symbol === symbol) return true;
    return false;
  }

  stop(): void {
    this.#ended.abort();
    this.#work.clear();
  }

  /** Starts whatever can be done now. To be called often. */
  tick(): void {
    while (this.#active.size < WORKERS && this.#options.hasRoom()) {
      const work = this.#next();
      if (work === null) return;
      this.#active.add(work);
      void this.#page(work).finally(() => {
        this.#active.delete(work);
        this.tick();
      });
    }
  }

  #next(): Work | null {
    const now = performance.now();
    let best: Work | null = null;
    for (const work of this.#work) {
      if (this.#active.has(work) || work.gap.retryAtMs > now) continue;
      if (best === null || isBefore(work.gap, best.gap)) best = work;
    }
    return best;
  }

  /** One call for one gap. Never rejects. */
  async #page(work: Work): Promise<void> {
    const { symbol, gap } = work;
    gap.state = "filling";
    try {
      if (gap.cause === "raw-id-break") await this.#verify(work);
      else if (!(await this.#leaveOut(work))) await this.#fetchPage(work);
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      this.#failed(work, error);
      if (this.#work.has(work)) symbol.onAttempt(gap);
    }
  }

  async #fetchPage(work: Work): Promise<void> {
    const { symbol, gap } = work;
    const fromId = gap.filledToId + 1;
    const rows = await this.#ask(symbol, fromId, REST_ROWS_MAX);
    if (!this.#work.has(work)) return;
    const wanted = rows.filter(({ id }) => id >= fromId && id <= gap.toId);
    const first = wanted[0];
    if (first === undefined) {
      if (rows.length === 0) gap.emptyAnswers += 1;
      if (rows.length > 0 || gap.emptyAnswers >= EMPTY_ANSWERS_MAX) {
        this.#finish(work, () => symbol.onUnfillable(gap, "the venue does not have these ids"));
        return;
      }
      throw new VenueError("unavailable", "the venue's REST does not have the trades yet");
    }
    gap.emptyAnswers = 0;
    if (first.id > fromId) {
      this.#split(work, first, "the venue does not have these ids");
      return;
    }
    symbol.onPage(gap, contiguous(wanted));
    gap.attempts = 0;
    if (gap.filledToId === gap.toId) this.#finish(work, () => symbol.onFilled(gap, "rest"));
  }

  /** What is older than the trades that are kept is not fetched. @returns whether that was all, or a part that was split off */
  async #leaveOut(work: Work): Promise<boolean> {
    const { symbol, gap } = work;
    const keptFromMs = this.#options.keptFromMs();
    if (gap.filledToMs === null || gap.filledToMs >= keptFromMs) return false;
    const [kept] = await this.#options.rest.aggTrades(
      symbol.name.symbol,
      { startTimeMs: keptFromMs, limit: 1 },
      { share: "backfill", signal: this.#ended.signal },
    );
    if (!this.#work.has(work)) return true;
    const reason = "older than the trades that are kept";
    if (kept === undefined || kept.id > gap.toId) {
      this.#finish(work, () => symbol.onUnfillable(gap, reason));
      return true;
    }
    if (kept.id <= gap.filledToId + 1) {
      gap.filledToMs = keptFromMs;
      return false;
    }
    this.#split(work, kept, reason);
    return true;
  }

  /** The trade and the one before it, as the venue has them, against what was stored of them. */
  async #verify(work: Work): Promise<void> {
    const { symbol, gap } = work;
    const rows = await this.#ask(symbol, gap.fromId - 1, 2);
    const last = rows.at(-1);
    if (last?.id !== gap.fromId) {
      throw new VenueError("unavailable", "the venue's REST does not have the trade yet");
    }
    for (const row of rows) {
      const stored = await storedTrade(this.#options.pool, gap.instrumentId, row.id);
      if (stored === null && row.id === gap.fromId) throw new Error("the trade is not stored yet");
      if (!this.#work.has(work)) return;
      if (stored !== null && isOther(stored, row)) symbol.onCorrected(row, stored.timeMs);
    }
    this.#finish(work, () => symbol.onFilled(gap, "rest: the venue numbers them so"));
  }

  #ask(symbol: SymbolFeed, fromId: number, limit: number): Promise<VenueTrade[]> {
    return this.#options.rest.aggTrades(
      symbol.name.symbol,
      { fromId, limit },
      { share: "backfill", signal: this.#ended.signal },
    );
  }

  /** The older part cannot be had; the younger one is a gap of its own. */
  #split(work: Work, firstOfRest: VenueTrade, reason: string): void {
    const { symbol, gap } = work;
    const rest = symbol.splitGap(gap, firstOfRest);
    this.#finish(work, () => symbol.onUnfillable(gap, reason));
    this.add(symbol, rest);
  }

  #finish(work: Work, tell: () => void): void {
    this.#work.delete(work);
    tell();
  }

  #failed({ gap }: Work, error: unknown): void {
    const { retryMsMin: minMs, retryMsMax: maxMs, random } = this.#options;
    gap.state = "open";
    gap.attempts += 1;
    gap.lastError = error instanceof Error ? error.message.slice(0, 300) : String(error);
    const backOff = createBackOff({ minMs, maxMs, random });
    let waitMs = 0;
    for (let i = 0; i < Math.min(gap.attempts, 20); i++) waitMs = backOff.next();
    if (error instanceof VenueError && error.retryAtMs !== null) {
      waitMs = Math.max(waitMs, error.retryAtMs - Date.now());
    }
    gap.retryAtMs = performance.now() + waitMs;
  }
}

function isBefore(a: OpenGap, b: OpenGap): boolean {
  const [isCheckOfA, isCheckOfB] = [a.cause === "raw-id-break", b.cause === "raw-id-break"];
  if (isCheckOfA !== isCheckOfB) return isCheckOfB;
  return missingCountOf(a) < missingCountOf(b);
}

/** As many of the trades as follow each other without a hole. */
function contiguous(trades: readonly VenueTrade[]): readonly VenueTrade[] {
  const end = trades.findIndex((trade, i) => i > 0 && trade.id !== (trades[i - 1]?.id ?? 0) + 1);
  return end === -1 ? trades : trades.slice(0, end);
}

function isOther(stored: VenueTrade, said: VenueTrade): boolean {
  return (
    Number(stored.price) !== Number(said.price) ||
    Number(stored.quantity) !== Number(said.quantity) ||
    stored.firstTradeId !== said.firstTradeId ||
    stored.lastTradeId !== said.lastTradeId ||
    stored.timeMs !== said.timeMs ||
    stored.buyerIsMaker !== said.buyerIsMaker
  );
}
