import { windowMean } from "../rolling/rolling-mean.ts";
import { windowSquares } from "../rolling/rolling-variance.ts";
import { createSmoothing, type SmoothingState, stepSmoothing } from "./smoothing-state.ts";
import { createValueWindow, pushValue, type ValueWindow } from "./value-window.ts";

/** Periods and levels of the indicators that may vote. */
export type VoteConfig = {
  readonly usesSma: boolean;
  readonly smaFastBars: number;
  readonly smaSlowBars: number;
  readonly usesMacd: boolean;
  readonly macdFastBars: number;
  readonly macdSlowBars: number;
  readonly macdSignalBars: number;
  readonly usesRsi: boolean;
  readonly rsiBars: number;
  readonly rsiLow: number;
  readonly rsiHigh: number;
  readonly usesBollinger: boolean;
  readonly bollingerBars: number;
  readonly bollingerDeviations: number;
};

/** The direction of an indicator's last cross, 0 before its first. */
export type Vote = -1 | 0 | 1;

/** What the indicators of one instrument know, as plain data. */
export type VoteState = {
  readonly smaWindow: ValueWindow;
  readonly bollingerWindow: ValueWindow;
  readonly macdFast: SmoothingState;
  readonly macdSlow: SmoothingState;
  readonly macdSignal: SmoothingState;
  readonly gain: SmoothingState;
  readonly loss: SmoothingState;
  closeBefore: number;
  smaSide: Vote;
  macdSide: Vote;
  /** 1 above the upper level, −1 below the lower, 0 between or before there is a value. */
  rsiZone: Vote;
  bollingerZone: Vote;
  smaVote: Vote;
  macdVote: Vote;
  rsiVote: Vote;
  bollingerVote: Vote;
};

/**
 * The indicators before the first bar.
 *
 * @param config periods
 */
export function createVotes(config: VoteConfig): VoteState {
  return {
    smaWindow: createValueWindow(config.smaSlowBars),
    bollingerWindow: createValueWindow(config.bollingerBars),
    macdFast: createSmoothing(),
    macdSlow: createSmoothing(),
    macdSignal: createSmoothing(),
    gain: createSmoothing(),
    loss: createSmoothing(),
    closeBefore: Number.NaN,
    smaSide: 0,
    macdSide: 0,
    rsiZone: 0,
    bollingerZone: 0,
    smaVote: 0,
    macdVote: 0,
    rsiVote: 0,
    bollingerVote: 0,
  };
}

/**
 * Takes a bar of one instrument in and counts the votes.
 *
 * A vote is the direction of the last cross: the fast average through the slow one, MACD through its
 * signal, RSI up out of the low zone or down out of the high one, the close back in through a
 * Bollinger band.
 *
 * @param config which indicators vote, with their periods
 * @param state is written to
 * @param close finite
 * @returns votes for less those against
 *
 * Cost: O(longest window).
 */
export function countVotes(config: VoteConfig, state: VoteState, close: number): number {
  let votes = 0;
  if (config.usesSma) votes += smaVote(config, state, close);
  if (config.usesMacd) votes += macdVote(config, state, close);
  if (config.usesRsi) votes += rsiVote(config, state, close);
  if (config.usesBollinger) votes += bollingerVote(config, state, close);
  state.closeBefore = close;
  return votes;
}

/**
 * How many indicators vote.
 *
 * @param config which do
 */
export function voterCount(config: VoteConfig): number {
  const { usesSma, usesMacd, usesRsi, usesBollinger } = config;
  return [usesSma, usesMacd, usesRsi, usesBollinger].filter(Boolean).length;
}

/**
 * Bars until every indicator that votes has two values, which a cross needs.
 *
 * @param config which vote, with their periods
 */
export function voteWarmUpBars(config: VoteConfig): number {
  return Math.max(
    0,
    config.usesSma ? config.smaSlowBars : 0,
    config.usesMacd ? config.macdSlowBars + config.macdSignalBars - 1 : 0,
    config.usesRsi ? config.rsiBars + 1 : 0,
    config.usesBollinger ? config.bollingerBars : 0,
  );
}

function smaVote(config: VoteConfig, state: VoteState, close: number): Vote {
  if (pushValue(state.smaWindow, close)) {
    const { values, end } = state.smaWindow;
    const fast = windowMean(values, end - config.smaFastBars, end);
    const slow = windowMean(values, end - config.smaSlowBars, end);
    const side = sideOf(fast - slow, state.smaSide);
    if (state.smaSide !== 0 && side !== state.smaSide) state.smaVote = side;
    state.smaSide = side;
  }
  return state.smaVote;
}

function macdVote(config: VoteConfig, state: VoteState, close: number): Vote {
  const { macdFastBars, macdSlowBars, macdSignalBars } = config;
  const fast = stepSmoothing(state.macdFast, close, 2 / (macdFastBars + 1), macdFastBars);
  const slow = stepSmoothing(state.macdSlow, close, 2 / (macdSlowBars + 1), macdSlowBars);
  const macd = fast - slow;
  if (Number.isNaN(macd)) return state.macdVote;
  const signal = stepSmoothing(state.macdSignal, macd, 2 / (macdSignalBars + 1), macdSignalBars);
  if (Number.isNaN(signal)) return state.macdVote;
  const side = sideOf(macd - signal, state.macdSide);
  if (state.macdSide !== 0 && side !== state.macdSide) state.macdVote = side;
  state.macdSide = side;
  return state.macdVote;
}

/** A difference of exactly 0 is no cross yet. */
function sideOf(difference: number, before: Vote): Vote {
  if (difference > 0) return 1;
  return difference < 0 ? -1 : before;
}

function rsiVote(config: VoteConfig, state: VoteState, close: number): Vote {
  if (Number.isNaN(state.closeBefore)) return state.rsiVote;
  const change = close - state.closeBefore;
  const weight = 1 / config.rsiBars;
  const gain = stepSmoothing(state.gain, Math.max(change, 0), weight, config.rsiBars);
  const loss = stepSmoothing(state.loss, Math.max(-change, 0), weight, config.rsiBars);
  if (Number.isNaN(gain)) return state.rsiVote;
  const rsi = gain + loss === 0 ? 50 : (100 * gain) / (gain + loss);
  const zone = zoneOf(rsi, config.rsiLow, config.rsiHigh);
  state.rsiVote = voteOnReturn(state.rsiZone, zone, state.rsiVote);
  state.rsiZone = zone;
  return state.rsiVote;
}

function bollingerVote(config: VoteConfig, state: VoteState, close: number): Vote {
  const { bollingerBars, bollingerDeviations } = config;
  if (!pushValue(state.bollingerWindow, close)) return state.bollingerVote;
  const { values, end } = state.bollingerWindow;
  const middle = windowMean(values, end - bollingerBars, end);
  const squares = windowSquares(values, end - bollingerBars, end);
  const half = bollingerDeviations * Math.sqrt(squares / bollingerBars);
  // A flat window has no outside.
  const zone = half === 0 ? 0 : zoneOf(close, middle - half, middle + half);
  state.bollingerVote = voteOnReturn(state.bollingerZone, zone, state.bollingerVote);
  state.bollingerZone = zone;
  return state.bollingerVote;
}

function zoneOf(value: number, low: number, high: number): Vote {
  if (value >= high) return 1;
  return value <= low ? -1 : 0;
}

/** Leaving the low zone votes for, leaving the high one against. */
function voteOnReturn(before: Vote, now: Vote, vote: Vote): Vote {
  if (before === -1 && now !== -1) return 1;
  if (before === 1 && now !== 1) return -1;
  return vote;
}
