import type { VenueMarket } from "./venue-market.ts";

/** What calls weigh and how much a minute there is. Source: Binance's REST documentation, November 2026. */
export type RestWeights = {
  readonly limit: number;
  readonly ping: number;
  readonly time: number;
  readonly exchangeInfo: number;
  readonly aggTrades: number;
  /** @param limit rows asked for */
  readonly klines: (limit: number) => number;
};

export const REST_WEIGHTS: Readonly<Record<VenueMarket, RestWeights>> = {
  spot: { limit: 6_000, ping: 1, time: 1, exchangeInfo: 20, aggTrades: 4, klines: () => 2 },
  usdm: {
    limit: 2_400,
    ping: 1,
    time: 1,
    exchangeInfo: 1,
    aggTrades: 20,
    klines: (limit) => (limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1_000 ? 5 : 10),
  },
};

/** Rows of aggTrades and of klines that one call gives at most, at both markets. */
export const REST_ROWS_MAX = 1_000;
