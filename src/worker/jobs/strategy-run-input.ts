import type { TimeWindow } from "#contracts/interval.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import type { StrategyInput } from "../compute/strategy-input.ts";
import type { LoadedMarket } from "./load-market.ts";
import { instrumentCosts } from "./strategy-costs.ts";

/** What the threads need to run a strategy, books as places in the loaded instruments. */
export function strategyRunInput(config: StrategyConfig, market: LoadedMarket): StrategyInput {
  const { kind, parameters, sizing, pricedAt, riskFreeRateAnnual, account } = config;
  const placeOf = new Map(market.instruments.map(({ id }, place) => [id, place]));
  const { initialEquity, pairsMax, grossExposureMax, margin } = account;
  return {
    kind,
    parameters,
    sizing,
    pricedAt,
    riskFreeRateAnnual,
    series: market.series,
    symbols: market.instruments.map(({ symbol }) => symbol),
    costs: market.instruments.map((one) => instrumentCosts(config.costs, one)),
    books: config.books.map((book) => book.flatMap((id) => placeOf.get(id) ?? [])),
    rules: { initialCash: initialEquity, pairsMax, grossExposureMax, margin },
    formation: config.formation,
    trading: config.trading,
    intervalMs: config.intervalMs,
    calendar: market.calendar,
  };
}

/** A market that closes has fewer bars in a span than its interval says: seven hours of 24, on five days of seven. */
const SPAN_CARE = 6;

/**
 * Open times that a run reads: both periods, and as much before as the strategy needs to be warm.
 *
 * @param warmUpBars of the strategy
 */
export function runWindow(
  { formation, trading, intervalMs }: StrategyConfig,
  warmUpBars: number,
): TimeWindow {
  const warmUpStartMs = trading.startMs - SPAN_CARE * warmUpBars * intervalMs;
  const startMs = warmUpBars === 0 ? formation.startMs : Math.min(formation.startMs, warmUpStartMs);
  return { startMs: Math.max(0, startMs), endMs: trading.endMs };
}
