import { windowMean } from "../rolling/rolling-mean.ts";
import { periodNumber } from "./calendar-period.ts";
import {
  createMomentumInstrument,
  followMomentum,
  type MomentumInstrument,
  momentumScore,
} from "./momentum-instrument.ts";
import { MOMENTUM_PARAMETERS, type MomentumConfig } from "./momentum-parameters.ts";
import type { BarEvent, StepReason, Strategy, StrategyStep } from "./strategy.ts";
import { HOLD } from "./targets.ts";
import { isFull } from "./value-window.ts";

export type MomentumState = {
  readonly instruments: readonly MomentumInstrument[];
  /** Share of equity that each position had when it was last sized; 0 is not held. */
  readonly weights: Float64Array;
  /** Numbers of the calendar periods of the bar before; NaN before the first. */
  updatePeriod: number;
  rebalancePeriod: number;
};

type FigureName = "eligible" | "positions" | "exposure" | "regime";

/**
 * Momentum ranking: holds the instruments that have risen most steadily, in sizes that move equity alike.
 *
 * On the first bar of each update period: what is no longer eligible or no longer in the top share is sold;
 * while the index is above its own average, what is in the top share and not held is bought, best first,
 * until the exposure is used up. Weight = riskShare · price / ATR. On the first bar of each rebalancing
 * period the held positions get their weights anew. Score and eligibility: see momentumScore; ties go to the
 * earlier instrument.
 *
 * Exposure is counted in the weights of the last sizing, since a strategy does not see fills.
 *
 * Cost a bar: O(instruments), on updates O(instruments · scoreBars).
 * Source: Clenow (2015), Stocks on the Move, ch. 7 to 12.
 */
export const momentumStrategy: Strategy<MomentumConfig, null, MomentumState, FigureName> = {
  kind: "momentum-ranking",
  label: "Momentum ranking",
  summary:
    "Ranks instruments by how steadily they have risen, holds the best of them while the market as a whole is rising, and sizes each so that its usual daily range is the same share of equity. It loses at turning points, when what has led falls first.",
  instruments: { min: 2, max: 1000 },
  parameters: MOMENTUM_PARAMETERS,
  rules: [],
  figures: {
    eligible: { label: "Eligible instruments", axis: "count" },
    positions: { label: "Positions", axis: "count" },
    exposure: { label: "Exposure when sized, share of equity", axis: "fraction" },
    regime: { label: "Index above its average", axis: "fraction" },
  },
  reads: ["high", "low", "close"],
  formationBarsMin: () => 0,
  warmUpBars: (config) =>
    Math.max(config.indexTrendBars - 1, config.scoreBars - 1, config.trendBars - 1, config.atrBars),
  fit: () => ({ kind: "fitted", fit: null }),
  start: (config, _fit, instrumentCount) => ({
    instruments: Array.from({ length: instrumentCount }, (_, i) =>
      createMomentumInstrument(
        i === config.indexPosition
          ? config.indexTrendBars
          : Math.max(config.scoreBars, config.trendBars),
      ),
    ),
    weights: new Float64Array(instrumentCount),
    updatePeriod: Number.NaN,
    rebalancePeriod: Number.NaN,
  }),
  step,
};

function step(
  config: MomentumConfig,
  state: MomentumState,
  event: BarEvent,
): StrategyStep<MomentumState, FigureName> {
  const { instruments } = state;
  for (let i = 0; i < instruments.length; i++) {
    followMomentum(instruments[i]!, event, i, config.atrBars);
  }
  const due = takeDue(config, state, event.openTimeMs);
  const isWarm = event.bar >= momentumStrategy.warmUpBars(config);
  const review =
    isWarm && (due.isUpdate || due.isRebalance) ? reviewed(config, state, event, due) : NO_REVIEW;
  const { weights } = review;
  return {
    state,
    target: weights === null ? HOLD : { kind: "weights", weights, stops: null },
    figures: {
      eligible: review.eligible,
      positions: heldCount(state.weights),
      exposure: sum(state.weights),
      regime: isRising(config, instruments) ? 1 : 0,
    },
    reason: review.reason,
  };
}

type Due = { readonly isUpdate: boolean; readonly isRebalance: boolean };

/** The first bar fed is within a period that began unseen: nothing is due on it. */
function takeDue(config: MomentumConfig, state: MomentumState, timeMs: number): Due {
  const updatePeriod = periodNumber(config.updateEvery, timeMs);
  const rebalancePeriod = periodNumber(config.rebalanceEvery, timeMs);
  const due = {
    isUpdate: updatePeriod > state.updatePeriod,
    isRebalance: rebalancePeriod > state.rebalancePeriod,
  };
  state.updatePeriod = updatePeriod;
  state.rebalancePeriod = rebalancePeriod;
  return due;
}

