import { InvalidInputError } from "../../invalid-input-error.ts";

/** How often each class was seen: plain data. */
export type MajorityClassModel = {
  readonly kind: "majority-class";
  /** Share of the weight of each class, summing to 1: its probability at every bar. */
  readonly frequencies: Float64Array;
  /** The most frequent class, the first among equals. */
  readonly majority: number;
};

/**
 * Majority class: the baseline that looks at nothing but how often each class was the answer.
 *
 * As a decision the most frequent class, as probabilities the frequencies.
 *
 * @param target n ≥ 1 classes, whole numbers in [0, classCount)
 * @param classCount ≥ 2
 * @param weights one weight ≥ 0 a row, not all 0; null weighs all rows the same
 * @returns frequencies and the majority
 * @throws {InvalidInputError} "too-short"; "length-mismatch": weights; "out-of-range": a class or a weight
 *
 * Cost: O(n). Convention: matches DummyClassifier of scikit-learn, "prior" (which takes classes in the same
 * order).
 */
export function fitMajorityClass(
  target: Float64Array,
  classCount: number,
  weights: Float64Array | null = null,
): MajorityClassModel {
  if (target.length === 0) throw new InvalidInputError("too-short", "there are no rows");
  if (weights !== null && weights.length !== target.length) {
    throw new InvalidInputError("length-mismatch", "there must be one weight a row");
  }
  const sums = new Float64Array(classCount);
  let total = 0;
  target.forEach((value, i) => {
    const weight = weights?.[i] ?? 1;
    if (!(Number.isInteger(value) && value >= 0 && value < classCount)) {
      throw new InvalidInputError("out-of-range", `a class must be in 0 … ${classCount - 1}`);
    }
    if (!(weight >= 0 && Number.isFinite(weight))) {
      throw new InvalidInputError("out-of-range", "a weight must not be negative");
    }
    sums[value]! += weight;
    total += weight;
  });
  if (total === 0) throw new InvalidInputError("out-of-range", "some weight must be positive");
  const frequencies = sums.map((sum) => sum / total);
  const most = frequencies.reduce((best, share) => Math.max(best, share), 0);
  return { kind: "majority-class", frequencies, majority: frequencies.indexOf(most) };
}

/**
 * Probabilities of the majority class model, the same for every row.
 *
 * @param model of fitMajorityClass
 * @param rowCount rows to be predicted
 * @returns the probabilities of all classes, row after row
 *
 * Cost: O(rows · classes).
 */
export function majorityClassProbabilities(
  model: MajorityClassModel,
  rowCount: number,
): Float64Array {
  const classes = model.frequencies.length;
  const result = new Float64Array(rowCount * classes);
  for (let row = 0; row < rowCount; row++) result.set(model.frequencies, row * classes);
  return result;
}
