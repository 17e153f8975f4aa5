import {
  type EventBacktest,
  type EventRun,
  runEngineInStages,
  runEventEngine,
} from "#quant/backtest/event-engine.ts";
import type { ProvablePipeline, StagedPipeline } from "#quant/backtest/look-ahead-proof.ts";
import { firstMarketBars, type MarketBars } from "#quant/backtest/market-bars.ts";
import { firstSeenBar } from "#quant/strategies/first-seen-bar.ts";
import { fitBooks, openStrategyOf, type RunPlaces, tradedBooks } from "./strategy-books.ts";
import type { StrategyInput } from "./strategy-input.ts";
import { type StrategyMarket, sizingOf } from "./strategy-market.ts";

/**
 * Everything from the bars to the result, as lookAheadProof takes it: fits on the formation part of the bars
 * that it is given, and trades a feed.
 *
 * @param input of the run
 * @param market the whole, for the places of its periods; its prices are not looked at
 * @param onRun called after every run
 */
export function strategyPipeline(
  input: StrategyInput,
  market: StrategyMarket,
  onRun: () => void = () => undefined,
): ProvablePipeline {
  const settings = engineSettings(input, market);
  const { protection } = input;
  const places: RunPlaces = market;
  const fromBar = firstSeenBar(openStrategyOf(input), places.tradingFrom);
  const pipeline = (bars: MarketBars) => {
    const fitted = fitBooks(input, bars, places);
    const sizing = sizingOf(input, bars.openTimeMs.subarray(0, places.tradingFrom));
    return (feed: MarketBars): EventRun => {
      const isDelayed = feed.openTimeMs.length > bars.openTimeMs.length;
      const run = runEventEngine({
        ...settings,
        // Finer bars are not delayed with the others, and asks do not depend on them.
        finer: isDelayed ? null : settings.finer,
        bars: feed,
        books: tradedBooks(fitted, { sizing, protection, fromBar, beginsWithGap: isDelayed }),
        tradingStartBar: places.tradingFrom + (isDelayed ? 1 : 0),
        isClosedAtEnd: false,
      });
      if (run === null) throw new Error("Invariant: a run without hooks is not cancelled");
      onRun();
      return run;
    };
  };
  const staged: StagedPipeline = (bars, cutBars) => {
    const prepared = cutBars.map((cutBar) => {
      const prefix = firstMarketBars(bars, cutBar + 1);
      const fitted = fitBooks(input, prefix, places);
      const sizing = sizingOf(input, prefix.openTimeMs.subarray(0, places.tradingFrom));
      const books = tradedBooks(fitted, { sizing, protection, fromBar, beginsWithGap: false });
      const learned = fitted.map(({ outcome }) => outcome);
      return { bars: prefix, books, decided: JSON.stringify([learned, sizing]) };
    });
    if (new Set(prepared.map(({ decided }) => decided)).size > 1) return null;
    const { tradingFrom: tradingStartBar } = places;
    const run = runEngineInStages({ ...settings, tradingStartBar, isClosedAtEnd: false }, prepared);
    onRun();
    return run;
  };
  return Object.assign(pipeline, { staged });
}

/** What the engine needs of a run besides bars and books. */
export function engineSettings(
  { costs, rules }: Pick<StrategyInput, "costs" | "rules">,
  { finer }: Pick<StrategyMarket, "finer">,
): Pick<EventBacktest, "costs" | "rules" | "finer"> {
  return { costs, rules, finer };
}
