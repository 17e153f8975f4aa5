import { InvalidInputError } from "../invalid-input-error.ts";
import type { ZScoreReversionConfig } from "../strategies/z-score-reversion.ts";

/** A half-open window of open times, UTC milliseconds: startMs belongs to it, endMs does not. */
export type TimeWindow = { readonly startMs: number; readonly endMs: number };

/**
 * Pair backtest configuration: everything that decides the result besides the prices.
 *
 * `notional` (of leg Y) and `initialEquity` are in the quote currency of the prices; `feeBps` is
 * charged on the notional of every fill, `slippageBps` moves every fill price against us, each per
 * leg in 1/10,000.
 */
export type PairBacktestConfig = ZScoreReversionConfig & {
  readonly intervalMs: number;
  readonly formation: TimeWindow;
  readonly trading: TimeWindow;
  readonly zScoreWindowBars: number;
  readonly notional: number;
  readonly initialEquity: number;
  readonly feeBps: number;
  readonly slippageBps: number;
};

/** 10,000 basis points are the whole; costs at or above it would turn a sale into a payment. */
const BPS_OF_WHOLE = 10_000;

/**
 * Entry check of a backtest configuration: every field has a meaning on its own and beside the
 * others.
 *
 * @param config configuration from outside
 * @throws {InvalidInputError} "out-of-range"; the message begins with the name of the field
 */
export function requirePairBacktestConfig(config: PairBacktestConfig): void {
  requireWindow(config.formation, "formation");
  requireWindow(config.trading, "trading");
  require(config.trading.startMs >=
    config.formation.endMs, "trading.startMs must not be before formation.endMs");
  requireThresholds(config);
  require(isPositive(config.intervalMs), "intervalMs must be positive");
  require(Number.isInteger(config.zScoreWindowBars) &&
    config.zScoreWindowBars >= 2, "zScoreWindowBars must be a whole number of at least 2");
  require(isPositive(config.notional), "notional must be positive");
  require(isPositive(config.initialEquity), "initialEquity must be positive");
  require(isCost(config.feeBps), "feeBps must be at least 0 and below 10000");
  require(isCost(config.slippageBps), "slippageBps must be at least 0 and below 10000");
}

function requireThresholds(config: ZScoreReversionConfig): void {
  require(isPositive(config.entryZScore), "entryZScore must be positive");
  require(config.exitZScore >= 0 &&
    config.exitZScore < config.entryZScore, "exitZScore must be at least 0 and below entryZScore");
  require(config.stopZScore === null ||
    (config.stopZScore > config.entryZScore &&
      Number.isFinite(config.stopZScore)), "stopZScore must be above entryZScore");
  require(config.holdingMaxBars === null ||
    (Number.isInteger(config.holdingMaxBars) &&
      config.holdingMaxBars >= 1), "holdingMaxBars must be a whole number of at least 1");
}

function requireWindow(window: TimeWindow, field: "formation" | "trading"): void {
  require(Number.isFinite(window.startMs) &&
    Number.isFinite(window.endMs), `${field}.startMs and ${field}.endMs must be finite`);
  require(window.startMs < window.endMs, `${field}.startMs must be before ${field}.endMs`);
}

function isPositive(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}

function isCost(bps: number): boolean {
  return bps >= 0 && bps < BPS_OF_WHOLE;
}

function require(condition: boolean, message: string): void {
  if (!condition) throw new InvalidInputError("out-of-range", message);
}
