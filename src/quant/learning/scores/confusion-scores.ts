/** How one class fared against the rest. */
export type ClassScores = {
  /** Rows of the class. */
  readonly support: number;
  /** Share of the rows taken for the class that are of it; 0 where none was. */
  readonly precision: number;
  /** Share of the rows of the class that were found; null where there are none. */
  readonly recall: number | null;
  /** Harmonic mean of both; null of a class that neither came nor was said. */
  readonly f1: number | null;
};

/** Scores that a confusion matrix holds; fractions, but for the last two, which are in [−1, 1]. */
export type ConfusionScores = {
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly precisionMacro: number;
  readonly recallMacro: number;
  readonly f1Macro: number;
  readonly matthewsCorrelation: number;
  /** Null where both the rows and what was said of them are of one and the same class. */
  readonly cohensKappa: number | null;
  /** One a class. */
  readonly classes: readonly ClassScores[];
};

/**
 * Confusion scores: accuracy, precision, recall, F1, Matthews correlation and kappa.
 *
 * Macro means are over the classes that came or were said; precision and recall of one that did only one
 * of both count as 0 in them, as in scikit-learn.
 *
 * @param counts of confusionMatrix, at least one row
 * @param classCount ≥ 2
 * @returns see ConfusionScores
 *
 * Cost: O(classes²). Source: Matthews (1975), Gorodkin (2004) for several classes; Cohen (1960).
 * Checked: golden/classification.json.
 */
export function confusionScores(counts: Float64Array, classCount: number): ConfusionScores {
  const classes = Array.from({ length: classCount }, (_, k) => classScores(counts, classCount, k));
  return {
    accuracy: accuracy(counts, classCount),
    balancedAccuracy: balancedAccuracy(counts, classCount),
    precisionMacro: precisionMacro(counts, classCount),
    recallMacro: recallMacro(counts, classCount),
    f1Macro: f1Macro(counts, classCount),
    matthewsCorrelation: matthewsCorrelation(counts, classCount),
    cohensKappa: cohensKappa(counts, classCount),
    classes,
  };
}

/**
 * Accuracy: the share of rows whose class was said.
 *
 * @param counts of confusionMatrix, at least one row
 * @param classCount ≥ 2
 */
export function accuracy(counts: Float64Array, classCount: number): number {
  return agreement(counts, classCount) / rowCount(counts);
}

/**
 * Balanced accuracy: the mean recall of the classes that came, so that a rare one counts as much as a
 * common one.
 *
 * @param counts of confusionMatrix, at least one row
 * @param classCount ≥ 2
 */
export function balancedAccuracy(counts: Float64Array, classCount: number): number {
  let sum = 0;
  let seen = 0;
  for (let k = 0; k < classCount; k++) {
    const support = actualCount(counts, classCount, k);
    if (support === 0) continue;
    sum += counts[k * classCount + k]! / support;
    seen += 1;
  }
  return sum / seen;
}

/**
 * Macro precision: the mean over the classes that came or were said.
 *
 * @param counts of confusionMatrix, at least one row
 * @param classCount ≥ 2
 */
export function precisionMacro(counts: Float64Array, classCount: number): number {
  return macro(counts, classCount, "precision");
}

/**
 * Macro recall: the mean over the classes that came or were said.
 *
 * @param counts of confusionMatrix, at least one row
 * @param classCount ≥ 2
 */
export function recallMacro(counts: Float64Array, classCount: number): number {
  return macro(counts, classCount, "recall");
}

/**
 * Macro F1: the mean over the classes that came or were said.
 *
 * @param counts of confusionMatrix, at least one row
 * @param classCount ≥ 2
 */
export function f1Macro(counts: Float64Array, classCount: number): number {
  return macro(counts, classCount, "f1");
}

/**
 * Matthews correlation between classes and what was said of them; 0 where one of both does not vary.
 *
 * @param counts of confusionMatrix, at least one row
 * @param classCount ≥ 2
 */
export function matthewsCorrelation(counts: Float64Array, classCount: number): number {
  const rows = rowCount(counts);
  const { product, actualSquares, predictedSquares } = marginalSums(counts, classCount);
  const spread = (rows * rows - actualSquares) * (rows * rows - predictedSquares);
  if (spread === 0) return 0;
  return (agreement(counts, classCount) * rows - product) / Math.sqrt(spread);
}

/**
 * Cohen's kappa: how much of the agreement that chance does not explain was reached; null where chance
 * explains all of it.
 *
 * @param counts of confusionMatrix, at least one row
 * @param classCount ≥ 2
 */
export function cohensKappa(counts: Float64Array, classCount: number): number | null {
  const rows = rowCount(counts);
  const { product } = marginalSums(counts, classCount);
  if (product === rows * rows) return null;
  return (agreement(counts, classCount) * rows - product) / (rows * rows - product);
}

function classScores(counts: Float64Array, classCount: number, k: number): ClassScores {
  const hits = counts[k * classCount + k]!;
  const support = actualCount(counts, classCount, k);
  const said = predictedCount(counts, classCount, k);
  return {
    support,
    precision: said === 0 ? 0 : hits / said,
    recall: support === 0 ? null : hits / support,
    f1: support + said === 0 ? null : (2 * hits) / (support + said),
  };
}

function macro(
  counts: Float64Array,
  classCount: number,
  score: "precision" | "recall" | "f1",
): number {
  let sum = 0;
  let seen = 0;
  for (let k = 0; k < classCount; k++) {
    const support = actualCount(counts, classCount, k);
    const said = predictedCount(counts, classCount, k);
    if (support + said === 0) continue;
    seen += 1;
    const whole =
      score === "precision" ? said : score === "recall" ? support : (support + said) / 2;
    if (whole > 0) sum += counts[k * classCount + k]! / whole;
  }
  return sum / seen;
}

/** Sums over classes of what chance would do with how often each came and was said. */
function marginalSums(
  counts: Float64Array,
  classCount: number,
): {
  readonly product: number;
  readonly actualSquares: number;
  readonly predictedSquares: number;
} {
  let product = 0;
  let actualSquares = 0;
  let predictedSquares = 0;
  for (let k = 0; k < classCount; k++) {
    const support = actualCount(counts, classCount, k);
    const said = predictedCount(counts, classCount, k);
    product += support * said;
    actualSquares += support * support;
    predictedSquares += said * said;
  }
  return { product, actualSquares, predictedSquares };
}

function agreement(counts: Float64Array, classCount: number): number {
  let sum = 0;
  for (let k = 0; k < classCount; k++) sum += counts[k * classCount + k]!;
  return sum;
}

function actualCount(counts: Float64Array, classCount: number, k: number): number {
  let sum = 0;
  for (let j = 0; j < classCount; j++) sum += counts[k * classCount + j]!;
  return sum;
}

function predictedCount(counts: Float64Array, classCount: number, k: number): number {
  let sum = 0;
  for (let j = 0; j < classCount; j++) sum += counts[j * classCount + k]!;
  return sum;
}

function rowCount(counts: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += counts[i]!;
  return sum;
}
