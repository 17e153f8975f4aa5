import { windowMean } from "../rolling/rolling-mean.ts";
import { windowSquares } from "../rolling/rolling-variance.ts";
import { HOLDING_MAX_BARS } from "./holding-max-bars.ts";
import {
  fitPairLine,
  hedgeFormOf,
  PAIR_LINE_PARAMETERS,
  type PairLineConfig,
  type PairLineFit,
  type PairLineState,
  pairLineFormationBars,
  pairLineWarmUpBars,
  spreadOfBar,
  startPairLine,
} from "./pair-line.ts";
import type { BarEvent, Strategy, StrategyStep } from "./strategy.ts";
import { spreadTarget } from "./targets.ts";
import { createValueWindow, pushValue, type ValueWindow } from "./value-window.ts";
import {
  stepZScoreReversion,
  ZSCORE_REVERSION_START,
  type ZScoreReversionConfig,
  type ZScoreReversionState,
  type ZScoreReversionStep,
} from "./z-score-reversion.ts";

/** The line between the legs and the bands about the spread's rolling mean. */
export type BollingerConfig = PairLineConfig & {
  readonly windowBars: number;
  /** Half the width of the bands, in standard deviations (divisor n) of the window. */
  readonly bandDeviations: number;
  /** "outside": at a close outside the band; "re-entry": at the first close back inside it. */
  readonly entryRule: "outside" | "re-entry";
  readonly exitRule: "middle" | "opposite-band";
  readonly stopDeviations: number | null;
  readonly holdingMaxBars: number | null;
};

export type BollingerState = {
  readonly line: PairLineState;
  readonly window: ValueWindow;
  position: ZScoreReversionState;
  /** On which side of the bands the last spread closed: 1 above, −1 below, 0 between. */
  beyond: -1 | 0 | 1;
};

type FigureName = "spread" | "middle" | "upper" | "lower" | "hedgeRatio";

/**
 * Bollinger bands on the spread of a pair.
 *
 * middle = mean of windowBars, bands = middle ± bandDeviations · σ, σ with divisor n. In σ about the
 * middle the rules of leaving, stopping and waiting after a stop are those of stepZScoreReversion, with
 * the exit at 0 or at the other band.
 *
 * Cost a bar: O(windowBars), with a rolling line O(hedgeWindowBars) more.
 * Source: Bollinger (2001), Bollinger on Bollinger Bands.
 */
export const bollingerStrategy: Strategy<BollingerConfig, PairLineFit, BollingerState, FigureName> =
  {
    kind: "bollinger-spread",
    label: "Bollinger bands on the spread",
    summary:
      "Draws bands about the rolling mean of the spread and trades back from them to the middle or to the other band, at once or only when the spread has turned. It loses when the spread walks along a band.",
    instruments: { min: 2, max: 2 },
    parameters: {
      ...PAIR_LINE_PARAMETERS,
      windowBars: {
        kind: "integer",
        label: "Window",
        help: "Bars of the mean and the deviation; longer bands move more slowly.",
        unit: "bars",
        min: 3,
        max: 5000,
        step: 5,
        optional: false,
        default: 20,
      },
      bandDeviations: {
        kind: "number",
        label: "Band width",
        help: "Distance of the bands from the mean; wider trades rarer.",
        unit: "standard deviations",
        min: 0.1,
        max: 10,
        step: 0.25,
        optional: false,
        default: 2,
      },
      entryRule: {
        kind: "choice",
        label: "Enter",
        help: "Outside the band is early; back inside waits until the spread has turned.",
        choices: { outside: "At a close outside the band", "re-entry": "At the close back inside" },
        default: "outside",
      },
      exitRule: {
        kind: "choice",
        label: "Leave",
        help: "The middle takes the smaller profit more surely.",
        choices: { middle: "At the middle", "opposite-band": "At the other band" },
        default: "middle",
      },
      stopDeviations: {
        kind: "number",
        label: "Stop",
        help: "Distance from the mean at which a trade is given up; none holds on.",
        unit: "standard deviations",
        min: 0.2,
        max: 50,
        step: 0.25,
        optional: true,
        default: null,
      },
      holdingMaxBars: HOLDING_MAX_BARS,
    },
    rules: [
      {
        field: "stopDeviations",
        message: "The stop must lie outside the bands",
        holds: ({ stopDeviations, bandDeviations }) =>
          stopDeviations === null || stopDeviations > bandDeviations,
      },
    ],
    figures: {
      spread: { label: "Spread", axis: "spread" },
      middle: { label: "Middle", axis: "spread" },
      upper: { label: "Upper band", axis: "spread" },
      lower: { label: "Lower band", axis: "spread" },
      hedgeRatio: { label: "Hedge ratio", axis: "ratio" },
    },
    reads: ["close"],
    formationBarsMin: pairLineFormationBars,
    warmUpBars: (config) => pairLineWarmUpBars(config) + config.windowBars - 1,
    fit: fitPairLine,
    start: (config, fit) => ({
      line: startPairLine(config, fit),
      window: createValueWindow(config.windowBars),
      position: ZSCORE_REVERSION_START,
      beyond: 0,
    }),
    step,
  };

