import type { DatasetConfig } from "#contracts/dataset.ts";
import type { LearningRunConfig } from "#contracts/learning-run.ts";
import { defaultParameters } from "#quant/learning/models/learners.ts";
import { defaultConfig } from "#quant/strategies/parameter-values.ts";
import type { ParameterValue } from "#quant/strategies/strategy-parameters.ts";
import { zScoreStrategy } from "#quant/strategies/z-score-strategy.ts";

const HOUR_MS = 3_600_000;

/** Two years of hourly bars, the same on every machine. */
export const DEMO_DATA = {
  seed: 20_240_101,
  bars: 17_520,
  intervalMs: HOUR_MS,
  startMs: Date.UTC(2024, 0, 1),
} as const;

/** The first year forms the pairs, the second one trades them. */
export const DEMO_FORMATION = {
  startMs: DEMO_DATA.startMs,
  endMs: Date.UTC(2025, 0, 1),
} as const;
export const DEMO_TRADING = {
  startMs: DEMO_FORMATION.endMs,
  endMs: DEMO_DATA.startMs + DEMO_DATA.bars * HOUR_MS,
} as const;

export const DEMO_WORKSPACE_NAME = "Demo";
export const DEMO_UNIVERSE_NAME = "Synthetic trees, hourly";

/** A strategy that visitors find: a pair that the scan discovers, and what is to be learnt from it. */
export type DemoStrategy = {
  readonly name: string;
  readonly notes: string;
  readonly tags: readonly string[];
  readonly symbolY: string;
  readonly symbolX: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
};

/** Ten days of hours. */
const PARAMETERS = { ...defaultConfig(zScoreStrategy), zScoreWindowBars: 240 };

export const DEMO_STRATEGIES: readonly DemoStrategy[] = [
  {
    name: "Hazel against hickory",
    notes:
      "Two synthetic instruments of one group. Their relation, found in the first year, holds in the second.",
    tags: ["demo"],
    symbolY: "SYN-HAZEL",
    symbolX: "SYN-HICKORY",
    parameters: PARAMETERS,
  },
  {
    name: "Cedar against cypress",
    notes:
      "The scan of the first year finds this pair as surely as the other one. In the second year the relation breaks: look at the spread, and at what the stop does about it.",
    tags: ["demo"],
    symbolY: "SYN-CEDAR",
    symbolX: "SYN-CYPRESS",
    parameters: PARAMETERS,
  },
];

/** What models learn from: the first pair in its first year, so that the second is left to trade. */
export const DEMO_DATASET: {
  readonly name: string;
  readonly notes: string;
  readonly symbolY: string;
  readonly symbolX: string;
  readonly config: Omit<DatasetConfig, "books" | "intervalMs" | "window">;
} = {
  name: "Hazel against hickory, five bars on",
  notes:
    "Whether the spread is higher or lower five hours later. It comes back by a plain autoregression: there is something to learn, and a simple baseline knows it already. See whether models know more.",
  symbolY: "SYN-HAZEL",
  symbolX: "SYN-HICKORY",
  config: {
    spread: { kind: "rolling", windowBars: 250, price: "log" },
    features: [
      { kind: "z-score", of: "spread", windowBars: 20 },
      { kind: "z-score", of: "spread", windowBars: 60 },
      { kind: "delta", of: "spread", lagBars: 1 },
      { kind: "delta", of: "spread", lagBars: 5 },
      { kind: "deviation", of: { kind: "delta", of: "spread", lagBars: 1 }, windowBars: 60 },
    ],
    label: {
      ...{ kind: "direction", of: "spread", horizonBars: 5, deadZone: 0 },
      ...{ unit: "level-deviations", windowBars: 60, hedge: "held" },
    },
    pooling: "pooled",
  },
};

export const DEMO_RUN: { readonly name: string; readonly config: LearningRunConfig } = {
  name: "Logistic regression and boosting",
  config: {
    kind: "models",
    learners: (["logistic", "gradient-boosting"] as const).map((kind) => ({
      kind,
      parameters: defaultParameters(kind),
    })),
    split: { kind: "walk-forward", window: "expanding", trainingShare: 0.5, folds: 4 },
    preparation: { impute: "none", winsoriseShare: null, scale: "standard", componentsShare: null },
    balance: "none",
    uniqueness: false,
    search: null,
    seed: 1,
  },
};
