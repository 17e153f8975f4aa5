import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Exchange, Listing } from "./exchange.ts";
import { Bar } from "./market/bar.ts";
import type { Interval } from "./market/intervals.ts";
import { klineAt } from "./market/kline.ts";
import { TradeColumns } from "./market/trade-columns.ts";
import { klineRow } from "./rest/klines.ts";

/** Which trades of the record: by id (both ends included) and by time [fromMs, toMs). */
export type RecordSpan = {
  readonly fromId?: number | undefined;
  readonly toId?: number | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
};

/** What the exchange knows of every trade of a span, delivered or not. */
export type RecordSummary = {
  readonly market: string;
  readonly symbol: string;
  /** Null when the span has no trade. */
  readonly firstId: number | null;
  readonly lastId: number | null;
  readonly count: number;
  readonly firstRawId: number | null;
  readonly lastRawId: number | null;
  readonly volume: string;
  readonly quoteVolume: string;
  /** SHA-256 of the lines of the trades, see `recordLines`. */
  readonly sha256: string;
};

/** Trades taken from the tape at once; some milliseconds' worth. */
const CHUNK = 5_000;

/** First id and the id after the last, of a span up to now. */
function idsOf(exchange: Exchange, { tape }: Listing, span: RecordSpan): readonly [number, number] {
  const nowMs = exchange.clock.nowMs();
  const endMs = Math.min(span.toMs ?? nowMs, nowMs);
  const first = Math.max(
    tape.oldestId,
    span.fromId ?? 0,
    span.fromMs === undefined ? 0 : tape.firstIdAt(span.fromMs),
  );
  const end = Math.min(tape.firstIdAt(endMs), (span.toId ?? Number.POSITIVE_INFINITY) + 1);
  return [first, end];
}

/** One line per trade, `{"a":…,"p":"…","q":"…","f":…,"l":…,"T":…,"m":…}`, fields as aggTrades sends them. */
function* recordChunks(
  exchange: Exchange,
  listing: Listing,
  span: RecordSpan,
  limit = Number.POSITIVE_INFINITY,
): Generator<{ readonly trades: TradeColumns; readonly text: string }> {
  const { tape, text } = listing;
  const nowMs = exchange.clock.nowMs();
  const [first, end] = idsOf(exchange, listing, span);
  const stop = Math.min(end, first + limit);
  for (let id = first; id < stop; ) {
    const trades = new TradeColumns();
    tape.collectFrom(id, Math.min(CHUNK, stop - id), nowMs, trades);
    if (trades.count === 0) return;
    let lines = "";
    for (let i = 0; i < trades.count; i++) {
      const at = trades.firstId + i;
      lines +=
        `{"a":${at},"p":"${text.price(trades.priceTicks[i] ?? 0)}","q":"${text.quantity(trades.lots[i] ?? 0)}",` +
        `"f":${tape.rawFirst(at)},"l":${tape.rawLast(at)},"T":${trades.timeMs[i]},"m":${trades.isSell[i] === 1}}\n`;
    }
    yield { trades, text: lines };
    id += trades.count;
  }
}

export function* recordLines(
  exchange: Exchange,
  listing: Listing,
  span: RecordSpan,
  limit?: number,
): Generator<string> {
  for (const { text } of recordChunks(exchange, listing, span, limit)) yield text;
}

/** Sums a span up chunk by chunk: at once, or with pauses in which the streams go on. */
class RecordDigest {
  readonly #listing: Listing;
  readonly #hash = createHash("sha256");
  readonly #bar = new Bar();
  #first: number | null = null;

  constructor(listing: Listing) {
    this.#listing = listing;
  }

  add({ trades, text }: { readonly trades: TradeColumns; readonly text: string }): void {
    this.#first ??= trades.firstId;
    this.#hash.update(text);
    for (let i = 0; i < trades.count; i++) {
      this.#bar.addTrade(trades.priceTicks[i] ?? 0, trades.lots[i] ?? 0, trades.isSell[i] === 1);
    }
  }

  summary(): RecordSummary {
    const { plan, tape, text } = this.#listing;
    const first = this.#first;
    const last = first === null ? null : first + this.#bar.count - 1;
    return {
      market: plan.market,
      symbol: plan.symbol,
      firstId: first,
      lastId: last,
      count: this.#bar.count,
      firstRawId: first === null ? null : tape.rawFirst(first),
      lastRawId: last === null ? null : tape.rawLast(last),
      volume: text.quantity(this.#bar.lots),
      quoteVolume: text.quote(this.#bar.quote),
      sha256: this.#hash.digest("hex"),
    };
  }
}

export function recordSummary(
  exchange: Exchange,
  listing: Listing,
  span: RecordSpan,
): RecordSummary {
  const digest = new RecordDigest(listing);
  for (const chunk of recordChunks(exchange, listing, span)) digest.add(chunk);
  return digest.summary();
}

export async function recordSummaryInTurns(
  exchange: Exchange,
  listing: Listing,
  span: RecordSpan,
): Promise<RecordSummary> {
  const digest = new RecordDigest(listing);
  for (const chunk of recordChunks(exchange, listing, span)) {
    digest.add(chunk);
    await setImmediate();
  }
  return digest.summary();
}

/** Rows of klines as REST sends them, for all bars that begin in [fromMs, toMs). */
export function recordKlines(
  exchange: Exchange,
  listing: Listing,
  interval: Interval,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): unknown[] {
  const { tape } = listing;
  const nowMs = exchange.clock.nowMs();
  const rows: unknown[] = [];
  let openMs = interval.openOf(Math.max(fromMs, tape.startMs));
  if (openMs < fromMs) openMs = interval.next(openMs);
  for (; openMs < Math.min(toMs, nowMs); openMs = interval.next(openMs)) {
    const kline = klineAt(tape, interval, openMs, nowMs);
    if (kline !== null) rows.push(klineRow(listing, kline, 1));
  }
  return rows;
}
