import { InvalidInputError } from "../invalid-input-error.ts";
import type { DividendTerms, FundingTerms } from "./holding-costs.ts";
import { type LotRule, NO_LOTS } from "./lot-rule.ts";
import type { SlippageModel } from "./slippage-model.ts";
import type { FeeRates } from "./venue-fees.ts";

/** Everything that trading and holding one instrument costs; null and 0 switch a cost off. */
export type InstrumentCosts = {
  readonly fees: FeeRates;
  readonly slippage: SlippageModel;
  readonly lots: LotRule;
  readonly funding: FundingTerms | null;
  /** Fraction of the notional of a short position, a year of 365 days. */
  readonly borrowRateAnnual: number;
  readonly dividends: DividendTerms | null;
};

/** A world without costs: what others are made of by naming the differences. */
export const NO_COSTS: InstrumentCosts = {
  fees: { makerRate: 0, takerRate: 0 },
  slippage: { kind: "bps", slippageBps: 0 },
  lots: NO_LOTS,
  funding: null,
  borrowRateAnnual: 0,
  dividends: null,
};

/**
 * Entry check of the costs of an instrument.
 *
 * @param costs settings from outside
 * @param name what the message calls the instrument
 * @throws {InvalidInputError} "out-of-range" for settings that cannot be, "length-mismatch" for a
 *   series of funding or dividends whose columns differ in length
 */
export function requireInstrumentCosts(costs: InstrumentCosts, name: string): void {
  const { fees, lots } = costs;
  require(isRate(fees.takerRate), `${name}: takerRate must be at least 0 and below 1`);
  // A maker may be paid: rebates are negative fees.
  require(Math.abs(fees.makerRate) < 1, `${name}: makerRate must be between -1 and 1`);
  requireSlippage(costs.slippage, name);
  for (const key of ["quantityStep", "priceTick", "notionalMin"] as const) {
    require(isAmount(lots[key]), `${name}: ${key} must be at least 0 and finite`);
  }
  require(isAmount(costs.borrowRateAnnual), `${name}: borrowRateAnnual must be at least 0`);
  if (costs.funding?.kind === "constant") {
    const { rate, everyMs } = costs.funding;
    require(Math.abs(rate) < 1, `${name}: funding.rate must be between -1 and 1`);
    require(isAmount(everyMs) && everyMs > 0, `${name}: funding.everyMs must be positive`);
  }
  if (costs.funding?.kind === "series") {
    requireDates(costs.funding.timeMs, costs.funding.rate, `${name}: funding`);
  }
  if (costs.dividends !== null) {
    const { timeMs, perUnit } = costs.dividends;
    requireDates(timeMs, perUnit, `${name}: dividends`);
    require(perUnit.every(isAmount), `${name}: dividends must be at least 0`);
  }
}

function requireSlippage(model: SlippageModel, name: string): void {
  switch (model.kind) {
    case "bps":
      require(isRate(model.slippageBps / 10_000), `${name}: slippageBps must be in [0, 10000)`);
      return;
    case "half-spread":
      require(isRate(
        model.bidAskSpreadBps / 10_000,
      ), `${name}: bidAskSpreadBps must be in [0, 10000)`);
      return;
    case "volume-share":
      require(isRate(model.impact), `${name}: impact must be at least 0 and below 1`);
      require(model.shareMax > 0 && model.shareMax <= 1, `${name}: shareMax must be in (0, 1]`);
  }
}

function requireDates(timeMs: Float64Array, values: Float64Array, name: string): void {
  if (timeMs.length !== values.length) {
    throw new InvalidInputError("length-mismatch", `${name}: times and values differ in number`);
  }
  const ascends = timeMs.every((time, i) => i === 0 || time > timeMs[i - 1]!);
  require(ascends && timeMs.every(Number.isFinite), `${name}: times must ascend`);
  require(values.every(Number.isFinite), `${name}: values must be finite`);
}

function isRate(rate: number): boolean {
  return rate >= 0 && rate < 1;
}

function isAmount(amount: number): boolean {
  return amount >= 0 && Number.isFinite(amount);
}

function require(condition: boolean, message: string): void {
  if (!condition) throw new InvalidInputError("out-of-range", message);
}
