import type { FeatureTable } from "../training-data.ts";
import { ALL_PRESENT } from "./binned-table.ts";
import { cutBetween } from "./cut-between.ts";
import type { BestCut } from "./impurity-cut.ts";
import type { CutSource } from "./impurity-tree.ts";
import { createNodeSteps, type NodeSteps } from "./node-steps.ts";
import { addRow, type NodeTarget } from "./node-target.ts";
import type { NodeRows } from "./partition-rows.ts";

/**
 * Cuts between any two values that a node has, in the middle of them.
 *
 * Rows are sorted by every feature once; each node keeps its run of every order. The code of a step is
 * a row that has its value.
 *
 * @param table NaN is missing
 * @param target sums of the steps
 * @param nodeRows rows of the nodes, all that are to be split
 * @param onWork told how many values were sorted, feature after feature
 * @returns a source for growImpurityTree
 *
 * Cost: O(columns · rows · log rows) once, then O(rows) a node and feature; 4 bytes a value.
 */
export function exactSource(
  table: FeatureTable,
  target: NodeTarget,
  nodeRows: NodeRows,
  onWork: (reads: number) => void,
): CutSource {
  const { columns, rowCount } = table;
  const orders = columns.map((column) => {
    onWork(READS_OF_SORTING * nodeRows.rows.length);
    return ascendingRows(column, nodeRows.rows);
  });
  const steps = createNodeSteps(target.classCount, nodeRows.rows.length + 1);
  const goesLeft = new Uint8Array(rowCount);
  return {
    featureCount: columns.length,
    steps,
    collect: (feature, start, end) => {
      const run = { rows: orders[feature]!, start, end };
      collectAscending(steps, columns[feature]!, target, run);
    },
    release: () => {},
    divide: (cut, start, end) => {
      markLeft(goesLeft, columns[cut.feature]!, cut, { rows: nodeRows.rows, start, end });
      for (const rows of orders) {
        divideRun(goesLeft, nodeRows.spare, { rows, start, end });
        onWork(end - start);
      }
      return divideRun(goesLeft, nodeRows.spare, { rows: nodeRows.rows, start, end });
    },
    threshold: ({ feature, lowCode, highCode }) => {
      if (highCode === lowCode) return ALL_PRESENT;
      return cutBetween(columns[feature]![lowCode]!, columns[feature]![highCode]!);
    },
  };
}

/** Reads of a value that take as long as sorting one. */
const READS_OF_SORTING = 5;

type Run = { readonly rows: Int32Array; readonly start: number; readonly end: number };

/** Rows by their value, the missing ones last; those of one value keep their order. */
function ascendingRows(column: Float64Array, rows: Int32Array): Int32Array {
  const ascending = Float64Array.from(rows, (row) => column[row]!).sort();
  const next = new Int32Array(rows.length);
  const order = new Int32Array(rows.length);
  for (const row of rows) {
    const first = placeOf(ascending, column[row]!);
    order[first + next[first]!] = row;
    next[first] = next[first]! + 1;
  }
  return order;
}

/** Where the first of equal values stands; NaN stands behind all others. */
function placeOf(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number.isNaN(value) ? Number.isNaN(ascending[middle]!) : !(ascending[middle]! < value)) {
      high = middle;
    } else low = middle + 1;
  }
  return low;
}

/** A step for each value; the missing one comes last. */
function collectAscending(
  steps: NodeSteps,
  column: Float64Array,
  target: NodeTarget,
  { rows, start, end }: Run,
): void {
  const { records, stride, slots, codes } = steps;
  let count = 0;
  let previous = Number.NaN;
  let hasMissing = false;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    const value = column[row]!;
    if (Number.isNaN(value) ? !hasMissing : value !== previous) {
      hasMissing = Number.isNaN(value);
      previous = value;
      slots[count] = count;
      codes[count] = row;
      for (let c = 0; c < stride; c++) records[count * stride + c] = 0;
      count++;
    }
    addRow(records, (count - 1) * stride, target, row);
  }
  steps.count = hasMissing ? count - 1 : count;
  steps.missingSlot = hasMissing ? count - 1 : -1;
}

function markLeft(
  goesLeft: Uint8Array,
  column: Float64Array,
  cut: BestCut,
  { rows, start, end }: Run,
): void {
  const highest = column[cut.lowCode]!;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    const value = column[row]!;
    const isLeft = Number.isNaN(value) ? cut.missingLeft : value <= highest;
    goesLeft[row] = isLeft ? 1 : 0;
  }
}

/** Moves the rows that go left to the front, both parts in their order; says where the others start. */
function divideRun(goesLeft: Uint8Array, spare: Int32Array, { rows, start, end }: Run): number {
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    const isLeft = goesLeft[row]!;
    rows[left] = row;
    spare[right] = row;
    left += isLeft;
    right += 1 - isLeft;
  }
  rows.set(spare.subarray(0, right), left);
  return left;
}
