import type { FeatureSource, FeatureSpec } from "./feature-spec.ts";

/**
 * Name of a feature: says all of it, so that equal names are equal features.
 *
 * @param feature any
 * @returns for example `sma(spread, 10)` or `difference(sma(close, 10), sma(close, 30))`; of a column
 *   the name of the column
 *
 * Cost: O(nodes).
 */
export function featureName(feature: FeatureSpec): string {
  if (feature.kind === "column") return sourceName(feature.of);
  return `${feature.kind}(${argumentsOf(feature).join(", ")})`;
}

/**
 * Name of what a feature is made of.
 *
 * @param source a column or a feature
 * @returns see featureName
 */
export function sourceName(source: FeatureSource): string {
  return typeof source === "string" ? source : featureName(source);
}

type Argument = string | number;

function argumentsOf(feature: FeatureSpec): readonly Argument[] {
  switch (feature.kind) {
    case "column":
      return [sourceName(feature.of)];
    case "lag":
    case "delta":
      return [sourceName(feature.of), feature.lagBars];
    case "return":
      return [sourceName(feature.of), feature.lagBars, feature.form];
    case "difference":
      return [sourceName(feature.of), sourceName(feature.minus)];
    case "crossover":
      return [sourceName(feature.of), sourceName(feature.over)];
    case "sma":
    case "ema":
    case "rsi":
    case "volume":
      return [sourceName(feature.of), feature.periodBars];
    case "macd": {
      const { of, fastBars, slowBars, signalBars, line } = feature;
      return [sourceName(of), fastBars, slowBars, signalBars, line];
    }
    case "bollinger": {
      const { of, periodBars, deviations, measure } = feature;
      return [sourceName(of), periodBars, deviations, measure];
    }
    case "atr":
      return [feature.instrument, feature.periodBars, feature.scale];
    case "z-score":
    case "deviation":
    case "half-life":
      return [sourceName(feature.of), feature.windowBars];
    case "time":
      return [feature.cycle, feature.wave, feature.calendar];
  }
}
