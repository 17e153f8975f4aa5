import { annualisedReturn } from "../performance/annualised-return.ts";
import { maximumDrawdown } from "../performance/maximum-drawdown.ts";
import { sharpeRatio } from "../performance/sharpe-ratio.ts";
import { totalReturn } from "../performance/total-return.ts";
import { type PairLedger, PUBLISHED_BUDGET } from "./pair-ledger.ts";

/** Trading days a year of the published Sharpe ratios. */
export const PUBLISHED_TRADING_DAYS = 252;

const DAY_MS = 86_400_000;
const DAYS_OF_YEAR = 365.25;

/** The figures of a published table. */
export type PublishedFigures = {
  /** A fraction. */
  readonly totalReturn: number;
  /** A fraction a year; null where all is lost. */
  readonly annualisedReturn: number | null;
  /** √252 · mean / deviation of the daily returns; null where nothing was traded. */
  readonly sharpeRatio: number | null;
  /** A positive fraction; published tables have it negative. */
  readonly drawdownMax: number;
};

/** Where the two published tables differ. */
export type FiguresConvention = {
  /** Bars that make a year of the annualised return. */
  readonly barsPerYear: number;
  /** Divisor of the deviation in the Sharpe ratio, for n returns. */
  readonly sharpeDivisor: "n" | "n-1";
};

/**
 * Figures of a ledger as published tables compute them.
 *
 * Over the n − 1 bars that can earn: bar 0 is not among the returns.
 *
 * @param ledger n ≥ 2 bars
 * @param convention of the table
 * @returns see PublishedFigures
 *
 * Cost: O(n).
 */
export function publishedFigures(
  ledger: PairLedger,
  { barsPerYear, sharpeDivisor }: FiguresConvention,
): PublishedFigures {
  const returns = ledger.returns.subarray(1);
  const n = returns.length;
  const sharpe = sharpeRatio(returns, { periodsPerYear: PUBLISHED_TRADING_DAYS });
  const divisorEffect = sharpeDivisor === "n" ? Math.sqrt(n / (n - 1)) : 1;
  return {
    totalReturn: totalReturn(returns),
    annualisedReturn: annualisedReturn(returns, barsPerYear),
    sharpeRatio: sharpe === null ? null : sharpe * divisorEffect,
    drawdownMax: maximumDrawdown(ledger.budget, PUBLISHED_BUDGET).drawdownMax,
  };
}

/**
 * Bars a year of a period by its calendar: (n − 1) · 365.25 / days from its first to its last bar.
 *
 * @param openTimeMs n ≥ 2 ascending times
 * @returns bars a year, so that (1 + total) ^ (365.25 / days) is what annualisedReturn makes of them
 */
export function barsPerCalendarYear(openTimeMs: Float64Array): number {
  const bars = openTimeMs.length - 1;
  // A clock change between two midnights is no part of a day.
  const days = Math.round((openTimeMs[bars]! - openTimeMs[0]!) / DAY_MS);
  return (bars * DAYS_OF_YEAR) / days;
}
