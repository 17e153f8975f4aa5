import type { Exchange, Listing } from "../exchange.ts";
import { gaussianAt, seedOf } from "./block-random.ts";
import { HOUR_MS } from "./calendar.ts";

/** Funding of USD-M perpetuals is exchanged every eight hours. */
export const FUNDING_MS = 8 * HOUR_MS;

/** Interest part of the funding rate, which it returns to: 0.01 % in eight hours. */
const FUNDING_BASE = 0.0001;
const FUNDING_STD = 0.00006;

export type MarkPrice = {
  readonly mark: string;
  readonly index: string;
  readonly fundingRate: string;
  readonly nextFundingMs: number;
};

/** The index is the spot price of the symbol; the mark lies half way to the perpetual's own. */
export function markPriceAt(exchange: Exchange, perpetual: Listing, timeMs: number): MarkPrice {
  const own = middle(perpetual, timeMs);
  const spot = exchange.find("spot", perpetual.plan.symbol);
  const index = spot === undefined ? own : middle(spot, timeMs);
  return {
    mark: ((own + index) / 2).toFixed(8),
    index: index.toFixed(8),
    fundingRate: fundingRateOf(perpetual.plan.symbol, Math.floor(timeMs / FUNDING_MS)),
    nextFundingMs: (Math.floor(timeMs / FUNDING_MS) + 1) * FUNDING_MS,
  };
}

/** Rate of a span of eight hours, counted from 1970. */
export function fundingRateOf(symbol: string, span: number): string {
  return (FUNDING_BASE + FUNDING_STD * gaussianAt(seedOf(1, `funding ${symbol}`), span)).toFixed(8);
}

function middle({ plan, tape }: Listing, timeMs: number): number {
  return ((tape.askAt(timeMs) - 0.5) * plan.tickUnits) / 10 ** plan.priceDecimals;
}
