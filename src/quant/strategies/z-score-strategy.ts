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
import type { BarEvent, Strategy, StrategyStep, Target } from "./strategy.ts";
import { FLAT_SPREAD } from "./targets.ts";
import {
  stepZScoreReversion,
  ZSCORE_REVERSION_START,
  type ZScoreReversionConfig,
  type ZScoreReversionState,
} from "./z-score-reversion.ts";
import { createZScoreWindow, pushZScore, type ZScoreWindow } from "./z-score-window.ts";

/** The line between the legs, the z-score of the spread about it, and the thresholds. */
export type ZScoreStrategyConfig = ZScoreReversionConfig &
  PairLineConfig & {
    /** "window": about the mean of the last bars; "kalman": innovation over its own deviation. */
    readonly zScoreMethod: "window" | "kalman";
    readonly zScoreWindowBars: number;
  };

export type ZScoreStrategyState = {
  readonly line: PairLineState;
  readonly window: ZScoreWindow | null;
  position: ZScoreReversionState;
  /** What is held, so that a bar that changes nothing makes nothing; null before the first trade. */
  held: Extract<Target, { kind: "spread" }> | null;
};

type FigureName = "spread" | "zScore" | "hedgeRatio";

/**
 * Z-score reversion of a pair: sells the spread far above its mean, buys it far below, and leaves when
 * it has come back. The rules are those of stepZScoreReversion.
 *
 * Cost a bar: O(1) on average, with a rolling line O(hedgeWindowBars) more.
 */
export const zScoreStrategy: Strategy<
  ZScoreStrategyConfig,
  PairLineFit,
  ZScoreStrategyState,
  FigureName
> = {
  kind: "z-score-reversion",
  label: "Z-score reversion",
  summary:
    "Sells the spread when it is far above its recent mean, buys it when it is far below, and leaves when it has come back. It loses when the relation between the legs breaks and the spread goes on.",
  instruments: { min: 2, max: 2 },
  parameters: {
    ...PAIR_LINE_PARAMETERS,
    zScoreMethod: {
      kind: "choice",
      label: "Z-score",
      help: "Against the mean and deviation of the last bars, or against the forecast of the Kalman filter.",
      choices: { window: "Rolling window", kalman: "Kalman forecast" },
      default: "window",
    },
    zScoreWindowBars: {
      kind: "integer",
      label: "Z-score window",
      help: "Bars that the mean and the deviation are taken over; longer trades rarer and slower.",
      unit: "bars",
      min: 3,
      max: 5000,
      step: 5,
      optional: false,
      default: 60,
    },
    entryZScore: {
      kind: "number",
      label: "Entry",
      help: "Distance from the mean at which a trade is opened; larger trades rarer.",
      unit: "z-score",
      min: 0.1,
      max: 10,
      step: 0.25,
      optional: false,
      default: 2,
    },
    exitZScore: {
      kind: "number",
      label: "Exit",
      help: "Distance from the mean at which a trade is closed; 0 waits for the mean itself.",
      unit: "z-score",
      min: 0,
      max: 10,
      step: 0.25,
      optional: false,
      default: 0.5,
    },
    stopZScore: {
      kind: "number",
      label: "Stop",
      help: "Distance from the mean at which a trade is given up; none holds on.",
      unit: "z-score",
      min: 0.2,
      max: 50,
      step: 0.25,
      optional: true,
      default: 4,
    },
    holdingMaxBars: HOLDING_MAX_BARS,
  },
  rules: [
    {
      field: "exitZScore",
      message: "The exit must be below the entry",
      holds: ({ exitZScore, entryZScore }) => exitZScore < entryZScore,
    },
    {
      field: "stopZScore",
      message: "The stop must be above the entry",
      holds: ({ stopZScore, entryZScore }) => stopZScore === null || stopZScore > entryZScore,
    },
    {
      field: "zScoreMethod",
      message: "The forecast of the Kalman filter needs the Kalman hedge ratio",
      holds: ({ zScoreMethod, hedgeMethod }) =>
        zScoreMethod === "window" || hedgeMethod === "kalman",
    },
  ],
  figures: {
    spread: { label: "Spread", axis: "spread" },
    zScore: { label: "Z-score", axis: "z-score" },
    hedgeRatio: { label: "Hedge ratio", axis: "ratio" },
  },
  reads: ["close"],
  formationBarsMin: pairLineFormationBars,
  warmUpBars: (config) =>
    pairLineWarmUpBars(config) +
    (config.zScoreMethod === "window" ? config.zScoreWindowBars - 1 : 0),
  fit: fitPairLine,
  start: (config, fit) => ({
    line: startPairLine(config, fit),
    window: config.zScoreMethod === "window" ? createZScoreWindow(config.zScoreWindowBars) : null,
    position: ZSCORE_REVERSION_START,
    held: null,
  }),
  step,
};

function step(
  config: ZScoreStrategyConfig,
  state: ZScoreStrategyState,
  event: BarEvent,
): StrategyStep<ZScoreStrategyState, FigureName> {
  const spread = spreadOfBar(config, state.line, event);
  const zScore = zScoreOf(config, state, spread);
  const before = state.position.signal;
  const {
    state: position,
    target,
    exitReason,
  } = stepZScoreReversion(config, state.position, {
    zScore,
  });
  state.position = position;
  const { hedgeRatio } = state.line;
  return {
    state,
    target: target === "flat" ? FLAT_SPREAD : heldTarget(config, state, target),
    figures: { spread, zScore, hedgeRatio },
    reason: exitReason ?? (target === before ? null : "entry"),
  };
}

function heldTarget(
  { prices }: ZScoreStrategyConfig,
  state: ZScoreStrategyState,
  side: "long" | "short",
): Target {
  const { held, line } = state;
  if (held !== null && held.side === side && held.hedgeRatio === line.hedgeRatio) return held;
  const { hedgeRatio } = line;
  state.held = {
    kind: "spread",
    side,
    hedgeRatio,
    hedge: hedgeFormOf(prices),
    size: 1,
    stops: null,
  };
  return state.held;
}

function zScoreOf(
  config: ZScoreStrategyConfig,
  { window, line }: ZScoreStrategyState,
  spread: number,
): number {
  if (Number.isNaN(spread)) return Number.NaN;
  if (window !== null) return pushZScore(window, spread, config);
  return spread / Math.sqrt(line.kalman?.innovationVariance ?? Number.NaN);
}
