/** Paths of the settings that a person types, as the form, the diff and the schema call them. */
export type StrategyTimePath =
  | "formation.startMs"
  | "formation.endMs"
  | "trading.startMs"
  | "trading.endMs";
export type StrategyValuePath =
  | "zScoreWindowBars"
  | "entryZScore"
  | "exitZScore"
  | "stopZScore"
  | "holdingMaxBars"
  | "notional"
  | "initialEquity"
  | "feeBps"
  | "slippageBps";

export type StrategyFieldGroup = "dates" | "signal" | "money";

type FieldText = {
  readonly group: StrategyFieldGroup;
  readonly label: string;
  readonly unit: string;
  readonly help: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** What an empty field means; absent where a value is required. */
  readonly emptyMeans?: string;
};

/** What the form shows of one setting. Bounds are those of the contract; a test holds the two together. */
export type StrategyField =
  | (FieldText & { readonly kind: "time"; readonly path: StrategyTimePath })
  | (FieldText & { readonly kind: "integer" | "number"; readonly path: StrategyValuePath });

const DATE_FIELDS: readonly StrategyField[] = [
  {
    path: "formation.startMs",
    group: "dates",
    label: "Formation from",
    unit: "UTC",
    help: "The hedge ratio and the intercept are fitted from here.",
    kind: "time",
  },
  {
    path: "formation.endMs",
    group: "dates",
    label: "Formation until",
    unit: "UTC",
    help: "The first moment that is no longer fitted. From here on the parameters stay frozen.",
    kind: "time",
  },
  {
    path: "trading.startMs",
    group: "dates",
    label: "Trading from",
    unit: "UTC",
    help: "Not before the formation period has ended, so that no result is fitted to itself.",
    kind: "time",
  },
  {
    path: "trading.endMs",
    group: "dates",
    label: "Trading until",
    unit: "UTC",
    help: "The first moment that is no longer traded; an open position is closed there.",
    kind: "time",
  },
];

const SIGNAL_FIELDS: readonly StrategyField[] = [
  {
    path: "zScoreWindowBars",
    group: "signal",
    label: "Z-score window",
    unit: "bars",
    help: "How far back the mean and the standard deviation of the spread look; the deviation divides by n − 1. It may reach back into the formation period.",
    kind: "integer",
    min: 3,
    max: 5_000,
    step: 1,
  },
  {
    path: "entryZScore",
    group: "signal",
    label: "Entry",
    unit: "standard deviations",
    help: "A position opens when the z-score is at least this far from zero.",
    kind: "number",
    max: 10,
    step: 0.1,
  },
  {
    path: "exitZScore",
    group: "signal",
    label: "Exit",
    unit: "standard deviations",
    help: "It closes when the z-score comes back to this level. 0 waits for the mean itself.",
    kind: "number",
    min: 0,
    max: 10,
    step: 0.1,
  },
  {
    path: "stopZScore",
    group: "signal",
    label: "Stop",
    unit: "standard deviations",
    help: "It is abandoned when the z-score runs this far away. Empty: no stop.",
    kind: "number",
    max: 50,
    step: 0.1,
    emptyMeans: "no stop",
  },
  {
    path: "holdingMaxBars",
    group: "signal",
    label: "Maximum holding",
    unit: "bars",
    help: "It is closed after this many bars, whatever the z-score. Empty: no limit.",
    kind: "integer",
    min: 1,
    max: 1_000_000,
    step: 1,
    emptyMeans: "no limit",
  },
];

const MONEY_FIELDS: readonly StrategyField[] = [
  {
    path: "notional",
    group: "money",
    label: "Notional",
    unit: "quote currency",
    help: "Leg Y is traded for this much, leg X for the hedge ratio times as much.",
    kind: "number",
    max: 1e12,
    step: 100,
  },
  {
    path: "initialEquity",
    group: "money",
    label: "Initial equity",
    unit: "quote currency",
    help: "Returns, drawdown and ratios are stated against it.",
    kind: "number",
    max: 1e12,
    step: 100,
  },
  {
    path: "feeBps",
    group: "money",
    label: "Fee",
    unit: "bps a fill",
    help: "Paid on the traded value of each leg, at entry and at exit. 1 bp is 0.01 %.",
    kind: "number",
    min: 0,
    max: 1_000,
    step: 0.5,
  },
  {
    path: "slippageBps",
    group: "money",
    label: "Slippage",
    unit: "bps a fill",
    help: "Every fill is this much worse than the price in the data.",
    kind: "number",
    min: 0,
    max: 1_000,
    step: 0.5,
  },
];

/** The settings of a strategy in the order of the form: the one table behind form and diff. */
export const STRATEGY_FIELDS: readonly StrategyField[] = [
  ...DATE_FIELDS,
  ...SIGNAL_FIELDS,
  ...MONEY_FIELDS,
];
