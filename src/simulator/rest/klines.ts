import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";
import type { Listing } from "../exchange.ts";
import { HOUR_MS, MINUTE_MS } from "../market/calendar.ts";
import { INTERVALS, type Interval, shifted } from "../market/intervals.ts";
import { type Kline, klineAt } from "../market/kline.ts";
import { INVALID_INTERVAL, illegalCharacters, missingParameter } from "./api-error.ts";
import type { Query } from "./query.ts";
import type { RouteRequest } from "./route.ts";

/** After so long the event loop gets its turn: the streams go on while years are computed. */
const TURN_MS = 8;

export function readInterval(query: Query, allowsSeconds: boolean): Interval {
  const label = query.text("interval");
  if (label === undefined) throw missingParameter("interval");
  const interval = INTERVALS.get(label);
  if (interval === undefined || (label === "1s" && !allowsSeconds)) throw INVALID_INTERVAL;
  return shifted(interval, readTimeZone(query));
}

function readTimeZone(query: Query): number {
  const text = query.text("timeZone");
  if (text === undefined) return 0;
  const range = "^[+-]?[0-9]{1,2}(:[0-9]{2})?$";
  const match = /^([+-]?)(\d{1,2})(?::(\d{2}))?$/.exec(text);
  if (match === null) throw illegalCharacters("timeZone", range);
  const [, sign, hours, minutes = "0"] = match;
  const offsetMs = Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS;
  const signed = sign === "-" ? -offsetMs : offsetMs;
  if (signed < -12 * HOUR_MS || signed > 14 * HOUR_MS) throw illegalCharacters("timeZone", range);
  return signed;
}

/** Klines of a request: `startTime` alone counts from there, otherwise the newest up to `endTime`. */
export async function klines(
  request: RouteRequest,
  listing: Listing,
  interval: Interval,
  limitMost: number,
): Promise<Kline[]> {
  const { query, exchange } = request;
  const limit = query.limit(500, limitMost);
  const nowMs = exchange.clock.nowMs();
  const startMs = query.time("startTime");
  const endMs = Math.min(query.time("endTime") ?? nowMs, nowMs);
  if (startMs !== undefined) return forwards(listing, interval, { startMs, endMs, nowMs, limit });
  return backwards(listing, interval, { endMs, nowMs, limit });
}

type Span = { readonly endMs: number; readonly nowMs: number; readonly limit: number };

async function forwards(
  listing: Listing,
  interval: Interval,
  span: Span & { readonly startMs: number },
): Promise<Kline[]> {
  const from = Math.max(span.startMs, listing.tape.startMs);
  let openMs = interval.openOf(from);
  if (openMs < span.startMs) openMs = interval.next(openMs);
  const rows: Kline[] = [];
  const turn = createTurn();
  while (openMs <= span.endMs && openMs < span.nowMs && rows.length < span.limit) {
    const kline = klineAt(listing.tape, interval, openMs, span.nowMs);
    if (kline !== null) rows.push(kline);
    openMs = interval.next(openMs);
    await turn();
  }
  return rows;
}

async function backwards(listing: Listing, interval: Interval, span: Span): Promise<Kline[]> {
  let openMs = interval.openOf(Math.min(span.endMs, span.nowMs - 1));
  const rows: Kline[] = [];
  const turn = createTurn();
  while (rows.length < span.limit && interval.next(openMs) > listing.tape.startMs) {
    const kline = klineAt(listing.tape, interval, openMs, span.nowMs);
    if (kline !== null) rows.push(kline);
    openMs = interval.openOf(openMs - 1);
    await turn();
  }
  return rows.reverse();
}

function createTurn(): () => Promise<void> | undefined {
  let sinceMs = performance.now();
  return () => {
    if (performance.now() - sinceMs < TURN_MS) return undefined;
    return setImmediate().then(() => {
      sinceMs = performance.now();
    });
  };
}

/** One row as REST sends it. */
export function klineRow({ text }: Listing, kline: Kline, timeFactor: 1 | 1000): unknown[] {
  const { bar } = kline;
  return [
    kline.openMs * timeFactor,
    text.price(bar.open),
    text.price(bar.high),
    text.price(bar.low),
    text.price(bar.close),
    text.quantity(bar.lots),
    kline.closeMs * timeFactor + (timeFactor === 1 ? 0 : 999),
    text.quote(bar.quote),
    kline.rawCount,
    text.quantity(bar.takerLots),
    text.quote(bar.takerQuote),
    "0",
  ];
}
