import { emaWindow, wilderWindow } from "./decay-window.ts";
import {
  type FeatureSource,
  type FeatureSpec,
  featureSources,
  type MacdFeature,
} from "./feature-spec.ts";
import { type SpreadSpec, spreadLookBackBars, spreadWarmUpBars } from "./spread-spec.ts";

/**
 * Look-back of a feature: how many bars before its own it reads.
 *
 * @param feature any
 * @param spread how the spread is made, where it reads one; else null
 * @returns a whole number ≥ 0, exactly: the bar of that distance is read, and none before; Infinity of a
 *   spread that reads the whole past
 */
export function featureLookBackBars(feature: FeatureSpec, spread: SpreadSpec | null): number {
  return barsBefore(feature, spread === null ? 0 : spreadLookBackBars(spread));
}

/**
 * Warm-up of a feature: the first bar that can have it, counted from 0, when no bar is missing.
 *
 * @param feature any
 * @param spread how the spread is made, where it reads one; else null
 * @returns a whole number ≥ 0, finite: the look-back, but for spreads that read the whole past or a
 *   formation
 */
export function featureWarmUpBars(feature: FeatureSpec, spread: SpreadSpec | null): number {
  return barsBefore(feature, spread === null ? 0 : spreadWarmUpBars(spread));
}

function barsBefore(feature: FeatureSpec, spreadBars: number): number {
  const sources = featureSources(feature).map((source) => sourceBars(source, spreadBars));
  return ownBars(feature) + Math.max(0, ...sources);
}

function sourceBars(source: FeatureSource, spreadBars: number): number {
  if (typeof source !== "string") return barsBefore(source, spreadBars);
  return source === "spread" || source === "hedge-ratio" ? spreadBars : 0;
}

/** Bars before its own that a feature reads of its sources. */
function ownBars(feature: FeatureSpec): number {
  switch (feature.kind) {
    case "column":
    case "difference":
    case "time":
      return 0;
    case "crossover":
      return 1;
    case "lag":
    case "delta":
    case "return":
      return feature.lagBars;
    case "sma":
    case "bollinger":
    case "volume":
      return feature.periodBars - 1;
    case "z-score":
    case "deviation":
    case "half-life":
      return feature.windowBars - 1;
    case "ema":
      return emaWindow(feature.periodBars).bars - 1;
    // A change and a true range read the close of the bar before.
    case "rsi":
    case "atr":
      return wilderWindow(feature.periodBars).bars;
    case "macd":
      return macdBars(feature);
  }
}

function macdBars({ fastBars, slowBars, signalBars, line }: MacdFeature): number {
  const ofLine = Math.max(emaWindow(fastBars).bars, emaWindow(slowBars).bars) - 1;
  return line === "macd" ? ofLine : ofLine + emaWindow(signalBars).bars - 1;
}
