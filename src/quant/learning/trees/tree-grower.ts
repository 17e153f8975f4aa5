import type { BinnedTable } from "./binned-table.ts";
import type { CutRules } from "./histogram-cut.ts";
import type { NodeRows } from "./partition-rows.ts";
import type { TreeStore } from "./tree-store.ts";

/** How far a tree grows, and what its leaves are worth. */
export type TreeLimits = CutRules & {
  /** Leaves at most, ≥ 2. */
  readonly leavesMax: number;
  /** Splits above a leaf at most, ≥ 1; null is any number. */
  readonly depthMax: number | null;
  /** Share of a leaf's best value that is taken. */
  readonly learningRate: number;
};

/** What one tree is grown on. */
export type TreeTask = {
  /** Indices of the features that may be split. */
  readonly features: Int32Array;
  /** Rows that grow the tree, ascending. */
  readonly grownOn: Int32Array;
  /** Rows that only fall through it. */
  readonly carried: Int32Array;
  /** One a row. */
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
  /** Scores of all rows, to which the tree is added. */
  readonly scores: Float64Array;
};

/** All that is needed to grow one tree after the other. */
export type TreeGrower = {
  readonly binned: BinnedTable;
  readonly limits: TreeLimits;
  readonly store: TreeStore;
  /** One a row. */
  readonly weights: Float64Array;
  /** Told how many rows × features were read. */
  readonly onWork: (reads: number) => void;
  readonly grown: NodeRows;
  readonly carried: NodeRows;
  readonly pairs: Float64Array;
  readonly orderedPairs: Float64Array;
  /** Memory for histograms that wait for their node to be split. */
  readonly histogramBytesMax: number;
  readonly freeHistograms: Float64Array[];
};

/**
 * Room for growing trees on a table.
 *
 * @param setting table, limits, where the trees go; memory for histograms
 * @returns a grower, for growTree
 *
 * Cost: O(rows) memory, and that of the histograms, which are made as they are needed.
 */
export function createTreeGrower(
  setting: Pick<
    TreeGrower,
    "binned" | "limits" | "store" | "weights" | "onWork" | "histogramBytesMax"
  >,
): TreeGrower {
  const n = setting.binned.rowCount;
  return {
    ...setting,
    grown: { rows: new Int32Array(n), spare: new Int32Array(n) },
    carried: { rows: new Int32Array(n), spare: new Int32Array(n) },
    pairs: new Float64Array(2 * n),
    orderedPairs: new Float64Array(2 * n),
    freeHistograms: [],
  };
}
