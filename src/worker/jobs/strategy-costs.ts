import { AppError } from "#contracts/error-code.ts";
import type { Costs } from "#contracts/strategy.ts";
import type { TradedInstrument } from "#db/traded-instruments.ts";
import type { DividendTerms, FundingTerms } from "#quant/backtest/holding-costs.ts";
import { type InstrumentCosts, requireInstrumentCosts } from "#quant/backtest/instrument-costs.ts";
import { type LotRule, NO_LOTS } from "#quant/backtest/lot-rule.ts";
import type { SlippageModel } from "#quant/backtest/slippage-model.ts";
import { type FeeRates, type FeeVenue, VENUE_FEES } from "#quant/backtest/venue-fees.ts";

const BPS = 10_000;
const HOUR_MS = 3_600_000;

/** Fee schedules by venue and market; the simulated exchange is Binance by another address. */
const SCHEDULE_OF: Readonly<Record<string, FeeVenue>> = {
  "binance spot": "binance-spot",
  "binance usdm": "binance-usdm",
  "simulated spot": "binance-spot",
  "simulated usdm": "binance-usdm",
};

/**
 * What trading and holding an instrument costs.
 *
 * @throws {AppError} invalid-input: fees or lots of a venue that has none, naming the instrument
 * @throws {InvalidInputError} costs that cannot be, naming the instrument
 */
export function instrumentCosts(costs: Costs, instrument: TradedInstrument): InstrumentCosts {
  const terms = {
    fees: feesOf(costs, instrument),
    slippage: slippageOf(costs),
    lots: lotsOf(costs, instrument),
    funding: fundingOf(costs, instrument.id),
    borrowRateAnnual: costs.borrowRateAnnual,
    dividends: dividendsOf(costs, instrument.id),
  };
  requireInstrumentCosts(terms, instrument.symbol);
  return terms;
}

function feesOf({ fees }: Costs, { symbol, venue, market }: TradedInstrument): FeeRates {
  if (fees.kind === "bps") {
    return { makerRate: fees.makerFeeBps / BPS, takerRate: fees.takerFeeBps / BPS };
  }
  if (fees.kind === "schedule") return VENUE_FEES[fees.venue];
  const known = SCHEDULE_OF[`${venue} ${market}`];
  if (known === undefined) {
    throw new AppError(
      "invalid-input",
      `The fees of ${symbol}'s venue are not known: choose those of one venue, or set them in basis points`,
      { field: "config.costs.fees" },
    );
  }
  return VENUE_FEES[known];
}

function slippageOf({ slippage }: Costs): SlippageModel {
  return slippage;
}

function lotsOf({ lots }: Costs, { symbol, tickSize, lotSize }: TradedInstrument): LotRule {
  if (lots === "none") return NO_LOTS;
  if (tickSize === null || lotSize === null) {
    throw new AppError(
      "invalid-input",
      `The lot and tick size of ${symbol} are not known: choose any size instead`,
      { field: "config.costs.lots" },
    );
  }
  return { quantityStep: lotSize, priceTick: tickSize, notionalMin: 0 };
}

function fundingOf({ funding }: Costs, instrumentId: number): FundingTerms | null {
  if (funding === null) return null;
  if (funding.kind === "constant") {
    return { kind: "constant", rate: funding.rate, everyMs: funding.everyHours * HOUR_MS };
  }
  const events = eventsOf(funding.rates, instrumentId);
  return events === null ? null : { kind: "series", timeMs: events.timeMs, rate: events.values };
}

function dividendsOf({ dividends }: Costs, instrumentId: number): DividendTerms | null {
  const events = eventsOf(dividends, instrumentId);
  return events === null ? null : { timeMs: events.timeMs, perUnit: events.values };
}

/** Payments of an instrument, however many entries it has; null without any. */
function eventsOf(
  payments: Costs["dividends"],
  instrumentId: number,
): { readonly timeMs: Float64Array; readonly values: Float64Array } | null {
  const events = payments
    .filter((one) => one.instrumentId === instrumentId)
    .flatMap((one) => one.events)
    .sort((a, b) => a.timeMs - b.timeMs);
  if (events.length === 0) return null;
  return {
    timeMs: Float64Array.from(events, ({ timeMs }) => timeMs),
    values: Float64Array.from(events, ({ value }) => value),
  };
}
