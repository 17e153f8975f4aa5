import { InvalidInputError } from "../../invalid-input-error.ts";
import { minMaxScaled } from "../../published/min-max-scaled.ts";
import { mostAccurateThreshold } from "../../published/rlrt-threshold.ts";
import { rlrtTrendFits, rlrtTrends } from "../../published/rlrt-trends.ts";
import { simpleOls } from "../../stats/ols.ts";
import { type ForecasterSettings, fitForecaster, forecasts } from "../forecasting/forecaster.ts";
import { predictNetwork } from "../networks/network-predictor.ts";
import { PUBLISHED_ENCODER_DECODER } from "../networks/network-settings.ts";
import { trainNetwork } from "../networks/train-network.ts";
import { errorLosses } from "../scores/error-losses.ts";
import { forecastTrends, trendScores } from "../scores/trend-scores.ts";
import { type TrainingOptions, tableRows, valuesAt } from "../training-data.ts";
import { DEFAULT_BOOSTING } from "../trees/boosting-parameters.ts";
import { gradientBoosting } from "../trees/gradient-boosting.ts";
import { DEFAULT_FOREST, randomForest } from "../trees/random-forest.ts";
import { treeScores } from "../trees/tree-scores.ts";

/** Models of the published comparison, the last value before them; its Prophet is left out. */
export const PUBLISHED_MODELS = {
  "last-value": "Last value",
  "random-forest": "Random forest, 100 trees on 5 lags",
  "gradient-boosting": "Boosting, 100 trees on 5 lags",
  arima: "ARIMA, p and q to 2, d to 1, by AIC",
  "lstm-encoder-decoder": "LSTM(50) encoder and decoder, 3 bars to 1",
  rlrt: "Rolling linear trend (RLRT)",
} as const;

export type PublishedModel = keyof typeof PUBLISHED_MODELS;

/** Lags that trees look at, bars that the network reads, and the share that is learned from. */
const LAGS = 5;
const NETWORK_BARS = 3;
const TRAINING_SHARE = 0.8;

/** R² that the published accuracy of RLRT was told at. */
const RLRT_R_SQUARED_MIN = 0.6;

/** The series of a pair that was published on: the residual of the whole span, scaled to [0, 1] by the whole span. */
export type PublishedSpread = {
  readonly hedgeRatio: number;
  readonly intercept: number;
  /** n values. */
  readonly scaled: Float64Array;
  /** First bar that is forecast, not learned from. */
  readonly testFrom: number;
};

/** What a model said, one step ahead, and how it is scored by the published definitions and by ours. */
export type PublishedForecast = {
  /** Forecast of every test bar, made at the bar before it; NaN before the test. */
  readonly forecasts: Float64Array;
  /** Which way each test bar and those after it are said to go: −1, 0, 1; NaN where nothing is said. */
  readonly trends: Float64Array;
  readonly meanSquaredError: number;
  readonly meanAbsoluteError: number;
  /** Of test bars; of RLRT its own trends. Null without a trend. */
  readonly accuracyPublished: number | null;
  readonly accuracyAgainstLast: number | null;
  /** Of RLRT: all bars, as published, at its R² of 0.6, and at the R² that did best on these bars. */
  readonly wholeSpan: {
    readonly published: number | null;
    readonly againstLast: number | null;
    readonly publishedAtBest: number | null;
    readonly againstLastAtBest: number | null;
    readonly rSquaredAtBest: number;
  } | null;
};

/**
 * Spread of a pair as published: least squares of leg Y on leg X over the whole span, and scaled by its smallest
 * and largest value. Both look ahead, and that is part of what was published.
 *
 * @param closes n ≥ 60 closes of both legs, aligned
 * @throws {InvalidInputError} "too-short"; as ols and minMaxScaled
 */
export function publishedSpread(closes: {
  readonly y: Float64Array;
  readonly x: Float64Array;
}): PublishedSpread {
  const { y, x } = closes;
  if (y.length < 60) {
    throw new InvalidInputError("too-short", "the published comparison needs 60 common bars");
  }
  const { slope, intercept } = simpleOls(y, x);
  const residual = y.map((price, i) => price - intercept - slope * x[i]!);
  return {
    hedgeRatio: slope,
    intercept,
    scaled: minMaxScaled(residual),
    testFrom: Math.floor(TRAINING_SHARE * y.length),
  };
}

/**
 * Forecasts of one model of the published comparison: learns from the first four fifths, forecasts each bar of
 * the rest from the bars before it, parameters as they were learned.
 *
 * @param spread of publishedSpread
 * @param model which
 * @param options seed, progress and cancel
 * @throws {InvalidInputError} a model cannot be trained
 *
 * Source: the published comparison's own settings; the published accuracy compares the mean of the next three
 * bars with the mean of the ten before, ours with the last one. Checked: RLRT on the published prices, in the test.
 */
