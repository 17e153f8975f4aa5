import type { StrategyKind } from "#quant/strategies/strategy-kinds.ts";

/**
 * What lists call the kinds: the labels of STRATEGIES in quant, apart from them so that a list loads no
 * strategy. A test holds the two together.
 */
export const STRATEGY_KIND_LABELS: Readonly<Record<StrategyKind, string>> = {
  "z-score-reversion": "Z-score reversion",
  "bollinger-spread": "Bollinger bands on the spread",
  "traditional-sigma": "Traditional ±σ",
  rlrt: "Trend-gated reversion (RLRT)",
  "ou-thresholds": "Ornstein–Uhlenbeck thresholds",
  "momentum-ranking": "Momentum ranking",
  "indicator-vote": "Indicator vote",
};
