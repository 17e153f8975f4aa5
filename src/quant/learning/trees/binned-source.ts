import { BINS_MAX, type BinnedTable, cutThreshold, MISSING_CODE } from "./binned-table.ts";
import type { CutSource } from "./impurity-tree.ts";
import { createNodeSteps, type NodeSteps } from "./node-steps.ts";
import type { NodeTarget } from "./node-target.ts";
import { type NodeRows, partitionRows } from "./partition-rows.ts";

const CODES = MISSING_CODE + 1;

/**
 * Cuts between bins: a histogram of the rows of a node by one feature.
 *
 * A cut lies in the middle between the codes that the node has on either side of it.
 *
 * @param binned codes of the features
 * @param target sums that the histogram has
 * @param nodeRows rows of the nodes
 * @returns a source for growImpurityTree
 *
 * Cost: O(rows) a node and feature, and O(255) where it has many.
 */
export function binnedSource(
  binned: BinnedTable,
  target: NodeTarget,
  nodeRows: NodeRows,
): CutSource {
  const steps = createNodeSteps(target.classCount, CODES);
  const present = new Int32Array(CODES / 32);
  const middleCode = (low: number, high: number): number =>
    high > low ? (low + high - 1) >> 1 : low;
  return {
    featureCount: binned.codes.length,
    steps,
    collect: (feature, start, end) => {
      const run = { codes: binned.codes[feature]!, rows: nodeRows.rows, start, end };
      if (target.classCount > 0) addClasses(steps, present, target, run);
      else addValues(steps, present, target, run);
      listPresent(steps, present);
    },
    release: () => {
      for (let s = 0; s < steps.count; s++) clearRecord(steps, steps.slots[s]!);
      if (steps.missingSlot >= 0) clearRecord(steps, steps.missingSlot);
    },
    divide: ({ feature, lowCode, highCode, missingLeft }, start, end) => {
      const cut = middleCode(lowCode, highCode);
      return partitionRows(nodeRows, start, end, {
        codes: binned.codes[feature]!,
        cut,
        missingLeft,
      });
    },
    threshold: ({ feature, lowCode, highCode }) => {
      const edges = binned.edges[feature]!;
      // Only missing values on the right: every present one must go left.
      return cutThreshold(edges, highCode > lowCode ? middleCode(lowCode, highCode) : BINS_MAX);
    },
  };
}

/** Rows of a node, and the codes of all rows. */
type Run = {
  readonly codes: Uint8Array;
  readonly rows: Int32Array;
  readonly start: number;
  readonly end: number;
};

/** Adds rows to the records of their codes, and sets a bit for each code there is. */
function addClasses(
  { records, stride }: NodeSteps,
  present: Int32Array,
  { weight, place }: NodeTarget,
  { codes, rows, start, end }: Run,
): void {
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    const code = codes[row]!;
    const record = code * stride;
    const sum = record + place[row]!;
    records[record] = records[record]! + 1;
    records[sum] = records[sum]! + weight[row]!;
    present[code >> 5] = present[code >> 5]! | (1 << (code & 31));
  }
}

/** The same of a regression. */
function addValues(
  { records, stride }: NodeSteps,
  present: Int32Array,
  { weight, amount }: NodeTarget,
  { codes, rows, start, end }: Run,
): void {
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    const code = codes[row]!;
    const record = code * stride;
    records[record] = records[record]! + 1;
    records[record + 1] = records[record + 1]! + weight[row]!;
    records[record + 2] = records[record + 2]! + amount[row]!;
    present[code >> 5] = present[code >> 5]! | (1 << (code & 31));
  }
}

/** Steps of the codes whose bits are set; clears the bits. */
function listPresent(steps: NodeSteps, present: Int32Array): void {
  const { slots, codes } = steps;
  let count = 0;
  for (let word = 0; word < present.length; word++) {
    let bits = present[word]!;
    present[word] = 0;
    while (bits !== 0) {
      const lowest = bits & -bits;
      const code = 32 * word + 31 - Math.clz32(lowest);
      slots[count] = code;
      codes[count] = code;
      count++;
      bits ^= lowest;
    }
  }
  const hasMissing = count > 0 && codes[count - 1] === MISSING_CODE;
  steps.count = hasMissing ? count - 1 : count;
  steps.missingSlot = hasMissing ? MISSING_CODE : -1;
}

function clearRecord(steps: NodeSteps, slot: number): void {
  const first = slot * steps.stride;
  for (let c = 0; c < steps.stride; c++) steps.records[first + c] = 0;
}
