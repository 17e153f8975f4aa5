import type { RunDetail } from "#contracts/learning-run.ts";
import type { CurvePoint, LearningCurve } from "#ui/charts/learning-curve-option.ts";

type Curve = { readonly x: readonly number[]; readonly y: readonly (number | null)[] };

function pointsOf({ x, y }: Curve): readonly CurvePoint[] {
  return x.map((at, i) => [at, y[i] ?? null]);
}

const DIAGONAL: readonly CurvePoint[] = [
  [0, 0],
  [1, 1],
];

/** True against false positives over all thresholds, beside guessing. */
export function rocCurve({ roc }: Pick<RunDetail, "roc">): LearningCurve | null {
  if (roc === null) return null;
  return {
    x: { name: "False positives", isShare: true },
    y: { name: "True positives", isShare: true },
    lines: [
      { name: "Model", colour: "accent", points: pointsOf(roc) },
      { name: "Guessing", colour: "threshold", isDashed: true, points: DIAGONAL },
    ],
  };
}

/** Precision against recall over all thresholds, beside the share of the class, which is what guessing gives. */
export function precisionRecallCurve({
  precisionRecall,
  confusion,
}: Pick<RunDetail, "precisionRecall" | "confusion">): LearningCurve | null {
  if (precisionRecall === null) return null;
  const share = lastClassShare(confusion);
  const guessing: readonly CurvePoint[] =
    share === null
      ? []
      : [
          [0, share],
          [1, share],
        ];
  return {
    x: { name: "Recall", isShare: true },
    y: { name: "Precision", isShare: true },
    lines: [
      { name: "Model", colour: "accent", points: pointsOf(precisionRecall) },
      { name: "Guessing", colour: "threshold", isDashed: true, points: guessing },
    ],
  };
}

function lastClassShare(confusion: RunDetail["confusion"]): number | null {
  if (confusion === null) return null;
  const total = confusion.flat().reduce((sum, rows) => sum + rows, 0);
  const own = (confusion.at(-1) ?? []).reduce((sum, rows) => sum + rows, 0);
  return total === 0 ? null : own / total;
}

/** How often it came when so much was said, beside what is perfect. */
export function calibrationCurve({
  calibration,
}: Pick<RunDetail, "calibration">): LearningCurve | null {
  if (calibration === null) return null;
  const { predicted, observed } = calibration;
  return {
    x: { name: "Probability that was said", isShare: true },
    y: { name: "How often it came", isShare: true },
    lines: [
      {
        ...{ name: "Model", colour: "accent", hasSymbols: true },
        points: pointsOf({ x: predicted, y: observed }),
      },
      { name: "Perfect", colour: "threshold", isDashed: true, points: DIAGONAL },
    ],
  };
}

/** Loss by round or epoch, on what is learned from and on what was held back of it. */
export function learningCurve(
  { learningCurve: curve }: Pick<RunDetail, "learningCurve">,
  loss: string,
): LearningCurve | null {
  if (curve === null) return null;
  const { unit, training, validation } = curve;
  const line = (values: readonly (number | null)[]) =>
    values.map((value, i): CurvePoint => [i + 1, value]);
  const isHeldBack = validation.some((value) => value !== null);
  return {
    x: { name: unit === "epoch" ? "Epoch" : "Round", isShare: false },
    y: { name: loss, isShare: false },
    lines: [
      { name: "Learned from", colour: "inSample", points: line(training) },
      ...(isHeldBack
        ? [{ name: "Held back", colour: "outOfSample", points: line(validation) } as const]
        : []),
    ],
  };
}

export type DependenceCurve = { readonly feature: string; readonly curve: LearningCurve };

/** What the answer is, on average, where a feature has a value. */
export function dependenceCurves(
  { partialDependence }: Pick<RunDetail, "partialDependence">,
  answer: string,
): readonly DependenceCurve[] {
  return (partialDependence ?? []).map(({ feature, x, y }) => ({
    feature,
    curve: {
      x: { name: feature, isShare: false },
      y: { name: answer, isShare: false },
      lines: [{ name: "Mean answer", colour: "accent", points: pointsOf({ x, y }) }],
    },
  }));
}
