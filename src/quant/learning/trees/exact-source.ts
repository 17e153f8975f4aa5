import type { FeatureTable } from "../training-data.ts";
import { ALL_PRESENT } from "./binned-table.ts";
import { cutBetween } from "./cut-between.ts";
import type { CutSource } from "./impurity-tree.ts";
import { createNodeSteps, type NodeSteps } from "./node-steps.ts";
import { addRow, type NodeTarget } from "./node-target.ts";
import type { NodeRows } from "./partition-rows.ts";

/** Code of a missing value among ranks. */
const MISSING_RANK = 2 ** 31 - 1;

/** Values of a feature by rank. */
type Ranks = {
  /** Distinct values, ascending. */
  readonly values: Float64Array;
  /** Rank of each row's value among them. */
  readonly ofRow: Int32Array;
};

/**
 * Cuts between any two values that a node has, in the middle of them.
 *
 * @param table NaN is missing
 * @param target sums of the steps
 * @param nodeRows rows of the nodes
 * @returns a source for growImpurityTree
 *
 * Cost: O(rows log rows) a node and feature.
 */
export function exactSource(
  table: FeatureTable,
  target: NodeTarget,
  nodeRows: NodeRows,
): CutSource {
  const n = table.rowCount;
  const ranks = table.columns.map(ranksOf);
  const steps = createNodeSteps(target.classCount, n + 1);
  const keys = new Float64Array(n);
  // Ranks and rows in one number, so that the sort needs no comparison of ours.
  const unit = 2 ** Math.ceil(Math.log2(n + 1));
  return {
    featureCount: table.columns.length,
    steps,
    collect: (feature, start, end) => {
      const { ofRow } = ranks[feature]!;
      const { rows } = nodeRows;
      for (let i = start; i < end; i++) keys[i - start] = ofRow[rows[i]!]! * unit + rows[i]!;
      const sorted = keys.subarray(0, end - start).sort();
      collectSorted(steps, sorted, unit, target);
    },
    release: () => {},
    divide: ({ feature, lowCode, missingLeft }, start, end) =>
      divideRanks(nodeRows, { start, end }, (row) => {
        const rank = ranks[feature]!.ofRow[row]!;
        return rank === MISSING_RANK ? missingLeft : rank <= lowCode;
      }),
    threshold: ({ feature, lowCode, highCode }) => {
      const { values } = ranks[feature]!;
      return highCode > lowCode ? cutBetween(values[lowCode]!, values[highCode]!) : ALL_PRESENT;
    },
  };
}

function ranksOf(column: Float64Array): Ranks {
  const ascending = column.toSorted();
  const values: number[] = [];
  for (const value of ascending) {
    if (Number.isNaN(value)) break;
    if (values.length === 0 || value > values[values.length - 1]!) values.push(value);
  }
  const distinct = Float64Array.from(values);
  return { values: distinct, ofRow: Int32Array.from(column, (value) => rankOf(distinct, value)) };
}

function rankOf(ascending: Float64Array, value: number): number {
  if (Number.isNaN(value)) return MISSING_RANK;
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= ascending[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A step for each rank; the missing one comes last. */
function collectSorted(
  steps: NodeSteps,
  keys: Float64Array,
  unit: number,
  target: NodeTarget,
): void {
  const { records, stride, slots, codes } = steps;
  let count = 0;
  let rank = -1;
  for (const key of keys) {
    const keyRank = Math.floor(key / unit);
    const row = key - keyRank * unit;
    if (keyRank !== rank) {
      rank = keyRank;
      slots[count] = count;
      codes[count] = rank;
      records.fill(0, count * stride, (count + 1) * stride);
      count++;
    }
    addRow(records, (count - 1) * stride, target, row);
  }
  const hasMissing = rank === MISSING_RANK;
  steps.count = hasMissing ? count - 1 : count;
  steps.missingSlot = hasMissing ? count - 1 : -1;
}

function divideRanks(
  { rows, spare }: NodeRows,
  run: { readonly start: number; readonly end: number },
  goesLeft: (row: number) => boolean,
): number {
  let left = run.start;
  let right = 0;
  for (let i = run.start; i < run.end; i++) {
    const row = rows[i]!;
    if (goesLeft(row)) {
      rows[left] = row;
      left++;
    } else {
      spare[right] = row;
      right++;
    }
  }
  rows.set(spare.subarray(0, right), left);
  return left;
}
