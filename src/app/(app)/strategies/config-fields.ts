import { type FeeVenue, VENUE_FEES } from "#quant/backtest/venue-fees.ts";

/** A setting of every kind that is a number: what a form calls it, and a diff and a report. */
export type ConfigField = {
  readonly label: string;
  readonly unit: string;
  readonly help?: string;
  readonly step?: number;
  /** A fraction that is typed and shown as a percentage. */
  readonly isPercent?: true;
  /** What an empty field means; absent where a value is required. */
  readonly emptyMeans?: string;
};

/** By path, as the contract and the form call them. */
export const CONFIG_FIELDS = {
  "sizing.quantity": {
    label: "Quantity",
    unit: "units of leg Y",
    help: "Leg X by the hedge ratio.",
    step: 1,
  },
  "sizing.volatilityAnnual": {
    label: "Volatility",
    unit: "% a year",
    help: "Standard deviation of the pair as it is to be, as a share of equity.",
    step: 1,
    isPercent: true,
  },
  "sizing.windowBars": {
    label: "Measured over",
    unit: "bars",
    help: "Bars before the entry over which the volatility is measured.",
    step: 10,
  },
  "account.initialEquity": {
    label: "Initial equity",
    unit: "quote currency",
    help: "Returns, drawdown and ratios are stated against it.",
    step: 1_000,
  },
  "account.pairsMax": {
    label: "Most pairs",
    unit: "at once",
    help: "Further entries are not made while so many are held. Empty: no limit.",
    step: 1,
    emptyMeans: "no limit",
  },
  "account.grossExposureMax": {
    label: "Largest gross exposure",
    unit: "times equity",
    help: "Entries that would pass it are not made. Empty: no limit.",
    step: 0.5,
    emptyMeans: "no limit",
  },
  "account.margin.initialRate": {
    label: "Initial margin",
    unit: "% of notional",
    help: "Equity that an entry needs.",
    step: 1,
    isPercent: true,
  },
  "account.margin.maintenanceRate": {
    label: "Maintenance margin",
    unit: "% of notional",
    help: "Below it everything is closed by the venue.",
    step: 1,
    isPercent: true,
  },
  "account.margin.liquidationFeeRate": {
    label: "Liquidation fee",
    unit: "% of notional",
    help: "Paid on what the venue closes.",
    step: 0.1,
    isPercent: true,
  },
  "protection.stopLoss": {
    label: "Stop of a leg",
    unit: "% of its price",
    help: "A leg that has lost this much since its entry is left inside the bar, and the other leg with it. Empty: no stop.",
    step: 0.5,
    isPercent: true,
    emptyMeans: "no stop",
  },
  "protection.takeProfit": {
    label: "Limit of a leg",
    unit: "% of its price",
    help: "A leg that has gained this much since its entry is left inside the bar, and the other leg with it. Empty: no limit.",
    step: 0.5,
    isPercent: true,
    emptyMeans: "no limit",
  },
  "costs.fees.makerFeeBps": {
    label: "Maker fee",
    unit: "bps a fill",
    help: "A rebate is negative.",
    step: 0.5,
  },
  "costs.fees.takerFeeBps": {
    label: "Taker fee",
    unit: "bps a fill",
    help: "On each leg, in and out.",
    step: 0.5,
  },
  "costs.slippage.slippageBps": {
    label: "Slippage",
    unit: "bps a fill",
    help: "Every fill is this much worse than the price in the data.",
    step: 0.5,
  },
  "costs.slippage.bidAskSpreadBps": {
    label: "Bid–ask spread",
    unit: "bps",
    help: "Every fill is worse by half of it.",
    step: 0.5,
  },
  "costs.slippage.impact": {
    label: "Impact",
    unit: "of the price",
    help: "A fill is worse by this times the square of its share of the last bar's volume.",
    step: 0.1,
  },
  "costs.slippage.shareMax": {
    label: "Largest share",
    unit: "% of a bar's volume",
    help: "One bar fills no more than this; the rest waits for the next.",
    step: 1,
    isPercent: true,
  },
  "costs.funding.rate": {
    label: "Funding rate",
    unit: "% a payment",
    help: "Longs pay it to shorts; negative the other way.",
    step: 0.01,
    isPercent: true,
  },
  "costs.funding.everyHours": {
    label: "Paid every",
    unit: "hours",
    step: 1,
  },
  "costs.borrowRateAnnual": {
    label: "Borrow cost",
    unit: "% a year",
    help: "Paid on the worth of short positions.",
    step: 0.5,
    isPercent: true,
  },
  riskFreeRateAnnual: {
    label: "Risk-free rate",
    unit: "% a year",
    help: "What cash would earn; Sharpe and other ratios are above it.",
    step: 0.5,
    isPercent: true,
  },
} as const satisfies Record<string, ConfigField>;

export type ConfigPath = keyof typeof CONFIG_FIELDS;

const FIELDS: Readonly<Record<ConfigPath, ConfigField>> = CONFIG_FIELDS;

export function configField(path: ConfigPath): ConfigField {
  return FIELDS[path];
}

/** Words of choices, for form, diff and report. */
export const SIZING_KINDS = {
  notional: {
    label: "Worth of leg Y",
    help: "Leg Y is traded for this much, leg X for the hedge ratio times as much.",
  },
  "hedge-weighted": {
    label: "Worth of both legs, by the hedge ratio",
    help: "Both legs together are worth this much, shared as 1 to the hedge ratio.",
  },
  "dollar-neutral": {
    label: "The same worth in each leg",
    help: "Each leg is worth this much, whatever the hedge ratio.",
  },
  "fixed-quantity": {
    label: "Units of leg Y",
    help: "The same number of units in every trade, leg X by the hedge ratio.",
  },
  "volatility-target": {
    label: "By volatility",
    help: "As large as makes the pair move by the same share of equity, calm or wild.",
  },
} as const;

export const AMOUNT_KINDS = { quote: "quote currency", "equity-share": "% of equity" } as const;

export const PRICED_AT = {
  signal: "Closes of the signal",
  fill: "Prices of the fill",
} as const;

export const FEE_KINDS = {
  bps: "The same for every instrument",
  venue: "Those of each instrument's venue",
  schedule: "Those of one venue",
} as const;

/** Fee schedules of venues, for accounts without discounts. */
export const FEE_VENUE_WORDS: Readonly<Record<FeeVenue, string>> = {
  "binance-spot": "Binance spot",
  "binance-usdm": "Binance USD-M futures",
  "alpaca-equities": "Alpaca, shares",
};

/** A schedule with its rates. */
export function feeScheduleText(venue: FeeVenue): string {
  const { makerRate, takerRate } = VENUE_FEES[venue];
  const [maker, taker] = [makerRate, takerRate].map((rate) => Number((rate * 10_000).toFixed(4)));
  return `${FEE_VENUE_WORDS[venue]}: ${taker} bps taker, ${maker} bps maker`;
}

export const SLIPPAGE_KINDS = {
  bps: "A fixed part of the price",
  "half-spread": "Half the bid–ask spread",
  "volume-share": "By the share of the volume",
} as const;

export const LOT_KINDS = { none: "Any size", venue: "Steps of the venue" } as const;

export const FUNDING_KINDS = {
  none: "None",
  constant: "The same rate every time",
  series: "Rates that were paid",
} as const;
