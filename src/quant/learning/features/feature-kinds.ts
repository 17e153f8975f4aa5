import type { IntegerParameter, NumberParameter } from "../../strategies/strategy-parameters.ts";
import type {
  AtrFeature,
  BollingerFeature,
  ColumnFeature,
  CrossoverFeature,
  DeltaFeature,
  DeviationFeature,
  DifferenceFeature,
  EmaFeature,
  FeatureSpec,
  HalfLifeFeature,
  LagFeature,
  MacdFeature,
  ReturnFeature,
  RsiFeature,
  SmaFeature,
  TimeFeature,
  VolumeFeature,
  ZScoreFeature,
} from "./feature-spec.ts";
import { type SourceSlot, type SpecForm, specForm } from "./spec-form.ts";

type ValuesOf<Feature extends FeatureSpec> = Omit<Feature, "kind" | "of" | "minus" | "over">;

const OF: SourceSlot = { field: "of", label: "Of", help: "The column or feature it is made of." };

/** Every kind of feature with its form, in the order of the list that a user picks from. */
export const FEATURE_KINDS: Readonly<Record<FeatureSpec["kind"], SpecForm>> = {
  column: specForm<ValuesOf<ColumnFeature>>({
    label: "Value",
    summary: "The column as it is. Prices wander, so that their level means little elsewhere.",
    sources: [OF],
    parameters: {},
  }),
  lag: specForm<ValuesOf<LagFeature>>({
    label: "Lag",
    summary: "The value of some bars ago.",
    sources: [OF],
    parameters: { lagBars: bars("Lag", "Bars back; more look further into the past.", [1, 1]) },
  }),
  return: specForm<ValuesOf<ReturnFeature>>({
    label: "Return",
    summary: "By what share a price has changed. Of a spread, which may be zero, take the change.",
    sources: [OF],
    parameters: {
      lagBars: bars("Over", "Bars that the change covers; more are smoother and later.", [1, 1]),
      form: {
        kind: "choice",
        label: "Form",
        help: "Logarithms of growth add up over time, shares do not.",
        choices: { log: "Logarithm of the growth", simple: "Share" },
        default: "log",
      },
    },
  }),
  delta: specForm<ValuesOf<DeltaFeature>>({
    label: "Change",
    summary: "The value less that of some bars ago, in its own unit.",
    sources: [OF],
    parameters: {
      lagBars: bars("Over", "Bars that the change covers; more are smoother and later.", [1, 1]),
    },
  }),
  difference: specForm<ValuesOf<DifferenceFeature>>({
    label: "Difference",
    summary: "One column less another, such as a fast average less a slow one.",
    sources: [OF, { field: "minus", label: "Less", help: "What is taken off." }],
    parameters: {},
  }),
  crossover: specForm<ValuesOf<CrossoverFeature>>({
    label: "Crossover",
    summary:
      "1 on the bar on which one column rises above another, −1 where it falls below, else 0.",
    sources: [OF, { field: "over", label: "Through", help: "The column that is crossed." }],
    parameters: {},
  }),
  sma: specForm<ValuesOf<SmaFeature>>({
    label: "Simple moving average",
    summary: "Mean of the last bars.",
    sources: [OF],
    parameters: { periodBars: bars("Period", "Bars of the mean; more are slower.", [1, 20]) },
  }),
  ema: specForm<ValuesOf<EmaFeature>>({
    label: "Exponential moving average",
    summary:
      "Mean in which newer bars weigh more. It reads about 3.5 periods back, where a thousandth of the weight is left.",
    sources: [OF],
    parameters: { periodBars: bars("Period", "More bars are slower.", [1, 20]) },
  }),
  rsi: specForm<ValuesOf<RsiFeature>>({
    label: "Relative strength index",
    summary:
      "Share of the recent movement that went up, 0 to 100. It reads about 7 periods back, where a thousandth of the weight is left.",
    sources: [OF],
    parameters: { periodBars: bars("Period", "More bars are slower.", [2, 14]) },
  }),
  macd: specForm<ValuesOf<MacdFeature>>({
    label: "MACD",
    summary: "A fast exponential average less a slow one, the average of that, or what is left.",
    sources: [OF],
    parameters: {
      fastBars: bars("Fast", "Period of the fast average.", [1, 12]),
      slowBars: bars("Slow", "Period of the slow average.", [2, 26]),
      signalBars: bars("Signal", "Period of the average of the difference.", [1, 9]),
      line: {
        kind: "choice",
        label: "Line",
        help: "Which of the three values of a bar.",
        choices: { macd: "Difference", signal: "Its average", histogram: "What is left" },
        default: "histogram",
      },
    },
    rules: [
      {
        field: "slowBars",
        message: "The slow average must be longer than the fast one",
        holds: ({ fastBars, slowBars }) => fastBars < slowBars,
      },
    ],
  }),
  bollinger: specForm<ValuesOf<BollingerFeature>>({
    label: "Bollinger bands",
    summary: "Where the value stands between bands about its mean, or how wide the bands are.",
    sources: [OF],
    parameters: {
      periodBars: bars("Period", "Bars of mean and deviation; more are slower.", [2, 20]),
      deviations: {
        kind: "number",
        label: "Width",
        help: "Distance of the bands from the mean; wider is reached more rarely.",
        unit: "standard deviations",
        min: 0.1,
        max: 10,
        step: 0.25,
        optional: false,
        default: 2,
      } satisfies NumberParameter,
      measure: {
        kind: "choice",
        label: "Measure",
        help: "The place is 0 at the lower band and 1 at the upper.",
        choices: {
          position: "Place between the bands",
          width: "Distance of the bands",
          "width-share": "Distance as a share of the mean",
        },
        default: "position",
      },
    },
  }),
  atr: specForm<ValuesOf<AtrFeature>>({
    label: "Average true range",
    summary:
      "How far a price usually goes in a bar; needs highs and lows. It reads about 7 periods back, where a thousandth of the weight is left.",
    parameters: {
      instrument: {
        kind: "choice",
        label: "Of",
        help: "Whose bars; a pair has two legs.",
        choices: { own: "The instrument", y: "Leg Y", x: "Leg X" },
        default: "own",
      },
      periodBars: bars("Period", "More bars are slower.", [1, 14]),
      scale: {
        kind: "choice",
        label: "Unit",
        help: "Shares can be compared between instruments, prices cannot.",
        choices: { "share-of-close": "Share of the close", price: "Price" },
        default: "share-of-close",
      },
    },
  }),
  "z-score": specForm<ValuesOf<ZScoreFeature>>({
    label: "z-score",
    summary: "How many standard deviations the value lies from the mean of the last bars.",
    sources: [OF],
    parameters: { windowBars: bars("Window", "Bars of the mean; more are slower.", [2, 60]) },
  }),
  deviation: specForm<ValuesOf<DeviationFeature>>({
    label: "Standard deviation",
    summary: "How much the last bars vary about their mean.",
    sources: [OF],
    parameters: { windowBars: bars("Window", "Bars that are read; more are slower.", [2, 60]) },
  }),
  "half-life": specForm<ValuesOf<HalfLifeFeature>>({
    label: "Half-life",
    summary:
      "Bars in which half of a deviation decays, by the last bars. It is the length of the window where nothing decays, or too slowly to be told.",
    sources: [OF],
    parameters: { windowBars: bars("Window", "Bars that are read; more are steadier.", [10, 120]) },
  }),
  volume: specForm<ValuesOf<VolumeFeature>>({
    label: "Relative volume",
    summary: "Volume over its mean of the last bars.",
    sources: [{ ...OF, help: "A column of volumes." }],
    parameters: { periodBars: bars("Period", "Bars of the mean; more are slower.", [2, 20]) },
  }),
  time: specForm<ValuesOf<TimeFeature>>({
    label: "Time",
    summary: "When in its day or week a bar opens (UTC), as a point on a circle: take both waves.",
    parameters: {
      cycle: {
        kind: "choice",
        label: "Cycle",
        help: "The day in hours, or the week in days.",
        choices: { "hour-of-day": "Hour of the day", "day-of-week": "Day of the week" },
        default: "hour-of-day",
      },
      wave: {
        kind: "choice",
        label: "Wave",
        help: "Which of the two coordinates of the point.",
        choices: { sine: "Sine", cosine: "Cosine" },
        default: "sine",
      },
      calendar: {
        kind: "choice",
        label: "Calendar",
        help: "Whether a week has seven days or five.",
        choices: { continuous: "Every day", weekdays: "Monday to Friday" },
        default: "continuous",
      },
    },
  }),
};

/** Range is the least and the usual value. */
function bars(label: string, help: string, range: readonly [number, number]): IntegerParameter {
  const [min, usual] = range;
  const rest = { unit: "bars", max: 5000, step: 1, optional: false, default: usual } as const;
  return { kind: "integer", label, help, min, ...rest };
}
