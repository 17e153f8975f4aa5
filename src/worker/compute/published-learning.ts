import type { LearningRunSummary, RunDetail } from "#contracts/learning-run.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import {
  PUBLISHED_MODELS,
  type PublishedForecast,
  type PublishedModel,
  publishedForecast,
  publishedSpread,
} from "#quant/learning/models/published-comparison.ts";
import { errorLosses } from "#quant/learning/scores/error-losses.ts";
import { type LossEvidence, lossEvidence } from "#quant/learning/scores/loss-evidence.ts";
import { judgedEvidence } from "#quant/learning/scores/model-verdict.ts";
import { hitShareScore, meanLossScore } from "#quant/learning/scores/row-score.ts";
import { namedIntervals } from "#quant/learning/scores/score-intervals.ts";
import { valuesAt } from "#quant/learning/training-data.ts";
import { histogram } from "#quant/performance/histogram.ts";
import { RLRT_FORECAST_BARS } from "#quant/published/rlrt-trends.ts";
import { trendHits } from "#quant/published/trend-accuracy.ts";

/** Common closes of a pair, and what it is called. */
export type PublishedPair = {
  readonly key: string;
  readonly label: string;
  readonly openTimeMs: Float64Array;
  readonly y: Float64Array;
  readonly x: Float64Array;
};

/** A model on a pair, or why there is none. */
export type PublishedPart =
  | { readonly kind: "forecast"; readonly forecast: PublishedForecast; readonly seconds: number }
  | { readonly kind: "refused"; readonly message: string };

/** Trains one model of the published comparison on one pair. */
export function trainPublished(input: {
  readonly pair: PublishedPair;
  readonly model: PublishedModel;
  readonly seed: number;
}): PublishedPart {
  const startedAtMs = performance.now();
  try {
    const spread = publishedSpread(input.pair);
    const forecast = publishedForecast(spread, input.model, { seed: input.seed });
    return { kind: "forecast", forecast, seconds: (performance.now() - startedAtMs) / 1000 };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { kind: "refused", message: error.message };
  }
}

/** The comparison as it is judged. */
export type JudgedPublished = {
  readonly results: LearningRunSummary["results"];
  readonly details: readonly {
    readonly model: string;
    readonly group: string;
    readonly detail: RunDetail;
  }[];
};

const MODELS = Object.keys(PUBLISHED_MODELS).filter(
  (name): name is PublishedModel => name in PUBLISHED_MODELS,
);

/** Scores every model on every pair, and holds each against the last value. */
export function judgePublished(input: {
  readonly pairs: readonly PublishedPair[];
  readonly parts: ReadonlyMap<string, PublishedPart>;
  readonly seed: number;
}): JudgedPublished {
  const results: LearningRunSummary["results"] = [];
  const details: JudgedPublished["details"][number][] = [];
  const evidence: LossEvidence[] = [];
  const judged: number[] = [];
  for (const pair of input.pairs) {
    const lastValue = input.parts.get(`${pair.key}/last-value`);
    for (const model of MODELS) {
      const part = input.parts.get(`${pair.key}/${model}`);
      if (part === undefined) throw new Error("Invariant: every part is done");
      if (part.kind === "refused") {
        results.push({ ...NO_RESULT, model, group: pair.key, refusal: part.message });
        continue;
      }
      const { scaled } = publishedSpread(pair);
      if (model !== "last-value" && lastValue?.kind === "forecast") {
        judged.push(results.length);
        evidence.push(
          lossEvidence(
            lossesOf(scaled, part.forecast),
            { name: PUBLISHED_MODELS["last-value"], losses: lossesOf(scaled, lastValue.forecast) },
            { horizonBars: 1, seed: input.seed },
          ),
        );
      }
      results.push({
        ...NO_RESULT,
        model,
        group: pair.key,
        scores: scoresOf(part.forecast),
        intervals: intervalsOf(scaled, part.forecast, input.seed),
        seconds: part.seconds,
      });
      details.push({ model, group: pair.key, detail: detailOf(pair, scaled, part.forecast) });
    }
  }
  judgedEvidence(evidence, "holm").forEach((verdict, i) => {
    const result = results[judged[i] ?? -1];
    if (result === undefined) throw new Error("Invariant: evidence is of a result");
    result.verdict = {
      kind: verdict.kind,
      reason: verdict.reason,
      baseline: verdict.baselineName,
      difference: verdict.difference,
      relativeDifference: verdict.relativeDifference,
      lower: verdict.interval?.lower ?? null,
      upper: verdict.interval?.upper ?? null,
      pValue: verdict.p,
      pAdjusted: verdict.pAdjusted,
      rows: verdict.rows,
    };
  });
  return { results, details };
}

