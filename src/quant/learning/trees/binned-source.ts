import { BINS_MAX, type BinnedTable, cutThreshold, MISSING_CODE } from "./binned-table.ts";
import type { CutSource, NodeTarget } from "./impurity-tree.ts";
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
  const steps = createNodeSteps(target.channels, CODES);
  const present = new Int32Array(CODES / 32);
  const middleCode = (low: number, high: number): number =>
    high > low ? (low + high - 1) >> 1 : low;
  return {
    featureCount: binned.codes.length,
    steps,
    collect: (feature, start, end) => {
      const codes = binned.codes[feature]!;
      const run = { rows: nodeRows.rows, start, end };
      addRows(steps, codes, target, run);
      if (end - start < FEW_ROWS) {
        notePresent(present, codes, run);
        listPresent(steps, present);
      } else listUsed(steps, binned.edges[feature]!.length + 1);
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
  const { channel, amount, weight } = target;
  const { rows, end } = run;
  for (let i = run.start; i < end; i++) {
    const row = rows[i]!;
    const record = codes[row]! * stride;
    const sum = record + 2 + channel[row]!;
    records[record] = records[record]! + 1;
    records[record + 1] = records[record + 1]! + weight[row]!;
    records[sum] = records[sum]! + amount[row]!;
  }
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

function notePresent(present: Int32Array, codes: Uint8Array, run: Run): void {
  const { rows, end } = run;
  for (let i = run.start; i < end; i++) {
    const code = codes[rows[i]!]!;
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
