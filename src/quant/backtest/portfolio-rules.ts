import { InvalidInputError } from "../invalid-input-error.ts";

/**
 * Margin: an entry needs `initialRate` of the gross exposure in equity; below `maintenanceRate` of it at
 * a close everything is liquidated, for `liquidationFeeRate` of the notional more than the usual costs.
 */
export type MarginRule = {
  readonly initialRate: number;
  readonly maintenanceRate: number;
  readonly liquidationFeeRate: number;
};

/** The account that all books share; null switches a rule off. */
export type AccountRules = {
  readonly initialCash: number;
  readonly margin: MarginRule | null;
  /** Pairs held or being entered at a time; books of weights do not count. */
  readonly pairsMax: number | null;
  /** Σ |notional| over equity. */
  readonly grossExposureMax: number | null;
};

/** Why an entry was refused; the position is not opened until the strategy asks anew. */
export type RefusalReason =
  | "no-price"
  | "no-volatility"
  | "delisted"
  | "still-leaving"
  | "below-lot"
  | "pairs-max"
  | "gross-exposure"
  | "initial-margin"
  | "no-equity";

/** What an entry would make of the account; money in the quote currency. */
export type EntryProposal = {
  readonly otherPairs: number;
  /** Gross exposure of everything, the new position included. */
  readonly grossAfter: number;
  readonly equity: number;
};

/** A multiple of equity may be reached exactly; rounding must not decide about it. */
const GROSS_CARE = 1 + 1e-12;

/**
 * Gate of a pair's entry.
 *
 * @param rules of the account
 * @param proposal the account after the entry, at the prices of the signal
 * @returns why not, or null
 */
export function entryRefusal(rules: AccountRules, proposal: EntryProposal): RefusalReason | null {
  const { otherPairs, grossAfter, equity } = proposal;
  if (equity <= 0) return "no-equity";
  if (rules.pairsMax !== null && otherPairs >= rules.pairsMax) return "pairs-max";
  if (grossAfter > grossMax(rules, equity) * GROSS_CARE) {
    const { margin } = rules;
    const isMargin = margin !== null && grossAfter * margin.initialRate > equity * GROSS_CARE;
    return isMargin ? "initial-margin" : "gross-exposure";
  }
  return null;
}

/** The largest gross exposure that exposure limit and initial margin allow, quote currency. */
export function grossMax(rules: AccountRules, equity: number): number {
  const byLimit = rules.grossExposureMax ?? Number.POSITIVE_INFINITY;
  const byMargin = rules.margin === null ? Number.POSITIVE_INFINITY : 1 / rules.margin.initialRate;
  return Math.min(byLimit, byMargin) * Math.max(equity, 0);
}

/** Whether a close calls for liquidation. */
export function isLiquidated(rules: AccountRules, equity: number, gross: number): boolean {
  return rules.margin !== null && gross > 0 && equity < rules.margin.maintenanceRate * gross;
}

/**
 * Entry check of the rules of an account.
 *
 * @throws {InvalidInputError} "out-of-range"; the message names the field
 */
export function requireAccountRules(rules: AccountRules): void {
  const { initialCash, margin, pairsMax, grossExposureMax } = rules;
  require(initialCash > 0 && Number.isFinite(initialCash), "initialCash must be positive");
  require(pairsMax === null ||
    (Number.isInteger(pairsMax) && pairsMax >= 1), "pairsMax must be a whole number of at least 1");
  require(grossExposureMax === null || grossExposureMax > 0, "grossExposureMax must be positive");
  if (margin === null) return;
  const { initialRate, maintenanceRate, liquidationFeeRate } = margin;
  require(initialRate > 0 && initialRate <= 1, "margin.initialRate must be in (0, 1]");
  require(maintenanceRate > 0 &&
    maintenanceRate <= initialRate, "margin.maintenanceRate must be in (0, initialRate]");
  require(liquidationFeeRate >= 0 &&
    liquidationFeeRate < 1, "margin.liquidationFeeRate must be in [0, 1)");
}

function require(condition: boolean, message: string): void {
  if (!condition) throw new InvalidInputError("out-of-range", message);
}