const NO_RESULT = {
  refusal: null,
  scores: {},
  intervals: {},
  verdict: null,
  trials: 0,
  seconds: 0,
} as const;

function lossesOf(
  scaled: Float64Array,
  { forecasts }: PublishedForecast,
  loss: "squared" | "absolute" = "squared",
): Float64Array {
  const places = testPlaces(forecasts);
  return errorLosses(valuesAt(scaled, places), valuesAt(forecasts, places), loss);
}

function testPlaces(forecasts: Float64Array): Int32Array {
  return Int32Array.from(forecasts.keys()).filter((i) => Number.isFinite(forecasts[i]));
}

/** Of what is scored on the test bars. */
function intervalsOf(
  scaled: Float64Array,
  forecast: PublishedForecast,
  seed: number,
): Record<string, { lower: number; upper: number }> {
  const places = testPlaces(forecast.forecasts);
  const hits = (reference: "window-mean" | "last-value") =>
    hitShareScore(valuesAt(trendHits(scaled, forecast.trends, reference), places));
  const scores = {
    meanSquaredError: meanLossScore(lossesOf(scaled, forecast)),
    meanAbsoluteError: meanLossScore(lossesOf(scaled, forecast, "absolute")),
    trendAccuracyPublished: hits("window-mean"),
    trendAccuracy: hits("last-value"),
  };
  return namedIntervals(scores, { seed, horizonRows: RLRT_FORECAST_BARS });
}

/** Accuracies are shares of trends that came true, by the published definition and against the last value. */
function scoresOf(forecast: PublishedForecast): Record<string, number | null> {
  const { wholeSpan } = forecast;
  return {
    meanSquaredError: forecast.meanSquaredError,
    meanAbsoluteError: forecast.meanAbsoluteError,
    trendAccuracyPublished: forecast.accuracyPublished,
    trendAccuracy: forecast.accuracyAgainstLast,
    ...(wholeSpan === null
      ? {}
      : {
          wholeTrendAccuracyPublished: wholeSpan.published,
          wholeTrendAccuracy: wholeSpan.againstLast,
          bestTrendAccuracyPublished: wholeSpan.publishedAtBest,
          bestTrendAccuracy: wholeSpan.againstLastAtBest,
        }),
  };
}

function detailOf(
  { openTimeMs }: PublishedPair,
  scaled: Float64Array,
  { forecasts }: PublishedForecast,
): RunDetail {
  const places = testPlaces(forecasts);
  const forecast = valuesAt(forecasts, places);
  const errors = valuesAt(scaled, places).map((value, i) => value - (forecast[i] ?? 0));
  const residuals = histogram(errors);
  return {
    chosen: [],
    learned: [],
    learningCurve: null,
    classCurves: [],
    confusion: null,
    importance: null,
    contributions: null,
    partialDependence: null,
    predictions: {
      timeMs: Array.from(places, (i) => openTimeMs[i] ?? 0),
      source: Array.from(places, (i) => scaled[i] ?? null),
      target: Array.from(places, (i) => scaled[i] ?? 0),
      predicted: Array.from(places, (i) => forecasts[i] ?? null),
    },
    residuals: { edges: [...residuals.edges], counts: [...residuals.counts] },
  };
}
