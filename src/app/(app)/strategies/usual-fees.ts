import type { SeriesCoverage } from "#contracts/market-data.ts";
import { numberOf } from "./form-numbers.ts";
import type { PairFormValues, StrategyFormValues } from "./strategy-form-values.ts";

type Fees = StrategyFormValues["costs"]["fees"];

/** Whether the instruments of a venue have fees of their own; the simulated exchange has those of Binance. */
export function hasOwnFees(venue: string): boolean {
  return venue === "binance" || venue === "simulated";
}

/** The instruments that a form names, those that are not chosen yet left out. */
export function chosenInstruments(
  pairs: readonly PairFormValues[],
  instruments: readonly number[],
): readonly number[] {
  const legs = pairs.flatMap(({ y, x }) => [numberOf(y), numberOf(x)]);
  return [...legs, ...instruments].filter(Number.isFinite);
}

/** Where some instruments are from, each venue once. */
export function venuesOf(
  series: readonly SeriesCoverage[],
  instruments: readonly number[],
): readonly string[] {
  const wanted = new Set(instruments);
  const members = series.filter(({ instrumentId }) => wanted.has(instrumentId));
  return [...new Set(members.map(({ venue }) => venue))];
}

/**
 * What fees a new strategy starts with: those of its instruments' venues where all are known, else what it
 * would have without instruments.
 */
export function usualFees(
  blank: Fees,
  series: readonly SeriesCoverage[],
  instruments: readonly number[],
): Fees {
  const venues = venuesOf(series, instruments);
  return venues.length > 0 && venues.every(hasOwnFees) ? { ...blank, kind: "venue" } : blank;
}
