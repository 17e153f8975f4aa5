import type { Listing } from "../exchange.ts";
import type { BookSide } from "../market/order-book.ts";
import type { Query } from "./query.ts";
import type { RouteRequest } from "./route.ts";

/** Weight by how many levels are asked for: the first row whose `levels` suffice. */
export type DepthWeights = readonly { readonly levels: number; readonly weight: number }[];

export const SPOT_DEPTH_WEIGHTS: DepthWeights = [
  { levels: 100, weight: 5 },
  { levels: 500, weight: 25 },
  { levels: 1_000, weight: 50 },
  { levels: 5_000, weight: 250 },
];

export const FUTURES_DEPTH_WEIGHTS: DepthWeights = [
  { levels: 50, weight: 2 },
  { levels: 100, weight: 5 },
  { levels: 500, weight: 10 },
  { levels: 1_000, weight: 20 },
];

export function depthWeight(weights: DepthWeights, fallback: number): (query: Query) => number {
  return (query) => {
    const limit = query.integer("limit") ?? fallback;
    const row = weights.find(({ levels }) => limit <= levels) ?? weights.at(-1);
    return row?.weight ?? 0;
  };
}

/** GET depth: the book of the moment. */
export function depth(
  { exchange, timeFactor }: RouteRequest,
  listing: Listing,
  limit: number,
): unknown {
  const { plan, book, text } = listing;
  const nowMs = exchange.clock.nowMs();
  const { lastUpdateId, bids, asks } = book.at(book.slotAt(nowMs));
  const rows = (side: BookSide) =>
    side.slice(0, limit).map(([price, lots]) => [text.price(price), text.quantity(lots)]);
  const sides = { bids: rows(bids), asks: rows(asks) };
  if (plan.market === "spot") return { lastUpdateId, ...sides };
  const said = exchange.clock.saidMs() * timeFactor;
  return { lastUpdateId, E: said, T: nowMs * timeFactor, ...sides };
}
