export type Market = "spot" | "usdm";

/** What one tradable instrument is like; the model and the rules of the exchange both read it. */
export type InstrumentPlan = {
  readonly market: Market;
  readonly symbol: string;
  readonly baseAsset: string;
  readonly quoteAsset: string;
  /** Price around which the years move, USDT. */
  readonly basePrice: number;
  /** A tick is `tickUnits` of the last of `priceDecimals` decimals. */
  readonly tickUnits: number;
  readonly priceDecimals: number;
  /** A lot is one of the last of `quantityDecimals` decimals. */
  readonly quantityDecimals: number;
  /** Share of the market's trades. */
  readonly activity: number;
  /** Mean value of an aggregated trade, USDT. */
  readonly tradeNotional: number;
  readonly group: string;
  readonly marketLoading: number;
  readonly groupLoading: number;
  /** Half-life of the own part in hours: with it the price is tied to its group, 0 lets it wander. */
  readonly halfLifeHours: number;
  /** Deviation of the own part in log price: stationary with a half-life, else per hour. */
  readonly ownStd: number;
};

type Row = readonly [
  asset: string,
  basePrice: number,
  priceDecimals: number,
  quantityDecimals: number,
  activity: number,
  group: string,
  marketLoading: number,
  groupLoading: number,
  halfLifeHours: number,
  ownStd: number,
];

/**
 * Two or three members of a group with a half-life are cointegrated: they share market and group
 * trend, and what is left returns. Their hedge ratio in log prices is the ratio of the loadings where
 * market and group loading stand in the same proportion. Ticks and lots are those of the real symbols.
 */
const SPOT: readonly Row[] = [
  ["BTC", 60_000, 2, 5, 10, "store", 1, 1, 30, 0.012],
  ["LTC", 85, 2, 3, 1.5, "store", 1.1, 1.1, 24, 0.02],
  ["BCH", 350, 2, 3, 1, "store", 1.2, 1, 0, 0.004],
  ["ETH", 3_000, 2, 4, 8, "platform", 1.1, 1, 20, 0.012],
  ["ETC", 25, 2, 2, 1, "platform", 1.2, 1.09, 36, 0.025],
  ["BNB", 500, 2, 3, 3, "platform", 0.9, 0.6, 0, 0.0025],
  ["SOL", 120, 2, 3, 5, "layer", 1.3, 1, 16, 0.018],
  ["AVAX", 30, 2, 2, 1.5, "layer", 1.35, 1.04, 20, 0.022],
  ["NEAR", 5, 3, 1, 1, "layer", 1.3, 0.9, 0, 0.005],
  ["ADA", 0.5, 4, 1, 1.5, "staked", 1.1, 1, 18, 0.018],
  ["DOT", 7, 3, 2, 1, "staked", 1.2, 1.09, 28, 0.022],
  ["ATOM", 9, 3, 2, 0.8, "staked", 1.1, 0.8, 0, 0.004],
  ["XRP", 0.6, 4, 0, 3, "payment", 0.9, 1, 14, 0.016],
  ["XLM", 0.12, 4, 0, 0.8, "payment", 0.9, 1, 22, 0.02],
  ["TRX", 0.12, 4, 1, 1, "payment", 0.6, 0.3, 0, 0.0025],
  ["DOGE", 0.12, 5, 0, 3, "meme", 1.3, 1, 12, 0.022],
  ["SHIB", 0.00002, 8, 0, 1.5, "meme", 1.3, 1, 15, 0.028],
  ["UNI", 8, 3, 2, 1, "finance", 1.2, 1, 26, 0.02],
  ["AAVE", 110, 2, 3, 0.8, "finance", 1.2, 1, 32, 0.022],
  ["LINK", 14, 2, 2, 1.5, "finance", 1.15, 0.8, 0, 0.0035],
  ["SAND", 0.4, 4, 0, 0.7, "land", 1.25, 1, 10, 0.02],
  ["MANA", 0.42, 4, 0, 0.7, "land", 1.25, 1, 12, 0.02],
  ["FIL", 5, 3, 2, 0.8, "data", 1.2, 0.8, 0, 0.005],
  ["ALGO", 0.2, 4, 0, 0.6, "data", 1.2, 0.8, 0, 0.005],
];

/** Futures have coarser ticks and lots than spot: [price decimals, ticks of ten units, quantity decimals]. */
const FUTURES_GRID: Readonly<Record<string, readonly [number, number, number]>> = {
  BTC: [2, 10, 3],
  ETH: [2, 1, 3],
  SHIB: [8, 1, 0],
};

const TRADE_NOTIONAL = 1_500;

function spotPlan(row: Row): InstrumentPlan {
  const [asset, basePrice, priceDecimals, quantityDecimals, activity, group, ...model] = row;
  const [marketLoading, groupLoading, halfLifeHours, ownStd] = model;
  return {
    market: "spot",
    symbol: `${asset}USDT`,
    baseAsset: asset,
    quoteAsset: "USDT",
    basePrice,
    tickUnits: 1,
    priceDecimals,
    quantityDecimals,
    activity,
    tradeNotional: TRADE_NOTIONAL,
    group,
    marketLoading,
    groupLoading,
    halfLifeHours,
    ownStd,
  };
}

function futuresPlan(plan: InstrumentPlan): InstrumentPlan {
  const grid = FUTURES_GRID[plan.baseAsset];
  const [priceDecimals, tickUnits, quantityDecimals] = grid ?? [
    plan.priceDecimals + 1,
    10,
    Math.min(plan.quantityDecimals, 2),
  ];
  return { ...plan, market: "usdm", priceDecimals, tickUnits, quantityDecimals };
}

const SPOT_PLANS = SPOT.map(spotPlan);

/** Every instrument of the simulated exchange: the same symbols on spot and as USD-M perpetuals. */
export const INSTRUMENT_PLANS: readonly InstrumentPlan[] = [
  ...SPOT_PLANS,
  ...SPOT_PLANS.map(futuresPlan),
];
