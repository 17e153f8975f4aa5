import { FORMATION_BARS_MIN, formationLine, priceIn } from "./formation-line.ts";
import { lineOverTime } from "./line-over-time.ts";
import type { BarEvent, FitOutcome, FormationBars, Strategy, StrategyStep } from "./strategy.ts";
import { spreadTarget } from "./targets.ts";
import { createValueWindow, isFull, pushValue, type ValueWindow } from "./value-window.ts";
import type { Signal } from "./z-score-reversion.ts";

export type RlrtConfig = {
  /** Bars of the regression on time, all before the bar that is judged. */
  readonly trendBars: number;
  /** R² above which a slope is called a trend. */
  readonly rSquaredMin: number;
  readonly bandDeviations: number;
  readonly isHedged: boolean;
};

export type RlrtFit = { readonly hedgeRatio: number; readonly intercept: number };

export type RlrtState = {
  readonly fit: RlrtFit;
  /** Spreads before the bar to come. */
  readonly window: ValueWindow;
  /** Welford: count, mean and Σ (spread − mean)² of all spreads so far. */
  count: number;
  mean: number;
  squares: number;
  signal: Signal;
};

type FigureName = "spread" | "upper" | "lower" | "trend" | "rSquared";

/**
 * RLRT (rolling linear regression trend), the honest variant: trades outside an expanding band, and only
 * when the spread is not trending further out.
 *
 * spread = p_Y − α − β p_X with α, β of the formation, prices in levels. Trend of bar i: the sign of the
 * slope of spread[i − trendBars … i − 1] on time if its R² exceeds the threshold, else 0. With mean m and
 * deviation s (divisor n) of all spreads up to i: above m + band · s and trend ≤ 0 goes short, below
 * m − band · s and trend ≥ 0 long; between the bands a rising trend closes a short and a falling one a long.
 * The first trendBars bars are idle. Published results scale and fit on the traded year itself; this does
 * not.
 *
 * Cost a bar: O(trendBars). Source: the thesis platform. Checked: golden honest variants of 2023.
 */
export const rlrtStrategy: Strategy<RlrtConfig, RlrtFit, RlrtState, FigureName> = {
  kind: "rlrt",
  label: "Trend-gated reversion (RLRT)",
  summary:
    "Trades a spread that is outside the band of its whole past, unless a short regression says that it is still on its way out, and leaves when the trend turns against the position. It loses when the level of the spread shifts slowly, without a trend that is strong enough to be seen.",
  instruments: { min: 2, max: 2 },
  parameters: {
    trendBars: {
      kind: "integer",
      label: "Trend window",
      help: "Bars of the regression on time; longer sees fewer and slower trends.",
      unit: "bars",
      min: 3,
      max: 500,
      step: 1,
      optional: false,
      default: 10,
    },
    rSquaredMin: {
      kind: "number",
      label: "Trend threshold",
      help: "R² above which the regression counts as a trend; higher sees fewer.",
      unit: "fraction",
      min: 0,
      max: 0.99,
      step: 0.1,
      optional: false,
      default: 0.6,
    },
    bandDeviations: {
      kind: "number",
      label: "Band width",
      help: "Distance of the bands from the mean of all spreads so far; wider trades rarer.",
      unit: "standard deviations",
      min: 0.1,
      max: 10,
      step: 0.25,
      optional: false,
      default: 1,
    },
    isHedged: {
      kind: "boolean",
      label: "Hedged legs",
      help: "On, leg X is weighted by the hedge ratio; off, both legs have the same worth.",
      default: true,
    },
  },
  rules: [],
  figures: {
    spread: { label: "Spread", axis: "spread" },
    upper: { label: "Upper band", axis: "spread" },
    lower: { label: "Lower band", axis: "spread" },
    trend: { label: "Trend", axis: "count" },
    rSquared: { label: "R² of the trend", axis: "fraction" },
  },
  reads: ["close"],
  formationBarsMin: () => FORMATION_BARS_MIN,
  warmUpBars: (config) => config.trendBars,
  fit: fitRlrt,
  start: (config, fit) => ({
    fit,
    window: createValueWindow(config.trendBars),
    count: 0,
    mean: 0,
    squares: 0,
    signal: "flat",
  }),
  step,
};

function fitRlrt(_config: RlrtConfig, formation: FormationBars): FitOutcome<RlrtFit> {
  const line = formationLine(formation, "level");
  if (line.kind === "refused") return line;
  return {
    kind: "fitted",
    fit: { hedgeRatio: line.fit.slope, intercept: line.fit.intercept },
  };
}

function step(
  config: RlrtConfig,
  state: RlrtState,
  event: BarEvent,
): StrategyStep<RlrtState, FigureName> {
  const { hedgeRatio, intercept } = state.fit;
  const y = priceIn("level", event.close[0] ?? Number.NaN);
  const x = priceIn("level", event.close[1] ?? Number.NaN);
  const spread = y - intercept - hedgeRatio * x;
  const before = state.signal;
  const figures = Number.isNaN(spread) ? NO_FIGURES : judge(config, state, spread);
  return {
    state,
    target: config.isHedged
      ? spreadTarget(state.signal, hedgeRatio, "level-quantity")
      : spreadTarget(state.signal, 1, "log-notional"),
    figures,
    reason: state.signal === before ? null : state.signal === "flat" ? "exit" : "entry",
  };
}

const NO_FIGURES = {
  spread: Number.NaN,
  upper: Number.NaN,
  lower: Number.NaN,
  trend: Number.NaN,
  rSquared: Number.NaN,
};

function judge(
  config: RlrtConfig,
  state: RlrtState,
  spread: number,
): Readonly<Record<FigureName, number>> {
  state.count++;
  const deviation = spread - state.mean;
  state.mean += deviation / state.count;
  state.squares += deviation * (spread - state.mean);
  const half = config.bandDeviations * Math.sqrt(state.squares / state.count);
  const upper = state.mean + half;
  const lower = state.mean - half;
  const { window } = state;
  // The regression ends with the bar before: the bar itself is what it is held against.
  const line = isFull(window)
    ? lineOverTime(window.values, window.end - window.windowBars, window.end)
    : null;
  pushValue(window, spread);
  if (line === null) return { ...NO_FIGURES, spread, upper, lower };
  const trend = line.rSquared > config.rSquaredMin ? Math.sign(line.slope) : 0;
  if (spread > upper) {
    if (trend <= 0) state.signal = "short";
  } else if (spread < lower) {
    if (trend >= 0) state.signal = "long";
  } else if ((trend > 0 && state.signal === "short") || (trend < 0 && state.signal === "long")) {
    state.signal = "flat";
  }
  return { spread, upper, lower, trend, rSquared: line.rSquared };
}
