import type { ScoreLink } from "./tree-ensemble.ts";

/** What boosting makes small, with the state of its descent. */
export type BoostingObjective = {
  readonly link: ScoreLink;
  /** Best constant score of each output on the training rows. */
  readonly baseline: Float64Array;
  /** Of each output one raw score a row; they start at the baseline. */
  readonly scores: readonly Float64Array[];
  /** Of each output one a row: first and second derivative of weight · loss by the score. */
  readonly gradients: readonly Float64Array[];
  readonly hessians: readonly Float64Array[];
  /** Mean loss of rows at their scores, by weight. */
  readonly loss: (rows: Int32Array) => number;
  /** The same, and puts their derivatives into gradients and hessians. */
  readonly descend: (rows: Int32Array) => number;
};

/** Rows an objective is of. */
export type ObjectiveRows = {
  readonly target: Float64Array;
  readonly classCount: number;
  /** One a row, mean 1 over the training rows. */
  readonly weights: Float64Array;
  /** The rows that decide baselines and scales. */
  readonly training: Int32Array;
};

/**
 * Arrays for the scores and derivatives of every output.
 *
 * @param rowCount of the table
 * @param baseline one an output
 * @returns scores at the baseline, derivatives 0
 */
export function startOfDescent(
  rowCount: number,
  baseline: Float64Array,
): Pick<BoostingObjective, "baseline" | "scores" | "gradients" | "hessians"> {
  const outputs = Array.from(baseline);
  return {
    baseline,
    scores: outputs.map((score) => new Float64Array(rowCount).fill(score)),
    gradients: outputs.map(() => new Float64Array(rowCount)),
    hessians: outputs.map(() => new Float64Array(rowCount)),
  };
}
