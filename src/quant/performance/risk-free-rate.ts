import { InvalidInputError } from "../invalid-input-error.ts";

/**
 * Risk-free rate of a bar: what compounds to the yearly rate over the bars of a year.
 *
 * (1 + R)^(1 / periodsPerYear) − 1. Whether a year has 365 days or 252 sessions is in periodsPerYear.
 *
 * @param rateAnnual fraction a year, > −1
 * @param periodsPerYear bars of a year, positive
 * @returns a fraction a bar
 * @throws {InvalidInputError} "out-of-range"
 */
export function riskFreeRatePerPeriod(rateAnnual: number, periodsPerYear: number): number {
  if (!(rateAnnual > -1 && Number.isFinite(rateAnnual))) {
    throw new InvalidInputError("out-of-range", "the risk-free rate must be above −1 a year");
  }
  if (!(periodsPerYear > 0 && Number.isFinite(periodsPerYear))) {
    throw new InvalidInputError("out-of-range", "periodsPerYear must be positive");
  }
  // expm1 and log1p keep the digits of a rate that is nearly 0 a bar.
  return Math.expm1(Math.log1p(rateAnnual) / periodsPerYear);
}
