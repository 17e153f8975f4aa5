/**
 * Rows of a node by the values of one feature: a step each, ascending, the missing ones apart.
 *
 * The record of a step has the count of its rows, then of classes the weight of each, of a regression
 * the weight and the sum of weight · target.
 */
export type NodeSteps = {
  readonly kind: "classes" | "values";
  /** Numbers of a record. */
  readonly stride: number;
  readonly records: Float64Array;
  /** Of each step the record it has, and the code of its values. */
  readonly slots: Int32Array;
  readonly codes: Int32Array;
  /** Steps there are. */
  count: number;
  /** Record of the missing values; −1 where there are none. */
  missingSlot: number;
};

/**
 * Room for steps.
 *
 * @param classCount 0 of a regression
 * @param recordCount steps there can be, the missing one with them
 * @returns no steps
 */
export function createNodeSteps(classCount: number, recordCount: number): NodeSteps {
  const stride = classCount === 0 ? 3 : 1 + classCount;
  return {
    kind: classCount === 0 ? "values" : "classes",
    stride,
    records: new Float64Array(stride * recordCount),
    slots: new Int32Array(recordCount),
    codes: new Int32Array(recordCount),
    count: 0,
    missingSlot: -1,
  };
}

/**
 * Weight of the rows of a record.
 *
 * @param kind of the steps
 * @param record one
 * @returns their sum of weights
 */
export function recordWeight(kind: NodeSteps["kind"], record: Float64Array): number {
  if (kind === "values") return record[1]!;
  let weight = 0;
  for (let c = 1; c < record.length; c++) weight += record[c]!;
  return weight;
}

/**
 * What a record is worth on one side of a cut: Σ sum² / weight over its classes, or of its values.
 *
 * The impurity of the rows times their weight is a constant less that.
 *
 * @param kind of the steps
 * @param record one
 * @returns its worth, ≥ 0
 */
export function recordWorth(kind: NodeSteps["kind"], record: Float64Array): number {
  if (kind === "values") return (record[2]! * record[2]!) / record[1]!;
  let squares = 0;
  for (let c = 1; c < record.length; c++) squares += record[c]! * record[c]!;
  return squares / recordWeight(kind, record);
}