export function publishedForecast(
  spread: PublishedSpread,
  model: PublishedModel,
  options: TrainingOptions,
): PublishedForecast {
  const { scaled, testFrom } = spread;
  const said = forecastsOf(spread, model, options).map((value, i) =>
    i < testFrom ? Number.NaN : value,
  );
  const places = Int32Array.from(scaled.keys()).filter((i) => !Number.isNaN(said[i]!));
  if (places.length === 0) throw new InvalidInputError("too-short", "nothing was forecast");
  const [actual, predicted] = [valuesAt(scaled, places), valuesAt(said, places)];
  const fits = model === "rlrt" ? rlrtTrendFits(scaled) : null;
  const trends =
    fits === null
      ? forecastTrends(scaled, said)
      : rlrtTrends(fits, RLRT_R_SQUARED_MIN).map((trend, i) => (i < testFrom ? Number.NaN : trend));
  const accuracy = trendScores(scaled, trends);
  return {
    forecasts: said,
    trends,
    meanSquaredError: meanOf(errorLosses(actual, predicted, "squared")),
    meanAbsoluteError: meanOf(errorLosses(actual, predicted, "absolute")),
    accuracyPublished: accuracy.published.share,
    accuracyAgainstLast: accuracy.againstLastValue.share,
    wholeSpan: fits === null ? null : wholeSpanOf(scaled, fits),
  };
}

function wholeSpanOf(
  scaled: Float64Array,
  fits: ReturnType<typeof rlrtTrendFits>,
): PublishedForecast["wholeSpan"] {
  const { chosen } = mostAccurateThreshold(scaled, fits);
  const usual = trendScores(scaled, rlrtTrends(fits, RLRT_R_SQUARED_MIN));
  const best = trendScores(scaled, rlrtTrends(fits, chosen.rSquaredMin));
  return {
    published: usual.published.share,
    againstLast: usual.againstLastValue.share,
    publishedAtBest: best.published.share,
    againstLastAtBest: best.againstLastValue.share,
    rSquaredAtBest: chosen.rSquaredMin,
  };
}

/** Forecast of each bar from the bars before it; NaN where there is none. */
function forecastsOf(
  { scaled, testFrom }: PublishedSpread,
  model: PublishedModel,
  options: TrainingOptions,
): Float64Array {
  switch (model) {
    case "last-value":
      return forecastSeries({ kind: "last-value" }, scaled, testFrom, options);
    case "arima":
      return forecastSeries(
        { kind: "arima-by-aic", orderMax: 2, differences: [0, 1], comparison: "own-values" },
        scaled,
        testFrom,
        options,
      );
    case "rlrt":
      return forecastSeries(
        { kind: "rlrt", windowBars: 10, rSquaredMin: RLRT_R_SQUARED_MIN },
        scaled,
        testFrom,
        options,
      );
    case "random-forest":
    case "gradient-boosting":
      return forecastByTrees(scaled, testFrom, model, options);
    case "lstm-encoder-decoder":
      return forecastByNetwork(scaled, testFrom, options);
  }
}

function forecastSeries(
  settings: ForecasterSettings,
  scaled: Float64Array,
  testFrom: number,
  options: TrainingOptions,
): Float64Array {
  const fit = fitForecaster(settings, scaled.subarray(0, testFrom), options);
  if (fit.kind === "refused") {
    throw new InvalidInputError("constant", `the series cannot be forecast: ${fit.reason}`);
  }
  return laidAhead(forecasts(fit.model, scaled, 1));
}

/** What was said at a bar of the next one, at the next one. */
function laidAhead(said: Float64Array): Float64Array {
  return said.map((_, i) => (i === 0 ? Number.NaN : said[i - 1]!));
}

function forecastByTrees(
  scaled: Float64Array,
  testFrom: number,
  model: "random-forest" | "gradient-boosting",
  options: TrainingOptions,
): Float64Array {
  const rowCount = scaled.length - LAGS;
  const names = Array.from({ length: LAGS }, (_, lag) => `lag ${lag + 1}`);
  const columns = names.map((_, lag) => scaled.slice(LAGS - 1 - lag, LAGS - 1 - lag + rowCount));
  const table = { names, columns, rowCount };
  const training = Int32Array.from({ length: testFrom - LAGS }, (_, i) => i);
  const data = {
    table: tableRows(table, training),
    target: scaled.slice(LAGS, testFrom),
    classCount: 0,
    weights: null,
  };
  const fitted =
    model === "random-forest"
      ? randomForest(data, { ...DEFAULT_FOREST, featuresTried: "all" }, options)
      : gradientBoosting(data, { ...DEFAULT_BOOSTING, rounds: 100 }, options);
  const said = new Float64Array(scaled.length).fill(Number.NaN);
  said.set(treeScores(fitted, table), LAGS);
  return said;
}

function forecastByNetwork(
  scaled: Float64Array,
  testFrom: number,
  options: TrainingOptions,
): Float64Array {
  const endsTo = (from: number, to: number) =>
    Int32Array.from({ length: to - from }, (_, i) => from + i);
  const ends = endsTo(NETWORK_BARS - 1, testFrom - 1);
  const { network } = trainNetwork(
    {
      windows: { columns: [scaled], ends, lengthBars: NETWORK_BARS },
      targets: Float64Array.from(ends, (end) => scaled[end + 1]!),
      outputSteps: 1,
      classCount: 0,
      weights: null,
      bars: ends,
      horizonBars: 1,
    },
    PUBLISHED_ENCODER_DECODER,
    options,
  );
  const asked = endsTo(NETWORK_BARS - 1, scaled.length - 1);
  const answers = predictNetwork(network, {
    columns: [scaled],
    ends: asked,
    lengthBars: NETWORK_BARS,
  });
  const said = new Float64Array(scaled.length).fill(Number.NaN);
  said.set(answers, NETWORK_BARS);
  return said;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
