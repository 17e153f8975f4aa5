/**
 * What a new strategy starts from, before the pair and its dates are known. Apart from the schema, so
 * that pages which only read it load no zod.
 */
export const STRATEGY_DEFAULTS = {
  zScoreWindowBars: 120,
  entryZScore: 2,
  exitZScore: 0,
  stopZScore: 4,
  holdingMaxBars: null,
  notional: 10_000,
  initialEquity: 20_000,
  feeBps: 5,
  slippageBps: 2,
} as const;
