import { InvalidInputError } from "../../invalid-input-error.ts";

/**
 * Balanced class weights: with them every class has the same say, however many rows it has.
 *
 * n / (classes that have rows · rows of the class).
 *
 * @param target n ≥ 1 classes, whole numbers in [0, classCount)
 * @param classCount ≥ 2
 * @returns one weight a class, 0 for a class without rows; the weights of all rows sum to n
 * @throws {InvalidInputError} "too-short"; "out-of-range": a class
 *
 * Cost: O(n). Convention: matches scikit-learn compute_class_weight("balanced").
 * Source: King and Zeng (2001), Political Analysis 9.
 */
export function balancedClassWeights(target: Float64Array, classCount: number): Float64Array {
  const counts = classCounts(target, classCount);
  const present = counts.reduce((sum, count) => (count > 0 ? sum + 1 : sum), 0);
  return Float64Array.from(counts, (count) => (count > 0 ? target.length / (present * count) : 0));
}

/**
 * Weights of rows that are weighted by their class, and by themselves if they were before.
 *
 * @param target n classes, whole numbers in [0, classWeights.length)
 * @param classWeights one a class, such as balancedClassWeights
 * @param sampleWeights one a row, such as the uniqueness of labels that overlap; null: all 1
 * @returns one a row: sample weight · weight of its class
 * @throws {InvalidInputError} "length-mismatch": sample weights; "out-of-range": a class
 *
 * Cost: O(n). Convention: that of scikit-learn's fit(sample_weight) with class_weight: classes are
 * balanced by their rows, not by the sample weights of those.
 */
export function classWeightedRows(
  target: Float64Array,
  classWeights: Float64Array,
  sampleWeights: Float64Array | null,
): Float64Array {
  requireClassesOf(target, classWeights.length);
  if (sampleWeights !== null && sampleWeights.length !== target.length) {
    throw new InvalidInputError("length-mismatch", "there must be one sample weight a row");
  }
  return target.map((value, i) => classWeights[value]! * (sampleWeights?.[i] ?? 1));
}

/**
 * Rows of each class.
 *
 * @param target n ≥ 1 classes, whole numbers in [0, classCount)
 * @param classCount ≥ 1
 * @returns one count a class
 * @throws {InvalidInputError} "too-short"; "out-of-range": a class
 *
 * Cost: O(n).
 */
export function classCounts(target: Float64Array, classCount: number): Int32Array {
  if (target.length === 0) throw new InvalidInputError("too-short", "there are no rows");
  requireClassesOf(target, classCount);
  const counts = new Int32Array(classCount);
  for (const value of target) counts[value]! += 1;
  return counts;
}

function requireClassesOf(target: Float64Array, classCount: number): void {
  for (const value of target) {
    if (Number.isInteger(value) && value >= 0 && value < classCount) continue;
    throw new InvalidInputError("out-of-range", `a class must be in 0 … ${classCount - 1}`);
  }
}
