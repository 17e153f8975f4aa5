import {
  type BertramThresholds,
  bertramReturnThresholds,
  bertramSharpeThresholds,
} from "../mean-reversion/bertram-thresholds.ts";
import { ornsteinUhlenbeck } from "../mean-reversion/ornstein-uhlenbeck.ts";
import { answered } from "../pair-analysis/answered.ts";
import { FORMATION_BARS_MIN, formationLine, priceIn } from "./formation-line.ts";
import { HOLDING_MAX_BARS } from "./holding-max-bars.ts";
import type { BarEvent, FitOutcome, FormationBars, Strategy, StrategyStep } from "./strategy.ts";
import { spreadTarget } from "./targets.ts";
import type { Signal } from "./z-score-reversion.ts";

export type OrnsteinUhlenbeckConfig = {
  /** What the thresholds make largest, after costs: return for time, or return for risk. */
  readonly objective: "return" | "sharpe";
  /** Of a round trip of both legs, of the notional of leg Y. */
  readonly roundTripCostBps: number;
  /** What a round trip must earn beyond its costs; read for the Sharpe ratio only. */
  readonly riskFreeBps: number;
  readonly sides: "both" | "long-only";
  /** Distance from the mean in stationary deviations at which a trade is given up. */
  readonly stopDeviations: number | null;
  readonly holdingMaxBars: number | null;
};

/** Line, mean and thresholds; levels are log-price spreads. */
export type OrnsteinUhlenbeckStrategyFit = {
  readonly hedgeRatio: number;
  readonly intercept: number;
  readonly mean: number;
  readonly stationaryDeviation: number;
  readonly halfLifeBars: number;
  readonly lower: number;
  readonly upper: number;
};

export type OrnsteinUhlenbeckState = {
  readonly fit: OrnsteinUhlenbeckStrategyFit;
  signal: Signal;
  barsHeld: number;
  /** Side of a trade given up, until the spread has crossed the mean. */
  lockedSide: "long" | "short" | null;
};

type FigureName = "spread" | "mean" | "upper" | "lower";

const BPS = 1e-4;

/**
 * Ornstein–Uhlenbeck thresholds: the entry and exit that are best for the fitted process and its costs.
 *
 * Formation: ln y = α + β ln x + s, an Ornstein–Uhlenbeck process fitted to s, Bertram's thresholds
 * a < θ < m for it. Long the spread at s ≤ a, left at s ≥ m, where with both sides the short begins, and so
 * on. Given up beyond the stop or after the longest holding; then nothing is entered before s has
 * crossed θ.
 *
 * Cost a bar: O(1). Source: Bertram (2010), Physica A 389; see bertramReturnThresholds.
 */
export const ornsteinUhlenbeckStrategy: Strategy<
  OrnsteinUhlenbeckConfig,
  OrnsteinUhlenbeckStrategyFit,
  OrnsteinUhlenbeckState,
  FigureName
> = {
  kind: "ou-thresholds",
  label: "Ornstein–Uhlenbeck thresholds",
  summary:
    "Fits a mean-reverting process to the spread of the formation period and works out at which levels trading it earns most after costs. It loses when the spread reverts more slowly, or to another level, than it did then.",
  instruments: { min: 2, max: 2 },
  parameters: {
    objective: {
      kind: "choice",
      label: "Best for",
      help: "Return for time trades more often; return for risk waits for larger deviations.",
      choices: { return: "Return for time", sharpe: "Return for risk" },
      default: "return",
    },
    roundTripCostBps: {
      kind: "number",
      label: "Cost of a round trip",
      help: "Fees and slippage of opening and closing both legs, of the worth of leg Y; dearer trades rarer.",
      unit: "basis points",
      min: 0.1,
      max: 1000,
      step: 1,
      optional: false,
      default: 20,
    },
    riskFreeBps: {
      kind: "number",
      label: "Least profit of a round trip",
      help: "What a round trip must earn beyond its costs; larger waits for larger deviations.",
      unit: "basis points",
      min: 0,
      max: 1000,
      step: 1,
      optional: false,
      default: 1,
    },
    sides: {
      kind: "choice",
      label: "Sides",
      help: "Both sides are always in the market once begun; long only rests between trades.",
      choices: { both: "Long and short", "long-only": "Long only" },
      default: "both",
    },
    stopDeviations: {
      kind: "number",
      label: "Stop",
      help: "Distance from the mean at which a trade is given up; none holds on.",
      unit: "standard deviations",
      min: 0.5,
      max: 50,
      step: 0.25,
      optional: true,
      default: 5,
    },
    holdingMaxBars: HOLDING_MAX_BARS,
  },
  rules: [
    {
      field: "riskFreeBps",
      message: "Return for risk needs a least profit above 0: without one no distance is best",
      holds: ({ objective, riskFreeBps }) => objective === "return" || riskFreeBps > 0,
    },
  ],
  figures: {
    spread: { label: "Spread", axis: "spread" },
    mean: { label: "Mean", axis: "spread" },
    upper: { label: "Upper threshold", axis: "spread" },
    lower: { label: "Lower threshold", axis: "spread" },
  },
  reads: ["close"],
  formationBarsMin: () => FORMATION_BARS_MIN,
  warmUpBars: () => 0,
  fit: fitThresholds,
  start: (_config, fit) => ({ fit, signal: "flat", barsHeld: 0, lockedSide: null }),
  step,
};

