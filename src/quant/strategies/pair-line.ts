import { assert } from "../assert.ts";
import type { KalmanModel } from "../kalman/kalman-hedge-ratio.ts";
import { windowLine } from "../live/window-line.ts";
import { KALMAN_BURN_IN_BARS, kalmanModelOf } from "../pair-analysis/kalman-hedge-fit.ts";
import { FORMATION_BARS_MIN, formationLine, type PriceForm, priceIn } from "./formation-line.ts";
import { createKalmanLine, type KalmanLine, stepKalmanLine } from "./kalman-line.ts";
import type { BarEvent, FitOutcome, FormationBars, HedgeForm } from "./strategy.ts";
import type { StrategyParameters } from "./strategy-parameters.ts";
import { createValueWindow, pushValue, type ValueWindow } from "./value-window.ts";

/** How the line between the legs is found; what another method would need is unread. */
export type PairLineConfig = {
  readonly prices: PriceForm;
  readonly hedgeMethod: "formation" | "rolling" | "kalman";
  readonly hedgeWindowBars: number;
  readonly kalmanDelta: number;
  readonly kalmanObservationVariance: number;
};

/** The frozen line; null for methods that learn nothing beforehand. */
export type PairLineFit = { readonly hedgeRatio: number; readonly intercept: number } | null;

/** The line after a bar; NaN before there is one. */
export type PairLineState = {
  hedgeRatio: number;
  intercept: number;
  readonly y: ValueWindow | null;
  readonly x: ValueWindow | null;
  readonly kalman: KalmanLine | null;
};

/** Fields of a form for PairLineConfig. */
export const PAIR_LINE_PARAMETERS: StrategyParameters<PairLineConfig> = {
  prices: {
    kind: "choice",
    label: "Prices",
    help: "Logarithms hedge worth against worth, levels hedge units against units.",
    choices: { log: "Logarithms", level: "Levels" },
    default: "log",
  },
  hedgeMethod: {
    kind: "choice",
    label: "Hedge ratio",
    help: "Frozen in the formation period, of a rolling window, or followed by a Kalman filter.",
    choices: {
      formation: "Formation period",
      rolling: "Rolling window",
      kalman: "Kalman filter",
    },
    default: "formation",
  },
  hedgeWindowBars: {
    kind: "integer",
    label: "Hedge window",
    help: "Bars of the rolling regression; longer is steadier and slower to follow.",
    unit: "bars",
    min: 10,
    max: 5000,
    step: 10,
    optional: false,
    default: 250,
  },
  kalmanDelta: {
    kind: "number",
    label: "Kalman delta",
    help: "How fast the filter lets the hedge ratio wander; larger follows faster.",
    unit: "none",
    min: 1e-9,
    max: 0.1,
    step: 1e-5,
    optional: false,
    default: 1e-4,
  },
  kalmanObservationVariance: {
    kind: "number",
    label: "Kalman noise",
    help: "Variance of leg Y about its line, in the unit of its price squared; larger trusts a bar less.",
    unit: "none",
    min: 1e-12,
    max: 1e6,
    step: 1e-4,
    optional: false,
    default: 1e-3,
  },
};

/**
 * Formation bars that the line needs.
 *
 * @param config the method
 */
export function pairLineFormationBars(config: PairLineConfig): number {
  return config.hedgeMethod === "formation" ? FORMATION_BARS_MIN : 0;
}

/**
 * Bars without a spread at the beginning, when none is a gap.
 *
 * @param config the method
 */
export function pairLineWarmUpBars(config: PairLineConfig): number {
  switch (config.hedgeMethod) {
    case "formation":
      return 0;
    case "rolling":
      return config.hedgeWindowBars - 1;
    case "kalman":
      return KALMAN_BURN_IN_BARS;
  }
}

/**
 * What the formation bars teach about the line.
 *
 * @param config the method
 * @param formation bars of both legs, leg Y first
 */
export function fitPairLine(
  config: PairLineConfig,
  formation: FormationBars,
): FitOutcome<PairLineFit> {
  if (config.hedgeMethod !== "formation") return { kind: "fitted", fit: null };
  const line = formationLine(formation, config.prices);
  if (line.kind === "refused") return line;
  const { slope, intercept } = line.fit;
  return { kind: "fitted", fit: { hedgeRatio: slope, intercept } };
}

/**
 * The line before the first bar.
 *
 * @param config the method
 * @param fit what the formation bars taught
 */
export function startPairLine(config: PairLineConfig, fit: PairLineFit): PairLineState {
  const isRolling = config.hedgeMethod === "rolling";
  return {
    hedgeRatio: fit?.hedgeRatio ?? Number.NaN,
    intercept: fit?.intercept ?? Number.NaN,
    y: isRolling ? createValueWindow(config.hedgeWindowBars) : null,
    x: isRolling ? createValueWindow(config.hedgeWindowBars) : null,
    kalman: config.hedgeMethod === "kalman" ? createKalmanLine(modelOf(config)) : null,
  };
}

/**
 * Spread of a bar, with the line known at its close.
 *
 * Formation: y − α − βx with the frozen line. Rolling: with the line of the window that ends with the
 * bar, or while x stands still the last known. Kalman: the innovation, that is with the line known a
 * bar before. A bar on which a leg is missing changes nothing.
 *
 * @param config the method
 * @param state is written to
 * @param event the closed bar
 * @returns in the unit of the prices; NaN at a gap and before there is a line
 *
 * Cost: O(1), rolling O(hedgeWindowBars).
 */
export function spreadOfBar(config: PairLineConfig, state: PairLineState, event: BarEvent): number {
  const y = priceIn(config.prices, event.close[0] ?? Number.NaN);
  const x = priceIn(config.prices, event.close[1] ?? Number.NaN);
  if (Number.isNaN(y) || Number.isNaN(x)) return Number.NaN;
  if (config.hedgeMethod === "kalman") return followKalman(config, state, y, x);
  if (config.hedgeMethod === "rolling") followWindow(state, y, x);
  return y - state.intercept - state.hedgeRatio * x;
}

/**
 * What a hedge ratio of these prices means.
 *
 * @param prices log or level
 */
export function hedgeFormOf(prices: PriceForm): HedgeForm {
  return prices === "log" ? "log-notional" : "level-quantity";
}

function followKalman(config: PairLineConfig, state: PairLineState, y: number, x: number): number {
  const { kalman } = state;
  assert(kalman !== null, "a Kalman line has its filter");
  stepKalmanLine(kalman, modelOf(config), y, x);
  state.hedgeRatio = kalman.hedgeRatio;
  state.intercept = kalman.intercept;
  return kalman.bars > KALMAN_BURN_IN_BARS ? kalman.innovation : Number.NaN;
}

function followWindow(state: PairLineState, y: number, x: number): void {
  assert(state.y !== null && state.x !== null, "a rolling line has its windows");
  pushValue(state.x, x);
  if (!pushValue(state.y, y)) return;
  const span = { start: state.y.end - state.y.windowBars, end: state.y.end };
  const line = windowLine(state.y.values, state.x.values, span, true);
  if (line === null) return;
  state.hedgeRatio = line.hedgeRatio;
  state.intercept = line.intercept;
}

function modelOf(config: PairLineConfig): KalmanModel {
  return kalmanModelOf(config.kalmanDelta, config.kalmanObservationVariance);
}
