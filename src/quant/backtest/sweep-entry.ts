import { hedgeFormOf } from "../strategies/pair-line.ts";
import type { ZScoreStrategyConfig } from "../strategies/z-score-strategy.ts";
import type { InstrumentCosts } from "./instrument-costs.ts";
import { isTradable, roundToLots } from "./lot-rule.ts";
import type { PairSweep } from "./pair-sweep.ts";
import { pairVolatility } from "./pair-volatility.ts";
import { entryRefusal } from "./portfolio-rules.ts";
import { type PairQuantities, pairQuantities, type SizingInput } from "./position-sizing.ts";

/** What a strategy asks for at the close of a bar. */
export type SweepAsk = {
  readonly bar: number;
  /** 1 long, −1 short the spread. */
  readonly side: number;
  readonly hedgeRatio: number;
  readonly equity: number;
};

/**
 * Units of an entry that is filled at the bar after the ask, as the event engine sizes and refuses it.
 *
 * @param sweep the pair
 * @param config of the strategy
 * @param ask side, hedge ratio and equity at the close of the signal
 * @returns signed units of both legs; null when the entry is refused
 */
export function sweepEntry(
  sweep: PairSweep,
  config: ZScoreStrategyConfig,
  ask: SweepAsk,
): PairQuantities | null {
  const { legY, legX, input } = sweep;
  const { sizing, rules } = input;
  const { bar, side, hedgeRatio, equity } = ask;
  const hedge = hedgeFormOf(config.prices);
  const priceY = legY.close[bar]!;
  const priceX = legX.close[bar]!;
  const worthRatio = hedge === "log-notional" ? hedgeRatio : (hedgeRatio * priceX) / priceY;
  const volatility =
    sizing.rule.kind === "volatility-target"
      ? pairVolatility(legY.close, legX.close, {
          bar,
          windowBars: sizing.rule.windowBars,
          worthRatio,
        })
      : 0;
  if (volatility === null) return null;
  const of = { side, hedgeRatio, hedge, size: 1, priceY, priceX, equity, volatility };
  if (sizing.pricedAt === "signal" || isCheckedAtSignal(sweep)) {
    const atSignal = lotsOf(sweep, of);
    if (atSignal === null) return null;
    const gross = Math.abs(atSignal.legY) * priceY + Math.abs(atSignal.legX) * priceX;
    if (entryRefusal(rules, { otherPairs: 0, grossAfter: gross, equity }) !== null) return null;
    if (sizing.pricedAt === "signal") return atSignal;
  }
  of.priceY = side > 0 ? legY.bought[bar + 1]! : legY.sold[bar + 1]!;
  // Of a leg that a hedge ratio of 0 leaves out neither price is read.
  of.priceX = side * hedgeRatio < 0 ? legX.bought[bar + 1]! : legX.sold[bar + 1]!;
  return lotsOf(sweep, of);
}

/** Whether an entry that is sized at its fill may be refused before. */
function isCheckedAtSignal({ input, legY, legX }: PairSweep): boolean {
  return input.rules.grossExposureMax !== null || !isAnyLot(legY.costs) || !isAnyLot(legX.costs);
}

function isAnyLot({ lots }: InstrumentCosts): boolean {
  return lots.quantityStep === 0 && lots.notionalMin === 0;
}

function lotsOf({ legY, legX, input }: PairSweep, of: SizingInput): PairQuantities | null {
  const exact = pairQuantities(input.sizing.rule, of);
  const unitsY = wholeLots(legY.costs, exact.legY, of.priceY);
  const unitsX = wholeLots(legX.costs, exact.legX, of.priceX);
  return unitsY === null || unitsY === 0 || unitsX === null ? null : { legY: unitsY, legX: unitsX };
}

function wholeLots({ lots }: InstrumentCosts, quantity: number, price: number): number | null {
  // A hedge ratio of zero wants no leg X, which is not a leg that is too small.
  if (quantity === 0) return 0;
  const rounded = roundToLots(quantity, lots.quantityStep);
  return isTradable(rounded, price, lots) ? rounded : null;
}
