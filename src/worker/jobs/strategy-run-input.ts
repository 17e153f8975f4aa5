import { AppError } from "#contracts/error-code.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import type { GateInput, StrategyInput } from "../compute/strategy-input.ts";
import type { LoadedMarket } from "./load-market.ts";
import { instrumentCosts } from "./strategy-costs.ts";

/**
 * What the threads need to run a strategy, books as places in the loaded instruments.
 *
 * @param gate of loadGate
 * @throws {AppError} invalid-input: costs that need what an instrument lacks, naming it
 */
export function strategyRunInput(
  config: StrategyConfig,
  market: LoadedMarket,
  gate: GateInput | null,
): StrategyInput {
  const { kind, parameters, sizing, pricedAt, riskFreeRateAnnual, account } = config;
  const placeOf = new Map(market.instruments.map(({ id }, place) => [id, place]));
  requireVolumes(config, market);
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
    protection: config.protection ?? null,
    finer: market.finer,
    rules: { initialCash: initialEquity, pairsMax, grossExposureMax, margin },
    formation: config.formation,
    trading: config.trading,
    intervalMs: config.intervalMs,
    calendar: market.calendar,
    gate,
  };
}

/** Of an instrument without volumes a share of the volume is nothing: no order would ever be filled. */
function requireVolumes({ costs }: StrategyConfig, { instruments, series }: LoadedMarket): void {
  if (costs.slippage.kind !== "volume-share") return;
  const place = series.findIndex(({ volume }) => volume === null);
  const symbol = instruments[place]?.symbol;
  if (symbol === undefined) return;
  throw new AppError(
    "invalid-input",
    `${symbol} has no volumes in these periods: choose another slippage model`,
    { field: "config.costs.slippage" },
  );
}
