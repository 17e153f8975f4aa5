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
import { histogram } from "#quant/performance/histogram.ts";

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

function lossesOf(scaled: Float64Array, { forecasts }: PublishedForecast): Float64Array {
  const places = testPlaces(forecasts);
  return errorLosses(
    Float64Array.from(places, (i) => scaled[i] ?? Number.NaN),
    Float64Array.from(places, (i) => forecasts[i] ?? Number.NaN),
    "squared",
  );
}

function testPlaces(forecasts: Float64Array): number[] {
  return Array.from(forecasts.keys()).filter((i) => Number.isFinite(forecasts[i]));
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
  const errors = Float64Array.from(places, (i) => (scaled[i] ?? 0) - (forecasts[i] ?? 0));
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
      timeMs: places.map((i) => openTimeMs[i] ?? 0),
      source: places.map((i) => scaled[i] ?? null),
      target: places.map((i) => scaled[i] ?? 0),
      predicted: places.map((i) => forecasts[i] ?? null),
    },
    residuals: { edges: [...residuals.edges], counts: [...residuals.counts] },
  };
}
