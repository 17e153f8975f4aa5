import type { TrainingData } from "../training-data.ts";
import type { NodeTarget } from "./impurity-tree.ts";

/**
 * The target of some data as trees of impurities read it.
 *
 * A real target is taken relative to its mean, so that squares of sums lose no digits to its level.
 *
 * @param data checked
 * @param rows which of them count
 * @param weight of each row of the data, > 0 for those
 * @returns arrays of their own
 *
 * Cost: O(rows).
 */
export function nodeTarget(data: TrainingData, rows: Int32Array, weight: Float64Array): NodeTarget {
  const { target, classCount } = data;
  const n = target.length;
  if (classCount > 0) {
    const channel = Int32Array.from(target);
    return { channels: classCount, value: target, channel, amount: weight, weight, centre: 0 };
  }
  let sum = 0;
  let total = 0;
  for (const row of rows) {
    sum += weight[row]! * target[row]!;
    total += weight[row]!;
  }
  const centre = sum / total;
  const amount = target.map((value, row) => weight[row]! * (value - centre));
  return { channels: 1, value: target, channel: new Int32Array(n), amount, weight, centre };
}
