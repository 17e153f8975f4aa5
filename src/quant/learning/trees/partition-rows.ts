import { MISSING_CODE } from "./binned-table.ts";

/** Which codes of a feature go left: those ≤ cut, and the missing ones if told. */
export type CodeCut = {
  readonly codes: Uint8Array;
  readonly cut: number;
  readonly missingLeft: boolean;
};

/** Rows of the nodes of a tree: each node has a run of them. */
export type NodeRows = {
  readonly rows: Int32Array;
  /** As long, for rows that wait while others are moved. */
  readonly spare: Int32Array;
};

/**
 * Divides a run of rows by a cut: those that go left come first; both parts keep their order.
 *
 * @param nodeRows written to
 * @param start first of the run
 * @param end one past its last
 * @param by the cut
 * @returns where the part that goes right starts
 *
 * Cost: O(end − start), without a branch on the data.
 */
export function partitionRows(nodeRows: NodeRows, start: number, end: number, by: CodeCut): number {
  const { rows, spare } = nodeRows;
  const { codes, cut } = by;
  // One more wraps the missing code round to 0, which no cut is below.
  const shift = by.missingLeft ? 1 : 0;
  const limit = (cut + shift) | 0;
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = rows[i]!;
    // −1 where it goes right: the sign, spread over all bits.
    const sign = (limit - ((codes[row]! + shift) & MISSING_CODE)) >> 31;
    rows[left] = row;
    spare[right] = row;
    left += 1 + sign;
    right -= sign;
  }
  rows.set(spare.subarray(0, right), left);
  return left;
}
