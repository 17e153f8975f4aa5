import { BINS_MAX, type BinnedTable, cutThreshold, MISSING_CODE } from "./binned-table.ts";
import type { CutSource } from "./impurity-tree.ts";
import { addRow, type NodeTarget } from "./node-target.ts";
import { createNodeSteps, type NodeSteps } from "./node-steps.ts";
import { type NodeRows, partitionRows } from "./partition-rows.ts";

/** Nodes of fewer rows note which codes they have instead of looking at all. */
const FEW_ROWS = 128;
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
      const codes = binned.codes[feature]!;
      const run = { rows: nodeRows.rows, start, end };
      if (end - start < FEW_ROWS) {
        addFewRows(steps, codes, target, { ...run, present });
        listPresent(steps, present);
      } else {
        addRows(steps, codes, target, run);
        listUsed(steps, binned.edges[feature]!.length + 1);
      }
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

type Run = { readonly rows: Int32Array; readonly start: number; readonly end: number };

function addRows(steps: NodeSteps, codes: Uint8Array, target: NodeTarget, run: Run): void {
  const { records, stride } = steps;
  const { rows, start, end } = run;
  for (let i = start; i < end; i++) addRow(records, codes[rows[i]!]! * stride, target, rows[i]!);
}

/** Steps of all codes that have rows. */
function listUsed(steps: NodeSteps, binCount: number): void {
  const { records, stride, slots, codes } = steps;
  let count = 0;
  for (let code = 0; code < binCount; code++) {
    if (records[code * stride] === 0) continue;
    slots[count] = code;
    codes[count] = code;
    count++;
  }
  steps.count = count;
  steps.missingSlot = records[MISSING_CODE * stride] === 0 ? -1 : MISSING_CODE;
}

/** As addRows, and sets a bit for each code there is. */
function addFewRows(
  steps: NodeSteps,
  codes: Uint8Array,
  target: NodeTarget,
  run: Run & { readonly present: Int32Array },
): void {
  const { records, stride } = steps;
  const { rows, start, end, present } = run;
  for (let i = start; i < end; i++) {
    const code = codes[rows[i]!]!;
    addRow(records, code * stride, target, rows[i]!);
    present[code >> 5] = present[code >> 5]! | (1 << (code & 31));
  }
}

/** The same from a bit for each code, which are cleared. */
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
