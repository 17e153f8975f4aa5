import { InvalidInputError } from "../invalid-input-error.ts";
import type { HedgeForm } from "../strategies/strategy.ts";

/** An amount of money: quote currency, or a share of the equity at the signal. */
export type MoneyAmount = { readonly kind: "quote" | "equity-share"; readonly value: number };

/**
 * How large a pair is. `notional`: worth of leg Y, leg X by the hedge ratio. `fixed-quantity`: units of
 * leg Y, leg X by the hedge ratio. `hedge-weighted`: worth of both legs together, shared as 1 : hedge
 * ratio. `dollar-neutral`: the same worth in both legs, the hedge ratio gives the sign only.
 * `volatility-target`: so much of leg Y that the standard deviation of the pair, as it was over the last
 * `windowBars`, is `volatilityAnnual` of equity, and no more than `notionalMax`.
 */
export type SizingRule =
  | { readonly kind: "notional"; readonly amount: MoneyAmount }
  | { readonly kind: "fixed-quantity"; readonly quantity: number }
  | { readonly kind: "hedge-weighted"; readonly amount: MoneyAmount }
  | { readonly kind: "dollar-neutral"; readonly amount: MoneyAmount }
  | {
      readonly kind: "volatility-target";
      readonly volatilityAnnual: number;
      readonly windowBars: number;
      readonly barsPerYear: number;
      readonly notionalMax: MoneyAmount;
    };

/**
 * The rule, and the prices that turn money into units: the closes of the signal, as of an order in
 * units, or those of the fill, as of an order in money.
 */
export type PositionSizing = { readonly rule: SizingRule; readonly pricedAt: "signal" | "fill" };

/** What a size depends on; `volatility` a bar, per worth of leg Y, is read by volatility-target only. */
export type SizingInput = {
  /** 1 long, −1 short the spread. */
  readonly side: number;
  readonly hedgeRatio: number;
  readonly hedge: HedgeForm;
  /** Share of the rule's own size, in (0, 1]. */
  readonly size: number;
  readonly priceY: number;
  readonly priceX: number;
  readonly equity: number;
  readonly volatility: number;
};

/** Signed units of both legs, before lots. */
export type PairQuantities = { readonly legY: number; readonly legX: number };

/**
 * Size of a pair: signed units of both legs.
 *
 * @param rule how large
 * @param input what it depends on; prices positive
 * @returns units; leg X is against leg Y where the hedge ratio is positive
 */
export function pairQuantities(rule: SizingRule, input: SizingInput): PairQuantities {
  const { side, hedgeRatio, hedge, size, priceY, priceX } = input;
  // Worth of leg X for one of leg Y.
  const worthRatio = hedge === "log-notional" ? hedgeRatio : (hedgeRatio * priceX) / priceY;
  const notionalY = size * worthOfLegY(rule, input, worthRatio);
  const notionalX =
    rule.kind === "dollar-neutral" ? Math.sign(worthRatio) * notionalY : worthRatio * notionalY;
  return { legY: (side * notionalY) / priceY, legX: (-side * notionalX) / priceX };
}

/** Money of an amount, given the equity. */
export function moneyOf(amount: MoneyAmount, equity: number): number {
  return amount.kind === "quote" ? amount.value : amount.value * Math.max(equity, 0);
}

/**
 * Entry check of a sizing.
 *
 * @throws {InvalidInputError} "out-of-range"; the message names the field
 */
export function requirePositionSizing({ rule }: PositionSizing): void {
  switch (rule.kind) {
    case "fixed-quantity":
      requirePositive(rule.quantity, "quantity");
      return;
    case "volatility-target":
      requirePositive(rule.volatilityAnnual, "volatilityAnnual");
      requirePositive(rule.barsPerYear, "barsPerYear");
      requirePositive(rule.notionalMax.value, "notionalMax");
      if (!(Number.isInteger(rule.windowBars) && rule.windowBars >= 3)) {
        throw new InvalidInputError(
          "out-of-range",
          "windowBars must be a whole number of at least 3",
        );
      }
      return;
    case "notional":
    case "hedge-weighted":
    case "dollar-neutral":
      requirePositive(rule.amount.value, "amount");
  }
}

function worthOfLegY(rule: SizingRule, input: SizingInput, worthRatio: number): number {
  switch (rule.kind) {
    case "fixed-quantity":
      return rule.quantity * input.priceY;
    case "hedge-weighted":
      return moneyOf(rule.amount, input.equity) / (1 + Math.abs(worthRatio));
    case "notional":
    case "dollar-neutral":
      return moneyOf(rule.amount, input.equity);
    case "volatility-target": {
      const perBar =
        (rule.volatilityAnnual * Math.max(input.equity, 0)) / Math.sqrt(rule.barsPerYear);
      return Math.min(perBar / input.volatility, moneyOf(rule.notionalMax, input.equity));
    }
  }
}

function requirePositive(value: number, field: string): void {
  if (!(value > 0 && Number.isFinite(value))) {
    throw new InvalidInputError("out-of-range", `${field} must be positive and finite`);
  }
}
