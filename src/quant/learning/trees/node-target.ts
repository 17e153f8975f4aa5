import type { TrainingData } from "../training-data.ts";

/** Targets as trees of impurities read them. */
export type NodeTarget = {
  /** 0 of a regression. */
  readonly classCount: number;
  /** Class or real target of each row. */
  readonly value: Float64Array;
  readonly weight: Float64Array;
  /** Of a classification where in a record a row adds its weight: 1 + its class. */
  readonly place: Int32Array;
  /** Of a regression weight · (target − centre). */
  readonly amount: Float64Array;
  /** Mean of the targets of a regression, else 0. */
  readonly centre: number;
};

/**
 * The target of some data as trees of impurities read it.
 *
 * A real target is taken relative to its mean, so that squares of sums lose no digits to its level.
 *
 * @param data checked
 * @param rows which of them count
 * @param weight of each row of the data, > 0 for those
 * @returns the target, with weights as they were passed
 *
 * Cost: O(rows).
 */
export function nodeTarget(data: TrainingData, rows: Int32Array, weight: Float64Array): NodeTarget {
  const { target: value, classCount } = data;
  const none = new Int32Array(0);
  if (classCount > 0) {
    const place = Int32Array.from(value, (y) => 1 + y);
    return { classCount, value, weight, place, amount: new Float64Array(0), centre: 0 };
  }
  let sum = 0;
  let total = 0;
  for (const row of rows) {
    sum += weight[row]! * value[row]!;
    total += weight[row]!;
  }
  const centre = sum / total;
  const amount = value.map((y, row) => weight[row]! * (y - centre));
  return { classCount, value, weight, place: none, amount, centre };
}

/**
 * Adds a row to a record of NodeSteps.
 *
 * @param records written to
 * @param record where the record starts
 * @param target of the rows
 * @param row which one
 */
export function addRow(
  records: Float64Array,
  record: number,
  target: NodeTarget,
  row: number,
): void {
  records[record] = records[record]! + 1;
  const weight = target.weight[row]!;
  if (target.classCount > 0) {
    const place = record + target.place[row]!;
    records[place] = records[place]! + weight;
  } else {
    records[record + 1] = records[record + 1]! + weight;
    records[record + 2] = records[record + 2]! + target.amount[row]!;
  }
}