function step(
  config: BollingerConfig,
  state: BollingerState,
  event: BarEvent,
): StrategyStep<BollingerState, FigureName> {
  const spread = spreadOfBar(config, state.line, event);
  const { middle, deviation } = momentsOf(state.window, spread);
  const before = state.position.signal;
  const next = nextPosition(config, state, (spread - middle) / deviation);
  state.position = next.state;
  const { hedgeRatio } = state.line;
  const half = config.bandDeviations * deviation;
  return {
    state,
    target: spreadTarget(next.target, hedgeRatio, hedgeFormOf(config.prices)),
    figures: { spread, middle, upper: middle + half, lower: middle - half, hedgeRatio },
    reason: next.exitReason ?? (next.target === before ? null : "entry"),
  };
}

/** NaN at a gap and before the window is full; σ of 0 makes the distance NaN, which is a gap too. */
function momentsOf(
  window: ValueWindow,
  spread: number,
): { readonly middle: number; readonly deviation: number } {
  if (Number.isNaN(spread) || !pushValue(window, spread)) {
    return { middle: Number.NaN, deviation: Number.NaN };
  }
  const { values, end, windowBars } = window;
  const middle = windowMean(values, end - windowBars, end);
  const squares = windowSquares(values, end - windowBars, end);
  return { middle, deviation: Math.sqrt(squares / windowBars) };
}

function nextPosition(
  config: BollingerConfig,
  state: BollingerState,
  distance: number,
): ZScoreReversionStep {
  const rules = rulesOf(config, state.position.signal);
  const beyondBefore = state.beyond;
  // Rounding may leave a flat window at a distance of ±∞; it is no measure.
  const zScore = Number.isFinite(distance) ? distance : Number.NaN;
  if (!Number.isNaN(zScore)) state.beyond = beyondOf(zScore, config.bandDeviations);
  const next = stepZScoreReversion(rules, state.position, { zScore });
  const hasTurned = !Number.isNaN(zScore) && beyondBefore !== 0 && state.beyond === 0;
  if (config.entryRule === "outside" || !hasTurned) return next;
  if (state.position.signal !== "flat" || next.state.lockedSide !== null) return next;
  const side = beyondBefore === 1 ? "short" : "long";
  // Back inside and through the exit in one bar: nothing is left to earn.
  if (hasArrived(config, side, zScore)) return next;
  return { state: { signal: side, barsHeld: 0, lockedSide: null }, target: side, exitReason: null };
}

function rulesOf(
  config: BollingerConfig,
  signal: "long" | "short" | "flat",
): ZScoreReversionConfig {
  const { bandDeviations, entryRule, exitRule, stopDeviations, holdingMaxBars } = config;
  return {
    // While it waits for the turn the step only unlocks; nothing is far enough out to enter.
    entryZScore:
      entryRule === "re-entry" && signal === "flat" ? Number.POSITIVE_INFINITY : bandDeviations,
    exitZScore: exitRule === "middle" ? 0 : -bandDeviations,
    stopZScore: stopDeviations,
    holdingMaxBars,
  };
}

function beyondOf(zScore: number, band: number): -1 | 0 | 1 {
  if (zScore >= band) return 1;
  return zScore <= -band ? -1 : 0;
}

function hasArrived(config: BollingerConfig, side: "long" | "short", zScore: number): boolean {
  if (config.exitRule === "opposite-band") return false;
  return side === "long" ? zScore >= 0 : zScore <= 0;
}
