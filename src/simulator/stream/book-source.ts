import type { Listing } from "../exchange.ts";
import { EPOCH_MS } from "../market/calendar.ts";
import { type Book, type BookSide, SLOT_MS } from "../market/order-book.ts";
import { type TimeUnit, timeIn } from "../wire/event-text.ts";
import type { StreamSource } from "./stream-source.ts";

function levelsText({ text }: Listing, side: BookSide): string {
  return side.map(([price, lots]) => `["${text.price(price)}","${text.quantity(lots)}"]`).join(",");
}

/** Events of `<symbol>@depth[@…ms]`: what changed since the last one. */
export function createDepthSource(listing: Listing, everyMs: number, unit: TimeUnit): StreamSource {
  const slots = everyMs / SLOT_MS;
  let sent: number | null = null;
  return ({ toMs, saidMs }) => {
    const slot = Math.floor(listing.book.slotAt(toMs) / slots) * slots;
    sent ??= slot;
    // A market that does not trade keeps its book; the next change spans the pause.
    if (slot === sent || listing.status !== "TRADING") return [];
    const texts: string[] = [];
    for (; sent < slot; sent += slots)
      texts.push(depthText(listing, sent, sent + slots, { unit, saidMs }));
    return texts;
  };
}

function depthText(
  listing: Listing,
  fromSlot: number,
  toSlot: number,
  { unit, saidMs }: { readonly unit: TimeUnit; readonly saidMs: number },
): string {
  const { plan, book } = listing;
  const change = book.between(fromSlot, toSlot);
  const time = timeIn(unit, saidMs);
  const ids = `"U":${change.firstUpdateId},"u":${change.lastUpdateId}`;
  const sides = `"b":[${levelsText(listing, change.bids)}],"a":[${levelsText(listing, change.asks)}]`;
  if (plan.market === "spot") {
    return `{"e":"depthUpdate","E":${time},"s":"${plan.symbol}",${ids},${sides}}`;
  }
  const happened = timeIn(unit, EPOCH_MS + toSlot * SLOT_MS);
  const previous = change.firstUpdateId - 1;
  return `{"e":"depthUpdate","E":${time},"T":${happened},"s":"${plan.symbol}","ps":"${plan.symbol}","st":1,${ids},"pu":${previous},${sides}}`;
}

/** Events of `<symbol>@depth<levels>`: the top of the book. */
export function createDepthTopSource(
  listing: Listing,
  { levels, everyMs }: { readonly levels: number; readonly everyMs: number },
  unit: TimeUnit,
): StreamSource {
  const { plan, book } = listing;
  const slots = everyMs / SLOT_MS;
  let sent: number | null = null;
  return ({ toMs, saidMs }) => {
    const slot = Math.floor(book.slotAt(toMs) / slots) * slots;
    if (slot === sent || listing.status !== "TRADING") return [];
    sent = slot;
    const { lastUpdateId, bids, asks } = book.at(slot);
    const bidsText = levelsText(listing, bids.slice(0, levels));
    const asksText = levelsText(listing, asks.slice(0, levels));
    if (plan.market === "spot") {
      return [`{"lastUpdateId":${lastUpdateId},"bids":[${bidsText}],"asks":[${asksText}]}`];
    }
    const happened = timeIn(unit, EPOCH_MS + slot * SLOT_MS);
    const head = `"E":${timeIn(unit, saidMs)},"T":${happened},"s":"${plan.symbol}","ps":"${plan.symbol}","st":1`;
    const { firstUpdateId } = book.between(slot - slots, slot);
    return [
      `{"e":"depthUpdate",${head},"U":${firstUpdateId},"u":${lastUpdateId},"pu":${firstUpdateId - 1},"b":[${bidsText}],"a":[${asksText}]}`,
    ];
  };
}

/** Events of `<symbol>@bookTicker`: the best bid and ask whenever one of them changes. */
export function createBookTickerSource(listing: Listing, unit: TimeUnit): StreamSource {
  const { plan, book, text } = listing;
  let sentSlot: number | null = null;
  let sentText = "";
  const best = ({ bids: [bid], asks: [ask] }: Book): string =>
    bid === undefined || ask === undefined
      ? ""
      : `"b":"${text.price(bid[0])}","B":"${text.quantity(bid[1])}","a":"${text.price(ask[0])}","A":"${text.quantity(ask[1])}"`;
  return ({ toMs, saidMs }) => {
    const slot = book.slotAt(toMs);
    if (slot === sentSlot || listing.status !== "TRADING") return [];
    sentSlot = slot;
    const now = book.at(slot);
    const quotes = best(now);
    if (quotes === sentText) return [];
    sentText = quotes;
    if (plan.market === "spot") {
      return [`{"u":${now.lastUpdateId},"s":"${plan.symbol}",${quotes}}`];
    }
    const happened = timeIn(unit, EPOCH_MS + slot * SLOT_MS);
    return [
      `{"e":"bookTicker","u":${now.lastUpdateId},"E":${timeIn(unit, saidMs)},"T":${happened},"s":"${plan.symbol}",${quotes},"st":1,"ps":"${plan.symbol}"}`,
    ];
  };
}