type Review = {
  /** Changed weights, NaN where nothing changes; null when nothing does. */
  readonly weights: Float64Array | null;
  readonly eligible: number;
  readonly reason: StepReason | null;
};

const NO_REVIEW: Review = { weights: null, eligible: Number.NaN, reason: null };

function reviewed(config: MomentumConfig, state: MomentumState, event: BarEvent, due: Due): Review {
  const changes = new Float64Array(state.weights.length).fill(Number.NaN);
  const ranking = rankingOf(config, state.instruments, event.bar);
  const top = ranking.slice(0, topCount(config, state.instruments.length));
  const reasons: StepReason[] = [];
  if (due.isUpdate && sell(config, state, { top, bar: event.bar, changes })) reasons.push("exit");
  if (due.isRebalance && resize(config, state, event.bar, changes)) reasons.unshift("rebalance");
  if (due.isUpdate && isRising(config, state.instruments)) {
    if (buy(config, state, top, changes)) reasons.unshift("entry");
  }
  const isChanged = changes.some((weight) => !Number.isNaN(weight));
  return {
    weights: isChanged ? changes : null,
    eligible: ranking.length,
    reason: reasons[0] ?? null,
  };
}

/** Eligible instruments with a bar now, best first. */
function rankingOf(
  config: MomentumConfig,
  instruments: readonly MomentumInstrument[],
  bar: number,
): readonly number[] {
  const scored: { readonly instrument: number; readonly score: number }[] = [];
  instruments.forEach((state, instrument) => {
    if (instrument === config.indexPosition || state.lastBar !== bar) return;
    const score = momentumScore(config, state);
    if (score !== null) scored.push({ instrument, score });
  });
  // The sort is stable: of equal scores the earlier instrument comes first.
  return scored.sort((a, b) => b.score - a.score).map(({ instrument }) => instrument);
}

/** At least one, so that a short list can be traded. */
function topCount(config: MomentumConfig, instrumentCount: number): number {
  return Math.max(1, Math.floor(config.topShare * (instrumentCount - 1)));
}

function sell(
  config: MomentumConfig,
  { weights, instruments }: MomentumState,
  {
    top,
    bar,
    changes,
  }: {
    readonly top: readonly number[];
    readonly bar: number;
    readonly changes: Float64Array;
  },
): boolean {
  let isSold = false;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0 || top.includes(i)) continue;
    const missing = bar - instruments[i]!.lastBar;
    // Without a bar there is no judgement; it is held until it lacks for too long.
    if (missing > 0 && missing <= config.missingBarsMax) continue;
    weights[i] = 0;
    changes[i] = 0;
    isSold = true;
  }
  return isSold;
}

function resize(
  config: MomentumConfig,
  { weights, instruments }: MomentumState,
  bar: number,
  changes: Float64Array,
): boolean {
  let left = config.grossExposureMax;
  let isResized = false;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue;
    if (instruments[i]!.lastBar === bar) {
      weights[i] = Math.min(weightOf(config, instruments[i]!), left);
      changes[i] = weights[i]!;
      isResized = true;
    }
    left = Math.max(0, left - weights[i]!);
  }
  return isResized;
}

function buy(
  config: MomentumConfig,
  { weights, instruments }: MomentumState,
  top: readonly number[],
  changes: Float64Array,
): boolean {
  let left = config.grossExposureMax - sum(weights);
  let isBought = false;
  for (const i of top) {
    if (weights[i] !== 0) continue;
    const weight = weightOf(config, instruments[i]!);
    // The list is bought in order: the first that is too large for the rest of the money ends it.
    if (!(weight > 0 && weight <= left)) break;
    weights[i] = weight;
    changes[i] = weight;
    left -= weight;
    isBought = true;
  }
  return isBought;
}

/** Capped, since an instrument that hardly moves would take any amount of money. */
function weightOf(config: MomentumConfig, instrument: MomentumInstrument): number {
  const weight = (config.riskShare * instrument.closeBefore) / instrument.averageTrueRange;
  return Math.min(weight, config.grossExposureMax);
}

function isRising(config: MomentumConfig, instruments: readonly MomentumInstrument[]): boolean {
  const index = instruments[config.indexPosition];
  if (index === undefined || !isFull(index.closes)) return false;
  const { values, end, windowBars } = index.closes;
  return values[end - 1]! > windowMean(values, end - windowBars, end);
}

function sum(weights: Float64Array): number {
  let total = 0;
  for (const weight of weights) total += weight;
  return total;
}

function heldCount(weights: Float64Array): number {
  let held = 0;
  for (const weight of weights) if (weight !== 0) held++;
  return held;
}
