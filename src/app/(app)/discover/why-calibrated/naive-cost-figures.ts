import type { NaiveTestCost } from "#quant/pairs/naive-test-cost.ts";

/** What naiveTestCost was run with for the page. */
export const NAIVE_COST_RUN = { pairs: 8_000, bars: 1_000, significance: 0.05, seed: 2 } as const;

/** Shares of pairs of independent random walks that each test takes for cointegrated, as that run gave them. */
export const NAIVE_COST_SHARES: NaiveTestCost = {
  naiveOneDirection: 0.1575,
  naiveBetterOfTwo: 0.24425,
  engleGrangerOneDirection: 0.054875,
  engleGrangerBetterOfTwo: 0.08775,
  combined: 0.051,
};
