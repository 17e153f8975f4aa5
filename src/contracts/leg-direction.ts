import type { FullTrade } from "./report-view.ts";

/**
 * Whether a leg of a trade was bought (1) or sold (−1). Without quantities it follows from the side:
 * a long spread buys leg Y and sells leg X, unless the hedge ratio is negative.
 */
export function legDirection(
  trade: Pick<FullTrade, "side" | "hedgeRatio"> & {
    readonly legs: readonly Pick<FullTrade["legs"][number], "quantity">[];
  },
  leg: number,
): 1 | -1 {
  const quantity = trade.legs[leg]?.quantity ?? null;
  if (quantity !== null && quantity !== 0) return quantity > 0 ? 1 : -1;
  const first = trade.side === "long" ? 1 : -1;
  if (leg === 0) return first;
  const isSameWay = trade.hedgeRatio !== null && trade.hedgeRatio < 0;
  if (isSameWay) return first;
  return first === 1 ? -1 : 1;
}
