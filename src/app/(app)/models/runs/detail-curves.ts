import type { ClassCurves, RunDetail } from "#contracts/learning-run.ts";
import type { ChartColour } from "#ui/charts/chart-palette.ts";
import type { CurvePoint, LearningCurve, LearningLine } from "#ui/charts/learning-curve-option.ts";

type Curve = { readonly x: readonly number[]; readonly y: readonly (number | null)[] };

function pointsOf({ x, y }: Curve): readonly CurvePoint[] {
  return x.map((at, i) => [at, y[i] ?? null]);
}

const DIAGONAL: readonly CurvePoint[] = [
  [0, 0],
  [1, 1],
];

/** Classes have an order; of two the last one is drawn, as its curves tell those of the other. */
const CLASS_COLOURS: readonly ChartColour[] = ["short", "spread", "long", "legX", "zScore"];

/** Curves of one class, with the name and the colour that it has in all of them. */
export type NamedCurves = Omit<ClassCurves, "calibration" | "share"> & {
  readonly name: string;
  readonly colour: ChartColour;
  readonly calibration: ClassCurves["calibration"] | null;
  /** null: not known. */
  readonly share: number | null;
};

/** Which classes there are curves of: of two the last, of more each, of older results the last alone. */
export function curvesByClass(
  detail: Pick<RunDetail, "classCurves" | "roc" | "precisionRecall" | "calibration" | "confusion">,
  classes: readonly string[],
): readonly NamedCurves[] {
  const { classCurves, roc = null, precisionRecall = null, calibration = null } = detail;
  const last = classes.length - 1;
  if (classCurves === undefined) {
    if (roc === null && precisionRecall === null && calibration === null) return [];
    const share = lastClassShare(detail.confusion);
    const areas = { rocAuc: null, averagePrecision: null };
    return [named({ roc, precisionRecall, calibration, ...areas, share }, last, classes)];
  }
  const all = classCurves.map((curves, place) => named(curves, place, classes));
  return all.length === 2 ? all.slice(1) : all;
}

function named(
  curves: Omit<NamedCurves, "name" | "colour">,
  place: number,
  classes: readonly string[],
): NamedCurves {
  const colour =
    classes.length <= 2 ? "accent" : (CLASS_COLOURS[place % CLASS_COLOURS.length] ?? "accent");
  return { ...curves, name: classes[place] ?? `class ${place + 1}`, colour };
}

/** True against false positives over all thresholds, beside guessing; null: there is nothing to draw. */
export function rocCurve(classes: readonly NamedCurves[]): LearningCurve | null {
  const lines = classes.flatMap(({ name, colour, roc, rocAuc }): LearningLine[] =>
    roc === null ? [] : [{ name: withFigure(name, "AUC", rocAuc), colour, points: pointsOf(roc) }],
  );
  if (lines.length === 0) return null;
  return {
    x: { name: "False positives", isShare: true },
    y: { name: "True positives", isShare: true },
    lines: [
      ...lines,
      { name: "Guessing, AUC 0.500", colour: "threshold", isDashed: true, points: DIAGONAL },
    ],
  };
}

/** Precision against recall over all thresholds, beside the share of the class, which is what guessing gives. */
export function precisionRecallCurve(classes: readonly NamedCurves[]): LearningCurve | null {
  const drawn = classes.filter(({ precisionRecall }) => precisionRecall !== null);
  if (drawn.length === 0) return null;
  return {
    x: { name: "Recall", isShare: true },
    y: { name: "Precision", isShare: true },
    lines: drawn.flatMap(({ name, colour, precisionRecall, averagePrecision, share }) => [
      {
        name: withFigure(name, "average precision", averagePrecision),
        colour,
        points: precisionRecall === null ? [] : pointsOf(precisionRecall),
      },
      ...(share === null
        ? []
        : [
            {
              name:
                drawn.length === 1
                  ? `Guessing, ${share.toFixed(AREA_DIGITS)}`
                  : `Guessing ${name}, ${share.toFixed(AREA_DIGITS)}`,
              colour: drawn.length === 1 ? ("threshold" as const) : colour,
              isDashed: true,
              points: [
                [0, share],
                [1, share],
              ] as const,
            },
          ]),
    ]),
  };
}

const AREA_DIGITS = 3;

function withFigure(name: string, figure: string, value: number | null): string {
  return value === null ? name : `${name}, ${figure} ${value.toFixed(AREA_DIGITS)}`;
}

function lastClassShare(confusion: RunDetail["confusion"]): number | null {
  if (confusion === null) return null;
  const total = confusion.flat().reduce((sum, rows) => sum + rows, 0);
  const own = (confusion.at(-1) ?? []).reduce((sum, rows) => sum + rows, 0);
  return total === 0 ? null : own / total;
}

/** How often it came when so much was said, beside what is perfect. */
export function calibrationCurves(classes: readonly NamedCurves[]): LearningCurve | null {
  const lines = classes.flatMap(({ name, colour, calibration }): LearningLine[] =>
    calibration === null
      ? []
      : [
          {
            ...{ name, colour, hasSymbols: true },
            points: pointsOf({ x: calibration.predicted, y: calibration.observed }),
          },
        ],
  );
  if (lines.length === 0) return null;
  return {
    x: { name: "Probability that was said", isShare: true },
    y: { name: "How often it came", isShare: true },
    lines: [...lines, { name: "Perfect", colour: "threshold", isDashed: true, points: DIAGONAL }],
  };
}

const UNITS: Readonly<Record<string, string>> = {
  epoch: "Epoch",
  round: "Round",
  row: "Rows learned from",
};

/** Loss by round, epoch or rows, on what is learned from and on what is not. */
export function learningCurve(
  { learningCurve: curve }: Pick<RunDetail, "learningCurve">,
  loss: string,
): LearningCurve | null {
  if (curve === null) return null;
  const { unit, at, training, validation } = curve;
  const line = (values: readonly (number | null)[]) =>
    values.map((value, i): CurvePoint => [at?.[i] ?? i + 1, value]);
  const hasSymbols = unit === "row";
  const isHeldBack = isSomethingHeldBack(curve);
  return {
    x: { name: UNITS[unit] ?? unit, isShare: false },
    y: { name: loss, isShare: false },
    lines: [
      { name: "Learned from", colour: "inSample", points: line(training), hasSymbols },
      ...(isHeldBack
        ? [
            {
              name: unit === "row" ? "Test rows" : "Held back",
              ...({ colour: "outOfSample", points: line(validation), hasSymbols } as const),
            },
          ]
        : []),
    ],
  };
}

function isSomethingHeldBack({ validation }: NonNullable<RunDetail["learningCurve"]>): boolean {
  return validation.some((value) => value !== null);
}

/** How a learning curve is to be read, which depends on whether rows were held back of what is learned from. */
export function learningCurveLead({
  learningCurve: curve,
}: Pick<RunDetail, "learningCurve">): string {
  if (curve?.unit === "row") {
    return "Of the last fold, by how many of its newest training rows were learned from. Where the test rows' line still falls at its end, a longer history may help; the run's scores are those of all rows.";
  }
  if (curve !== null && isSomethingHeldBack(curve)) {
    return "Of the last fold. Where the line of what was held back turns up, noise is learned.";
  }
  return "Of the last fold, on the rows that it learns from. None were held back, so that the line falls whether sense or noise is learned: the scores of the test rows say which.";
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
