import type { FeatureSpec } from "#quant/learning/features/feature-spec.ts";
import type { SpreadSpec } from "#quant/learning/features/spread-spec.ts";
import type { LabelSpec } from "#quant/learning/labels/label-spec.ts";

/** What the groups of a dataset are. */
export type Subject = "pairs" | "instruments";

/** Features that go together. */
export type FeatureSet = {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  readonly subject: Subject;
  readonly features: readonly FeatureSpec[];
};

/** Everything of a dataset but its instruments and dates. */
export type DatasetPreset = {
  readonly id: string;
  readonly label: string;
  readonly summary: string;
  readonly subject: Subject;
  readonly spread: SpreadSpec | null;
  readonly features: readonly FeatureSpec[];
  readonly labelSpec: LabelSpec;
};

const SPREAD_BASICS: readonly FeatureSpec[] = [
  { kind: "z-score", of: "spread", windowBars: 20 },
  { kind: "z-score", of: "spread", windowBars: 60 },
  { kind: "delta", of: "spread", lagBars: 1 },
  { kind: "delta", of: "spread", lagBars: 5 },
  { kind: "deviation", of: { kind: "delta", of: "spread", lagBars: 1 }, windowBars: 60 },
  { kind: "half-life", of: "spread", windowBars: 120 },
];

const returnsOf = (of: "close-y" | "close-x"): readonly FeatureSpec[] =>
  [1, 5, 20].map((lagBars) => ({ kind: "return", of, lagBars, form: "log" }));

const LEG_MOMENTUM: readonly FeatureSpec[] = [
  ...returnsOf("close-y"),
  ...returnsOf("close-x"),
  { kind: "rsi", of: "close-y", periodBars: 14 },
  { kind: "rsi", of: "close-x", periodBars: 14 },
];

const SMA_10: FeatureSpec = { kind: "sma", of: "close", periodBars: 10 };
const SMA_30: FeatureSpec = { kind: "sma", of: "close", periodBars: 30 };
const APART: FeatureSpec = { kind: "difference", of: SMA_10, minus: SMA_30 };

const MOVING_AVERAGES: readonly FeatureSpec[] = [
  SMA_10,
  SMA_30,
  { kind: "delta", of: SMA_10, lagBars: 1 },
  { kind: "delta", of: SMA_30, lagBars: 1 },
  APART,
  { kind: "delta", of: APART, lagBars: 1 },
];

export const FEATURE_SETS: readonly FeatureSet[] = [
  {
    id: "spread-basics",
    label: "Spread basics",
    summary: "How far the spread lies from its mean, where it goes, and how fast it returns.",
    subject: "pairs",
    features: SPREAD_BASICS,
  },
  {
    id: "leg-momentum",
    label: "Momentum of the legs",
    summary: "How far each leg has gone over 1, 5 and 20 bars, and its strength index.",
    subject: "pairs",
    features: LEG_MOMENTUM,
  },
  {
    id: "moving-averages",
    label: "Moving-average bot",
    summary: "Averages of 10 and 30 bars, how they change, and how far they lie apart.",
    subject: "instruments",
    features: MOVING_AVERAGES,
  },
];

const ROLLING: SpreadSpec = { kind: "rolling", windowBars: 250, price: "log" };
const MEASURED = { unit: "level-deviations", windowBars: 60, hedge: "held" } as const;
const UNMEASURED = { unit: "absolute", windowBars: 60, hedge: "held" } as const;

export const DATASET_PRESETS: readonly [DatasetPreset, ...DatasetPreset[]] = [
  {
    id: "spread-direction",
    label: "Spread direction",
    summary: "Whether the spread of a pair is higher or lower five bars later.",
    subject: "pairs",
    spread: ROLLING,
    features: SPREAD_BASICS,
    labelSpec: { kind: "direction", of: "spread", horizonBars: 5, deadZone: 0, ...MEASURED },
  },
  {
    id: "triple-barrier",
    label: "Triple barrier",
    summary:
      "Whether a position against the deviation of the spread would meet its profit or its stop first.",
    subject: "pairs",
    spread: ROLLING,
    features: [...SPREAD_BASICS, ...LEG_MOMENTUM],
    labelSpec: {
      ...{ kind: "triple-barrier", of: "spread", side: "reversion", profit: 1, stop: 2 },
      ...{ limitBars: 50, timeOut: "by-result", ...MEASURED },
    },
  },
  {
    id: "moving-average-bot",
    label: "Moving-average bot (system D)",
    summary:
      "Whether the average of 10 bars stands above that of 30 now. A model can only learn the rule again; it is here to be seen beside its honest counterpart.",
    subject: "instruments",
    spread: null,
    features: MOVING_AVERAGES,
    labelSpec: { kind: "rule", rule: "above", of: SMA_10, over: SMA_30, aheadBars: 0 },
  },
  {
    id: "next-bar",
    label: "The bot's honest counterpart",
    summary: "The same averages, asked what is not known yet: whether the next close is higher.",
    subject: "instruments",
    spread: null,
    features: MOVING_AVERAGES,
    labelSpec: { kind: "direction", of: "close", horizonBars: 1, deadZone: 0, ...UNMEASURED },
  },
];

/** The preset that an address names, if it names one. */
export function presetOf(id: string | null): DatasetPreset | null {
  return DATASET_PRESETS.find((preset) => preset.id === id) ?? null;
}
