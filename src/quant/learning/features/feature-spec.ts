import type { BaseColumn } from "./feature-source.ts";

/** What a feature is made of: a column, or another feature. */
export type FeatureSource = BaseColumn | FeatureSpec;

/** Features may be made of features; deeper than this nobody reads them. */
export const FEATURE_DEPTH_MAX = 4;

/** Columns of one dataset; more are a mistake of whatever listed them. */
export const FEATURES_MAX = 500;

type Of = { readonly of: FeatureSource };
type OverBars = { readonly periodBars: number };
type OfWindow = Of & { readonly windowBars: number };
type BarsBack = Of & { readonly lagBars: number };

/** The column itself. */
export type ColumnFeature = { readonly kind: "column" } & Of;

/** The value of lagBars ago. */
export type LagFeature = { readonly kind: "lag" } & BarsBack;

/** v / v of lagBars ago − 1, or its logarithm ln(v / v of lagBars ago). */
export type ReturnFeature = { readonly kind: "return"; readonly form: "simple" | "log" } & BarsBack;

/** v − v of lagBars ago. */
export type DeltaFeature = { readonly kind: "delta" } & BarsBack;

/** One column less another. */
export type DifferenceFeature = { readonly kind: "difference"; readonly minus: FeatureSource } & Of;

/** 1 on the bar on which `of` rises above `over`, −1 on which it falls below, else 0. */
export type CrossoverFeature = { readonly kind: "crossover"; readonly over: FeatureSource } & Of;

/** Mean of the last bars. */
export type SmaFeature = { readonly kind: "sma" } & Of & OverBars;

/** Mean that forgets: weight 2 / (periodBars + 1); see decayWindow for how far back it reads. */
export type EmaFeature = { readonly kind: "ema" } & Of & OverBars;

/** Share of the recent movement that went up, 0 to 100, by averages of weight 1 / periodBars. */
export type RsiFeature = { readonly kind: "rsi" } & Of & OverBars;

/** Fast average less slow one, the average of that, or what is left; each an `ema`. */
export type MacdFeature = {
  readonly kind: "macd";
  readonly fastBars: number;
  readonly slowBars: number;
  readonly signalBars: number;
  readonly line: "macd" | "signal" | "histogram";
} & Of;

/**
 * Place between the bands (0 at the lower, 1 at the upper), their distance in the unit of the source, or
 * that as a share of their middle.
 */
export type BollingerFeature = {
  readonly kind: "bollinger";
  readonly deviations: number;
  readonly measure: "position" | "width" | "width-share";
} & Of &
  OverBars;

/** Average true range of an instrument, weight 1 / periodBars, in its price or as a share of its close. */
export type AtrFeature = {
  readonly kind: "atr";
  readonly instrument: "own" | "y" | "x";
  readonly scale: "price" | "share-of-close";
} & OverBars;

/** Standard deviations from the mean of the last bars; divisor windowBars − 1. */
export type ZScoreFeature = { readonly kind: "z-score" } & OfWindow;

/** Standard deviation of the last bars, divisor windowBars − 1. */
export type DeviationFeature = { readonly kind: "deviation" } & OfWindow;

/** Bars in which half of a deviation decays, by the last bars; at most windowBars. */
export type HalfLifeFeature = { readonly kind: "half-life" } & OfWindow;

/** Volume over its own mean of the last bars, the present one included. */
export type VolumeFeature = { readonly kind: "volume" } & Of & OverBars;

/** Where in its day or week a bar opens, as a point on a circle; UTC. */
export type TimeFeature = {
  readonly kind: "time";
  readonly cycle: "hour-of-day" | "day-of-week";
  readonly wave: "sine" | "cosine";
  /** Whether a week has seven days or five; see MarketCalendar. */
  readonly calendar: "continuous" | "weekdays";
};

/** One column of a dataset, as plain data. Every kind is described in FEATURE_KINDS. */
export type FeatureSpec =
  | ColumnFeature
  | LagFeature
  | ReturnFeature
  | DeltaFeature
  | DifferenceFeature
  | CrossoverFeature
  | SmaFeature
  | EmaFeature
  | RsiFeature
  | MacdFeature
  | BollingerFeature
  | AtrFeature
  | ZScoreFeature
  | DeviationFeature
  | HalfLifeFeature
  | VolumeFeature
  | TimeFeature;

/**
 * Sources of a feature, in the order in which its name lists them.
 *
 * @param feature any
 * @returns none (atr, time), one or two
 */
export function featureSources(feature: FeatureSpec): readonly FeatureSource[] {
  switch (feature.kind) {
    case "atr":
    case "time":
      return [];
    case "difference":
      return [feature.of, feature.minus];
    case "crossover":
      return [feature.of, feature.over];
    default:
      return [feature.of];
  }
}

/** A source as a feature: a column by itself is one. */
export function asFeature(source: FeatureSource): FeatureSpec {
  return typeof source === "string" ? { kind: "column", of: source } : source;
}

/**
 * How many features stand within each other.
 *
 * @param feature any
 * @returns 1 of a feature of columns
 */
export function featureDepth(feature: FeatureSpec): number {
  return 1 + Math.max(0, ...featureSources(feature).map(sourceDepth));
}

function sourceDepth(source: FeatureSource): number {
  return typeof source === "string" ? 0 : featureDepth(source);
}
