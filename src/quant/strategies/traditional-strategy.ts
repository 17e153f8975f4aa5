import { FORMATION_BARS_MIN, formationLine, type PriceForm, priceIn } from "./formation-line.ts";
import { hedgeFormOf } from "./pair-line.ts";
import type { BarEvent, FitOutcome, FormationBars, Strategy, StrategyStep } from "./strategy.ts";
import { spreadTarget } from "./targets.ts";
import type { Signal } from "./z-score-reversion.ts";

/** Thresholds in standard deviations of the formation residual. */
export type TraditionalConfig = {
  readonly prices: PriceForm;
  readonly entryDeviations: number;
  readonly exitDeviations: number;
  /** Whether leg X is held by the hedge ratio, or as much worth as leg Y. */
  readonly isHedged: boolean;
};

/** Line, mean and standard deviation (divisor n) of the residual over the formation bars. */
export type TraditionalFit = {
  readonly hedgeRatio: number;
  readonly intercept: number;
  readonly mean: number;
  readonly deviation: number;
};

export type TraditionalState = { readonly fit: TraditionalFit; signal: Signal };

type FigureName = "spread" | "zScore" | "upper" | "lower";

/**
 * Traditional ±σ: the distance rule with everything frozen in the formation period.
 *
 * With the residual r = y − α − βx, its mean m and deviation s of the formation: short above
 * m + entry · s, long below m − entry · s, flat while |r − m| ≤ exit · s, else as before; a jump from one side
 * to the other turns the position round in one bar.
 *
 * Cost a bar: O(1). Source: the thesis platform's traditional strategy, which is that of Gatev, Goetzmann and
 * Rouwenhorst (2006) with an earlier exit. Checked: the published returns of 2023.
 */
export const traditionalStrategy: Strategy<
  TraditionalConfig,
  TraditionalFit,
  TraditionalState,
  FigureName
> = {
  kind: "traditional-sigma",
  label: "Traditional ±σ",
  summary:
    "Learns the relation and its usual deviation once, in the formation period, and trades every larger deviation back until it is small. It loses when the level of the spread shifts, since nothing is learned anew.",
  instruments: { min: 2, max: 2 },
  parameters: {
    prices: {
      kind: "choice",
      label: "Prices",
      help: "Logarithms hedge worth against worth, levels hedge units against units.",
      choices: { log: "Logarithms", level: "Levels" },
      default: "level",
    },
    entryDeviations: {
      kind: "number",
      label: "Entry",
      help: "Distance from the mean of the formation at which a trade is opened; larger trades rarer.",
      unit: "standard deviations",
      min: 0.1,
      max: 10,
      step: 0.25,
      optional: false,
      default: 1,
    },
    exitDeviations: {
      kind: "number",
      label: "Exit",
      help: "Distance from the mean within which a trade is closed; smaller holds longer.",
      unit: "standard deviations",
      min: 0,
      max: 10,
      step: 0.25,
      optional: false,
      default: 0.5,
    },
    isHedged: {
      kind: "boolean",
      label: "Hedged legs",
      help: "On, leg X is weighted by the hedge ratio; off, both legs have the same worth.",
      default: true,
    },
  },
  rules: [
    {
      field: "exitDeviations",
      message: "The exit must be below the entry",
      holds: ({ exitDeviations, entryDeviations }) => exitDeviations < entryDeviations,
    },
  ],
  figures: {
    spread: { label: "Spread", axis: "spread" },
    zScore: { label: "Distance in deviations", axis: "z-score" },
    upper: { label: "Upper threshold", axis: "spread" },
    lower: { label: "Lower threshold", axis: "spread" },
  },
  reads: ["close"],
  formationBarsMin: () => FORMATION_BARS_MIN,
  warmUpBars: () => 0,
  fit: fitTraditional,
  start: (_config, fit) => ({ fit, signal: "flat" }),
  step,
};

function fitTraditional(
  config: TraditionalConfig,
  formation: FormationBars,
): FitOutcome<TraditionalFit> {
  const line = formationLine(formation, config.prices);
  if (line.kind === "refused") return line;
  const { slope, intercept, residualSumOfSquares, observations } = line.fit;
  return {
    kind: "fitted",
    fit: {
      hedgeRatio: slope,
      intercept,
      // The residuals of a line with an intercept have the mean 0; what a sum leaves is rounding.
      mean: 0,
      deviation: Math.sqrt(residualSumOfSquares / observations),
    },
  };
}

function step(
  config: TraditionalConfig,
  state: TraditionalState,
  event: BarEvent,
): StrategyStep<TraditionalState, FigureName> {
  const { hedgeRatio, intercept, mean, deviation } = state.fit;
  const y = priceIn(config.prices, event.close[0] ?? Number.NaN);
  const x = priceIn(config.prices, event.close[1] ?? Number.NaN);
  const spread = y - intercept - hedgeRatio * x;
  const zScore = (spread - mean) / deviation;
  const before = state.signal;
  state.signal = nextSignal(config, before, zScore);
  const half = config.entryDeviations * deviation;
  return {
    state,
    target: config.isHedged
      ? spreadTarget(state.signal, hedgeRatio, hedgeFormOf(config.prices))
      : spreadTarget(state.signal, 1, "log-notional"),
    figures: { spread, zScore, upper: mean + half, lower: mean - half },
    reason: state.signal === before ? null : state.signal === "flat" ? "exit" : "entry",
  };
}

/** At a gap every comparison is false: the position stays. */
function nextSignal(config: TraditionalConfig, before: Signal, zScore: number): Signal {
  if (zScore > config.entryDeviations) return "short";
  if (zScore < -config.entryDeviations) return "long";
  return Math.abs(zScore) <= config.exitDeviations ? "flat" : before;
}
