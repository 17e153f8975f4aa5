import type { HedgeForm, Target } from "./strategy.ts";

/** What is held stays as it is. */
export const HOLD: Target = { kind: "hold" };

/** No spread is held. */
export const FLAT_SPREAD: Target = {
  kind: "spread",
  side: "flat",
  hedgeRatio: 0,
  hedge: "log-notional",
  size: 1,
  stops: null,
};

/**
 * A spread at the whole size, without protective prices.
 *
 * @param side long buys leg Y
 * @param hedgeRatio of leg X to leg Y, finite
 * @param hedge what the ratio means
 */
export function spreadTarget(
  side: "long" | "short" | "flat",
  hedgeRatio: number,
  hedge: HedgeForm,
): Target {
  if (side === "flat") return FLAT_SPREAD;
  return { kind: "spread", side, hedgeRatio, hedge, size: 1, stops: null };
}
