import type { Listing } from "../exchange.ts";
import type { Interval } from "../market/intervals.ts";
import { klineAt } from "../market/kline.ts";
import { klineText, type TimeUnit, timeIn } from "../wire/event-text.ts";
import type { StreamSource } from "./stream-source.ts";

/** How often the open bar is pushed. */
function cadenceMs(listing: Listing, interval: Interval): number {
  if (listing.plan.market === "usdm") return 250;
  return interval.label === "1s" ? 1_000 : 2_000;
}

/** Events of `<symbol>@kline_<interval>`: the open bar when it changed, and once more when it closes. */
export function createKlineSource(
  listing: Listing,
  interval: Interval,
  unit: TimeUnit,
): StreamSource {
  const { plan, tape } = listing;
  const everyMs = cadenceMs(listing, interval);
  let openMs: number | null = null;
  let dueMs = 0;
  let lastId = -1;

  const eventOf = (atMs: number, endMs: number, isClosed: boolean, saidMs: number): string[] => {
    const kline = klineAt(tape, interval, atMs, endMs);
    if (kline === null) return [];
    const k = klineText(listing, interval.label, kline, isClosed, unit);
    return [`{"e":"kline","E":${timeIn(unit, saidMs)},"s":"${plan.symbol}","k":${k}}`];
  };

  return ({ toMs, saidMs }) => {
    const texts: string[] = [];
    openMs ??= interval.openOf(toMs - 1);
    while (interval.next(openMs) <= toMs) {
      texts.push(...eventOf(openMs, interval.next(openMs), true, saidMs));
      openMs = interval.next(openMs);
    }
    if (toMs < dueMs || toMs <= openMs) return texts;
    dueMs = Math.floor(toMs / everyMs) * everyMs + everyMs;
    const nextId = tape.firstIdAt(toMs);
    if (nextId === lastId) return texts;
    lastId = nextId;
    texts.push(...eventOf(openMs, toMs, false, saidMs));
    return texts;
  };
}
