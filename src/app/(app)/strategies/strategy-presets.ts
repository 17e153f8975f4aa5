import { STRATEGY_DEFAULTS } from "#contracts/strategy-defaults.ts";
import type { StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import type { StrategySettings } from "./strategy-form-values.ts";

/** A kind with the settings that somebody is known to trade or has published. */
export type StrategyPreset = {
  readonly id: string;
  readonly label: string;
  readonly kind: StrategyKind;
  /** One plain paragraph: whose it is, and what is set. */
  readonly summary: string;
  readonly settings: Partial<Omit<StrategySettings, "kind">>;
};

/** Of a budget of 100,000 all is in each leg; 5 bp a leg, as the recomputed results have it. */
const THESIS: StrategyPreset["settings"] = {
  sizing: { kind: "dollar-neutral", amount: { kind: "equity-share", value: 1 } },
  account: { ...STRATEGY_DEFAULTS.account, initialEquity: 100_000 },
  costs: { ...STRATEGY_DEFAULTS.costs, slippage: { kind: "bps", slippageBps: 0 }, dividends: [] },
};

export const STRATEGY_PRESETS: readonly StrategyPreset[] = [
  {
    id: "desk",
    label: "Desk",
    kind: "z-score-reversion",
    summary:
      "As a trading desk runs it by hand: enter when the z-score is more than 2 from zero, leave at zero, no stop. The spread is in units: one of leg Y against the hedge ratio of leg X.",
    settings: {
      parameters: { prices: "level", entryZScore: 2, exitZScore: 0, stopZScore: null },
    },
  },
  {
    id: "momentum",
    label: "Momentum",
    kind: "momentum-ranking",
    summary:
      "As its author first published it: rank by the slope of 90 days times R², hold the top fifth above their 100-day average while the index is above its 200-day average, size by the range of 20 days, review every week.",
    settings: {
      parameters: {
        scoreBars: 90,
        trendBars: 100,
        indexTrendBars: 200,
        jumpMax: 0.15,
        topShare: 0.2,
        riskShare: 0.001,
        atrBars: 20,
        updateEvery: "week",
        rebalanceEvery: "month",
        periodsPerYear: 252,
      },
    },
  },
  {
    id: "thesis-rlrt",
    label: "Thesis (RLRT)",
    kind: "rlrt",
    summary:
      "The published strategy without what it could not have known: the line is fitted in the formation period and 5 bps are paid for each leg. Both legs have the same worth, the whole budget each.",
    settings: {
      ...THESIS,
      parameters: { trendBars: 10, rSquaredMin: 0.6, bandDeviations: 1, isHedged: false },
    },
  },
  {
    id: "thesis-traditional",
    label: "Thesis (traditional)",
    kind: "traditional-sigma",
    summary:
      "The yardstick of the same study: mean and deviation frozen in the formation period, enter beyond one deviation, leave within half of one. Both legs have the same worth, and 5 bps are paid for each.",
    settings: {
      ...THESIS,
      parameters: { prices: "level", entryDeviations: 1, exitDeviations: 0.5, isHedged: false },
    },
  },
];

/** A preset by the id that an address has. */
export function presetOf(id: string | null): StrategyPreset | null {
  return STRATEGY_PRESETS.find((preset) => preset.id === id) ?? null;
}
