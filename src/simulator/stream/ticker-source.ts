import type { Exchange, Listing } from "../exchange.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../market/calendar.ts";
import { markPriceAt } from "../market/mark-price.ts";
import { statisticsTexts, type WindowStatistics, windowStatistics } from "../market/statistics.ts";
import { type TimeUnit, timeIn } from "../wire/event-text.ts";
import { createCadence } from "./cadence.ts";
import type { TickerWindow } from "./stream-name.ts";
import type { StreamSource } from "./stream-source.ts";

/** Tickers come once a second, and only when something traded. */
const TICKER_MS = 1_000;

const WINDOW_MS: Readonly<Record<TickerWindow, number>> = {
  "1h": HOUR_MS,
  "4h": 4 * HOUR_MS,
  "1d": DAY_MS,
};

/** The text of an event at a time, or null when nothing changed since it was last asked. */
type TickerText = (toMs: number, saidMs: number) => string | null;

/** Only what has traded since the last time is told. */
function whenTraded(listing: Listing, event: TickerText): TickerText {
  let lastId = -1;
  return (toMs, saidMs) => {
    const nextId = listing.tape.firstIdAt(toMs);
    if (nextId === lastId) return null;
    lastId = nextId;
    return event(toMs, saidMs);
  };
}

function miniTickerText(listing: Listing, unit: TimeUnit): TickerText {
  const { plan, text } = listing;
  return whenTraded(listing, (toMs, saidMs) => {
    const statistics = windowStatistics(listing, DAY_MS, toMs);
    if (statistics === null) return null;
    const { bar } = statistics;
    const st = plan.market === "spot" ? "" : `,"st":1`;
    return (
      `{"e":"24hrMiniTicker","E":${timeIn(unit, saidMs)},"s":"${plan.symbol}","c":"${text.price(bar.close)}",` +
      `"o":"${text.price(bar.open)}","h":"${text.price(bar.high)}","l":"${text.price(bar.low)}",` +
      `"v":"${text.quantity(bar.lots)}","q":"${text.quote(bar.quote)}"${st}}`
    );
  });
}

function tickerText(listing: Listing, unit: TimeUnit): TickerText {
  const { plan, text, book } = listing;
  return whenTraded(listing, (toMs, saidMs) => {
    const statistics = windowStatistics(listing, DAY_MS, toMs);
    if (statistics === null) return null;
    const { bids, asks } = book.at(book.slotAt(toMs));
    const [bidPrice = 0, bidLots = 0] = bids[0] ?? [];
    const [askPrice = 0, askLots = 0] = asks[0] ?? [];
    const isSpot = plan.market === "spot";
    const previous = isSpot ? `"x":"${text.price(statistics.previousPrice)}",` : "";
    const quotes = isSpot
      ? `"b":"${text.price(bidPrice)}","B":"${text.quantity(bidLots)}","a":"${text.price(askPrice)}","A":"${text.quantity(askLots)}",`
      : "";
    const { priceChange, priceChangePercent, weightedAveragePrice } = statisticsTexts(
      listing,
      statistics,
    );
    return (
      `{"e":"24hrTicker","E":${timeIn(unit, saidMs)},"s":"${plan.symbol}","p":"${priceChange}",` +
      `"P":"${priceChangePercent}","w":"${weightedAveragePrice}",${previous}"c":"${text.price(statistics.bar.close)}",` +
      `"Q":"${text.quantity(statistics.lastLots)}",${quotes}${windowText(listing, statistics, unit)}${isSpot ? "" : `,"st":1`}}`
    );
  });
}

function windowTickerText(listing: Listing, window: TickerWindow, unit: TimeUnit): TickerText {
  const { plan, text } = listing;
  return whenTraded(listing, (toMs, saidMs) => {
    // The window begins on a full minute, so it is up to a minute longer than its name.
    const lengthMs = WINDOW_MS[window] + (toMs % MINUTE_MS);
    const statistics = windowStatistics(listing, lengthMs, toMs);
    if (statistics === null) return null;
    const { priceChange, priceChangePercent, weightedAveragePrice } = statisticsTexts(
      listing,
      statistics,
    );
    return (
      `{"e":"${window}Ticker","E":${timeIn(unit, saidMs)},"s":"${plan.symbol}","p":"${priceChange}",` +
      `"P":"${priceChangePercent}","w":"${weightedAveragePrice}","c":"${text.price(statistics.bar.close)}",` +
      `${windowText(listing, statistics, unit)}}`
    );
  });
}