/** Bars that a leg lacks are left out, so that the process runs on bars, not on time. */
function fitThresholds(
  config: OrnsteinUhlenbeckConfig,
  formation: FormationBars,
): FitOutcome<OrnsteinUhlenbeckStrategyFit> {
  const line = formationLine(formation, "log");
  if (line.kind === "refused") return line;
  const process = ornsteinUhlenbeck(line.fit.residuals, 1);
  if (process.kind === "refused") {
    return {
      kind: "refused",
      code: "no-mean-reversion",
      message: "over the formation bars the spread does not return to a mean",
    };
  }
  const { kappa, theta, sigma, halfLife, stationaryDeviation } = process;
  const cost = config.roundTripCostBps * BPS;
  const thresholds = solvedThresholds(config, { kappa, theta, sigma, cost });
  if (thresholds === null || isBehindStop(config, thresholds, process)) {
    return {
      kind: "refused",
      code: "no-profitable-thresholds",
      message:
        "no deviation that the spread is likely to reach, or the stop allows, pays its costs",
    };
  }
  return {
    kind: "fitted",
    fit: {
      hedgeRatio: line.fit.slope,
      intercept: line.fit.intercept,
      mean: theta,
      stationaryDeviation,
      halfLifeBars: halfLife,
      lower: thresholds.entry,
      upper: thresholds.exit,
    },
  };
}

function solvedThresholds(
  config: OrnsteinUhlenbeckConfig,
  problem: {
    readonly kappa: number;
    readonly theta: number;
    readonly sigma: number;
    readonly cost: number;
  },
): BertramThresholds | null {
  const riskFree = config.riskFreeBps * BPS;
  const { value } = answered(() =>
    config.objective === "return"
      ? bertramReturnThresholds(problem)
      : bertramSharpeThresholds({ ...problem, riskFree }),
  );
  return value === null || value.kind === "refused" ? null : value;
}

/** Every entry would be given up at once. */
function isBehindStop(
  { stopDeviations }: OrnsteinUhlenbeckConfig,
  { entry }: BertramThresholds,
  { theta, stationaryDeviation }: { readonly theta: number; readonly stationaryDeviation: number },
): boolean {
  return stopDeviations !== null && theta - entry >= stopDeviations * stationaryDeviation;
}

function step(
  config: OrnsteinUhlenbeckConfig,
  state: OrnsteinUhlenbeckState,
  event: BarEvent,
): StrategyStep<OrnsteinUhlenbeckState, FigureName> {
  const { hedgeRatio, intercept, mean, upper, lower } = state.fit;
  const y = priceIn("log", event.close[0] ?? Number.NaN);
  const x = priceIn("log", event.close[1] ?? Number.NaN);
  const spread = y - intercept - hedgeRatio * x;
  const reason =
    state.signal === "flat" ? enter(config, state, spread) : leave(config, state, spread);
  return {
    state,
    target: spreadTarget(state.signal, hedgeRatio, "log-notional"),
    figures: { spread, mean, upper, lower },
    reason,
  };
}

function enter(
  config: OrnsteinUhlenbeckConfig,
  state: OrnsteinUhlenbeckState,
  spread: number,
): "entry" | null {
  const { mean, upper, lower } = state.fit;
  if (state.lockedSide === "long" && spread >= mean) state.lockedSide = null;
  if (state.lockedSide === "short" && spread <= mean) state.lockedSide = null;
  if (state.lockedSide !== null || isStopped(config, state.fit, spread)) return null;
  if (spread <= lower) state.signal = "long";
  else if (spread >= upper && config.sides === "both") state.signal = "short";
  if (state.signal === "flat") return null;
  state.barsHeld = 0;
  return "entry";
}

/** At a gap every comparison is false: only the time limit acts. */
function leave(
  config: OrnsteinUhlenbeckConfig,
  state: OrnsteinUhlenbeckState,
  spread: number,
): "entry" | "exit" | "stop" | "time" | null {
  const { upper, lower } = state.fit;
  const side = state.signal === "long" ? "long" : "short";
  state.barsHeld++;
  if (side === "long" ? spread >= upper : spread <= lower) {
    const isTurned = config.sides === "both" && !isStopped(config, state.fit, spread);
    state.signal = isTurned ? (side === "long" ? "short" : "long") : "flat";
    state.barsHeld = 0;
    return isTurned ? "entry" : "exit";
  }
  const isTooLong = config.holdingMaxBars !== null && state.barsHeld >= config.holdingMaxBars;
  const reason = isStopped(config, state.fit, spread) ? "stop" : isTooLong ? "time" : null;
  if (reason !== null) {
    state.signal = "flat";
    state.barsHeld = 0;
    state.lockedSide = side;
  }
  return reason;
}

function isStopped(
  { stopDeviations }: OrnsteinUhlenbeckConfig,
  { mean, stationaryDeviation }: OrnsteinUhlenbeckStrategyFit,
  spread: number,
): boolean {
  return stopDeviations !== null && Math.abs(spread - mean) >= stopDeviations * stationaryDeviation;
}
