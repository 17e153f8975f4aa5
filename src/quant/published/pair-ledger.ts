import { assert } from "../assert.ts";
import type { PairCloses } from "./pair-closes.ts";

/** What every published result starts with, in quote currency. */
export const PUBLISHED_BUDGET = 100_000;

/** How a position is turned into money. */
export type PairExecution = {
  /**
   * Weights of the legs: null puts as much into either; a slope of price on price weights X by
   * slope · x / y of the close before, and scales both so that they add up to two budgets again.
   */
  readonly hedgeSlope: number | null;
  /** Cost of changing one leg by one budget, a fraction (0.0005 is 5 bp). */
  readonly costPerLeg: number;
};

/** What a series of positions earned, one value a bar; bar 0 earns nothing. */
export type PairLedger = {
  /** Before costs, a fraction of the budget. */
  readonly grossReturns: Float64Array;
  /** Costs of the change at the close before, a fraction of the budget. */
  readonly costs: Float64Array;
  /** grossReturns − costs. */
  readonly returns: Float64Array;
  /** Budget after each bar, quote currency. */
  readonly budget: Float64Array;
  /** Σ |Δ position|: 2 a round trip, in pairs; times two are legs. What the last bar asks is not traded. */
  readonly positionChanges: number;
};

/**
 * Ledger of a pair: the daily returns of positions in it, compounded.
 *
 * gross = positionᵢ₋₁ · (r_y − r_x), or positionᵢ₋₁ · 2 (r_y − h r_x) / (1 + |h|) with
 * h = slope · x / y at i − 1; cost = 2 · costPerLeg · |positionᵢ₋₁ − positionᵢ₋₂|.
 *
 * Fills at the very close that decided: a position of bar i has the price of bar i. No later bar is
 * read, but nobody trades like that; a caller who wants one bar between hands in the positions one bar
 * later. The legs are brought back to their weights every day, free of charge, short sales cost and earn
 * nothing, and what is open at the end stays open.
 *
 * @param closes n closes of both legs
 * @param position wanted at the close of each bar, −1 to 1
 * @param execution weights and costs
 * @returns returns, budget and turnover
 *
 * Cost: O(n).
 */
export function pairLedger(
  { y, x }: PairCloses,
  position: Float64Array,
  { hedgeSlope, costPerLeg }: PairExecution,
): PairLedger {
  const n = y.length;
  assert(position.length === n, "one position a bar");
  const grossReturns = new Float64Array(n);
  const costs = new Float64Array(n);
  const returns = new Float64Array(n);
  const budget = new Float64Array(n).fill(PUBLISHED_BUDGET);
  let positionChanges = 0;
  for (let i = 1; i < n; i++) {
    const returnY = y[i]! / y[i - 1]! - 1;
    const returnX = x[i]! / x[i - 1]! - 1;
    const hedge = hedgeSlope === null ? 1 : (hedgeSlope * x[i - 1]!) / y[i - 1]!;
    const scale = hedgeSlope === null ? 1 : 2 / (1 + Math.abs(hedge));
    const change = Math.abs(position[i - 1]! - (i > 1 ? position[i - 2]! : 0));
    positionChanges += change;
    grossReturns[i] = position[i - 1]! * scale * (returnY - hedge * returnX);
    costs[i] = 2 * costPerLeg * change;
    returns[i] = grossReturns[i]! - costs[i]!;
    budget[i] = budget[i - 1]! * (1 + returns[i]!);
  }
  return { grossReturns, costs, returns, budget, positionChanges };
}
