/**
 * What a new strategy starts from, before its instruments and dates are known; the kind's own parameters
 * start from their defaults in quant. Apart from the schema, so that pages which only read it load no zod.
 */
export const STRATEGY_DEFAULTS = {
  sizing: { kind: "notional", amount: { kind: "quote", value: 10_000 } },
  pricedAt: "signal",
  account: { initialEquity: 20_000, pairsMax: null, grossExposureMax: null, margin: null },
  costs: {
    fees: { kind: "bps", makerFeeBps: 5, takerFeeBps: 5 },
    slippage: { kind: "bps", slippageBps: 2 },
    lots: "none",
    funding: null,
    borrowRateAnnual: 0,
    dividends: [],
  },
  benchmarkInstrument: null,
  riskFreeRateAnnual: 0,
} as const;