function windowText({ text }: Listing, statistics: WindowStatistics, unit: TimeUnit): string {
  const { bar, openMs, closeMs, rawFirst, rawLast } = statistics;
  return (
    `"o":"${text.price(bar.open)}","h":"${text.price(bar.high)}","l":"${text.price(bar.low)}",` +
    `"v":"${text.quantity(bar.lots)}","q":"${text.quote(bar.quote)}","O":${timeIn(unit, openMs)},` +
    `"C":${timeIn(unit, closeMs)},"F":${rawFirst},"L":${rawLast},"n":${rawLast - rawFirst + 1}`
  );
}

function averagePriceText(listing: Listing, unit: TimeUnit): TickerText {
  const { plan } = listing;
  return whenTraded(listing, (toMs, saidMs) => {
    const statistics = windowStatistics(listing, 5 * MINUTE_MS, toMs);
    if (statistics === null) return null;
    const { weightedAveragePrice } = statisticsTexts(listing, statistics);
    const time = timeIn(unit, statistics.closeMs - 1);
    return `{"e":"avgPrice","E":${timeIn(unit, saidMs)},"s":"${plan.symbol}","i":"5m","w":"${weightedAveragePrice}","T":${time}}`;
  });
}

function markPriceText(exchange: Exchange, listing: Listing, unit: TimeUnit): TickerText {
  return (toMs, saidMs) => {
    const { mark, index, fundingRate, nextFundingMs } = markPriceAt(exchange, listing, toMs);
    return (
      `{"e":"markPriceUpdate","E":${timeIn(unit, saidMs)},"s":"${listing.plan.symbol}","p":"${mark}","i":"${index}",` +
      `"P":"${index}","ap":"${mark}","r":"${fundingRate}","T":${timeIn(unit, nextFundingMs)},"st":1}`
    );
  };
}

export type TickerKind =
  | { readonly kind: "miniTicker" | "ticker" | "avgPrice" }
  | { readonly kind: "windowTicker"; readonly window: TickerWindow }
  | { readonly kind: "markPrice" };

function tickerTextOf(
  exchange: Exchange,
  listing: Listing,
  request: TickerKind,
  unit: TimeUnit,
): TickerText {
  switch (request.kind) {
    case "miniTicker":
      return miniTickerText(listing, unit);
    case "ticker":
      return tickerText(listing, unit);
    case "avgPrice":
      return averagePriceText(listing, unit);
    case "windowTicker":
      return windowTickerText(listing, request.window, unit);
    case "markPrice":
      return markPriceText(exchange, listing, unit);
  }
}

/** One event a time for one symbol. */
export function createTickerSource(
  exchange: Exchange,
  listing: Listing,
  request: TickerKind,
  { everyMs = TICKER_MS, unit }: { readonly everyMs?: number; readonly unit: TimeUnit },
): StreamSource {
  const isDue = createCadence(everyMs);
  const event = tickerTextOf(exchange, listing, request, unit);
  return ({ toMs, saidMs }) => {
    const text = isDue(toMs) ? event(toMs, saidMs) : null;
    return text === null ? [] : [text];
  };
}

/** One array a time with the symbols that changed. */
export function createTickerArraySource(
  exchange: Exchange,
  listings: readonly Listing[],
  request: TickerKind,
  { everyMs = TICKER_MS, unit }: { readonly everyMs?: number; readonly unit: TimeUnit },
): StreamSource {
  const isDue = createCadence(everyMs);
  const events = listings.map((listing) => ({
    listing,
    event: tickerTextOf(exchange, listing, request, unit),
  }));
  return ({ toMs, saidMs }) => {
    if (!isDue(toMs)) return [];
    const texts = events
      .filter(({ listing }) => listing.status !== "DELISTED")
      .map(({ event }) => event(toMs, saidMs))
      .filter((text) => text !== null);
    return texts.length === 0 ? [] : [`[${texts.join(",")}]`];
  };
}
