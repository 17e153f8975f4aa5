import { type EventBacktest, runEventEngine } from "#quant/backtest/event-engine.ts";
import type { ProvablePipeline } from "#quant/backtest/look-ahead-proof.ts";
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
  const settings = engineSettings(input);
  const places: RunPlaces = market;
  const fromBar = firstSeenBar(openStrategyOf(input), places.tradingFrom);
  return (bars) => {
    const fitted = fitBooks(input, bars, places);
    const sizing = sizingOf(input, bars.openTimeMs.subarray(0, places.tradingFrom));
    return (feed) => {
      const isDelayed = feed.openTimeMs.length > bars.openTimeMs.length;
      const run = runEventEngine({
        ...settings,
        bars: feed,
        books: tradedBooks(fitted, { sizing, fromBar, beginsWithGap: isDelayed }),
        tradingStartBar: places.tradingFrom + (isDelayed ? 1 : 0),
        isClosedAtEnd: false,
      });
      if (run === null) throw new Error("Invariant: a run without hooks is not cancelled");
      onRun();
      return run;
    };
  };
}

/** What the engine needs of a run besides bars and books. */
export function engineSettings({
  costs,
  rules,
}: Pick<StrategyInput, "costs" | "rules">): Pick<EventBacktest, "costs" | "rules" | "finer"> {
  return { costs, rules, finer: null };
}
