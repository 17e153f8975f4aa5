import { roundToTick } from "./lot-rule.ts";
import type { ProtectiveLevels } from "./protective-exit.ts";

/**
 * Protective prices of every leg, as fractions of the price that it was entered at; null is none. A strategy
 * that says its own has these only where it says nothing.
 */
export type ProtectionRule = {
  /** How much of its price a leg may lose, in (0, 1). */
  readonly stopLoss: number | null;
  /** How much of its price a leg may gain, above 0; of a short one in (0, 1). */
  readonly takeProfit: number | null;
};

/**
 * Protective prices of a leg that has been entered.
 *
 * @param rule fractions of the price
 * @param entry average price of its fills, 1 for a long leg and −1 for a short one, and the tick
 * @returns stop at its price, limit on the tick beyond its price, where an order could rest; NaN is none
 */
export function protectiveLevels(
  { stopLoss, takeProfit }: ProtectionRule,
  entry: { readonly price: number; readonly direction: number; readonly priceTick: number },
): ProtectiveLevels {
  const { price, direction, priceTick } = entry;
  return {
    stop: stopLoss === null ? Number.NaN : price * (1 - direction * stopLoss),
    limit:
      takeProfit === null
        ? Number.NaN
        : roundToTick(price * (1 + direction * takeProfit), direction, priceTick),
  };
}
