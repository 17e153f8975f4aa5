import type { Predictions, RunDetail, StoredRunDetail } from "#contracts/learning-run.ts";
import type { Dataset } from "#quant/learning/labels/dataset.ts";
import type { FoldOutcome } from "#quant/learning/models/train-on-fold.ts";
import { calibrationCurve } from "#quant/learning/scores/calibration-curve.ts";
import type { ClassPredictions } from "#quant/learning/scores/class-predictions.ts";
import { classificationScores } from "#quant/learning/scores/classification-scores.ts";
import { precisionRecallCurve } from "#quant/learning/scores/precision-recall-curve.ts";
import { rankingScores } from "#quant/learning/scores/ranking-scores.ts";
import { rocCurve } from "#quant/learning/scores/roc-curve.ts";
import { valuesAt } from "#quant/learning/training-data.ts";
import { histogram } from "#quant/performance/histogram.ts";

/** Points of the predictions over time that are kept: of one book, and of all books of a group together. */
const POINTS_MAX = 2_000;
const POINTS_TOTAL = 40_000;

/**
 * What the page of a model on a group draws.
 *
 * @param rows of the group
 * @param places of the judged rows
 * @param outputs of the model there
 * @param outcomes of its folds
 */
export function learningDetail(
  rows: Dataset,
  places: Int32Array,
  outputs: Float64Array,
  outcomes: readonly FoldOutcome[],
): StoredRunDetail {
  const { classCount } = rows;
  const target = valuesAt(rows.target, places);
  const last = outcomes.at(-1);
  const explanation = last?.explanation ?? null;
  return {
    ...(classCount === 0 || places.length === 0
      ? NO_CLASSES
      : ofClasses({ actual: target, probabilities: outputs, classCount })),
    chosen: outcomes.map(({ parameters }) => ({ ...parameters })),
    learned: outcomes.map(({ learned }) => known({ ...learned })),
    learningCurve:
      last === undefined || last.curve === null
        ? null
        : {
            unit: last.curve.unit,
            ...(last.curve.at === undefined ? {} : { at: [...last.curve.at] }),
            training: Array.from(last.curve.training, finiteOrNull),
            validation: Array.from(last.curve.validation, finiteOrNull),
          },
    importance:
      explanation?.importance.map(({ feature, mean, deviation }) => ({
        feature,
        mean,
        deviation: deviation ?? 0,
      })) ?? null,
    contributions:
      explanation?.contributions?.map(({ feature, mean }) => ({ feature, mean })) ?? null,
    partialDependence:
      explanation?.dependence.map(({ feature, x, y }) => ({ feature, x: [...x], y: [...y] })) ??
      null,
    predictions: predictionsOf(rows, places, outputs, 0),
    ...(rows.sources.length === 1
      ? {}
      : {
          memberPredictions: rows.sources.map((_, member) =>
            predictionsOf(rows, places, outputs, member),
          ),
        }),
    residuals: classCount === 0 ? residualsOf(target, outputs) : null,
  };
}

type OfClasses = Pick<RunDetail, "classCurves" | "confusion">;

const NO_CLASSES: OfClasses = { classCurves: [], confusion: null };

/** Each class against the rest, and which was taken for which. */
function ofClasses(predictions: ClassPredictions): OfClasses {
  const { classCount } = predictions;
  const { confusion } = classificationScores(predictions);
  const { classes } = rankingScores(predictions);
  return {
    classCurves: classes.map(({ rocAuc, averagePrecision }, positive) => ({
      ...curvesOf(predictions, positive),
      rocAuc,
      averagePrecision,
    })),
    confusion: Array.from({ length: classCount }, (_, row) => [
      ...confusion.subarray(row * classCount, (row + 1) * classCount),
    ]),
  };
}

function curvesOf(predictions: ClassPredictions, positive: number) {
  const { actual } = predictions;
  const roc = rocCurve(predictions, { positive });
  const precisionRecall = precisionRecallCurve(predictions, { positive });
  const calibration = calibrationCurve(predictions, { positive, binning: "quantile" });
  return {
    roc: roc && { x: [...roc.falsePositiveRate], y: [...roc.truePositiveRate] },
    precisionRecall: precisionRecall && {
      x: [...precisionRecall.recall],
      y: [...precisionRecall.precision],
    },
    calibration: {
      predicted: [...calibration.meanPredicted],
      observed: [...calibration.shareOfClass],
      rows: [...calibration.counts],
    },
    share: actual.filter((one) => one === positive).length / actual.length,
  };
}

/** Of many rows some, evenly spread. */
function predictionsOf(
  rows: Dataset,
  places: Int32Array,
  outputs: Float64Array,
  member: number,
): Predictions {
  const width = Math.max(1, rows.classCount);
  const own = Array.from(places.keys()).filter((i) => rows.groups[places[i] ?? 0] === member);
  const points = Math.min(POINTS_MAX, POINTS_TOTAL / rows.sources.length);
  const step = Math.max(1, Math.ceil(own.length / points));
  const drawn = own.filter((_, i) => i % step === 0);
  const placeOf = (i: number) => places[i] ?? 0;
  return {
    timeMs: drawn.map((i) => rows.times.timeMs[placeOf(i)] ?? 0),
    source: drawn.map((i) => finiteOrNull(rows.sources[member]?.[rows.bars[placeOf(i)] ?? 0])),
    target: drawn.map((i) => rows.target[placeOf(i)] ?? 0),
    predicted: drawn.map((i) => finiteOrNull(outputs[i * width + width - 1])),
  };
}

function residualsOf(target: Float64Array, outputs: Float64Array): RunDetail["residuals"] {
  if (target.length === 0) return null;
  const errors = target.map((value, i) => value - (outputs[i] ?? Number.NaN));
  const { edges, counts } = histogram(errors);
  return { edges: [...edges], counts: [...counts] };
}

function known(values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => Number.isFinite(value)));
}

function finiteOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}
