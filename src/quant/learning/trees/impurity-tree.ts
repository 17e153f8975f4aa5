import type { Random } from "../../synthetic/random.ts";
import { type BestCut, type CutSearch, searchCut } from "./impurity-cut.ts";
import { type NodeSteps, recordWeight, recordWorth } from "./node-steps.ts";
import { addRow, type NodeTarget } from "./node-target.ts";
import {
  addLeaf,
  addSplit,
  endTree,
  ROOT_PLACE,
  type TreePlace,
  type TreeStore,
} from "./tree-store.ts";

/** Where cuts come from: exact values, or bins. */
export type CutSource = {
  readonly featureCount: number;
  readonly steps: NodeSteps;
  /** Puts a run of rows into the steps by a feature. */
  readonly collect: (feature: number, start: number, end: number) => void;
  /** Empties the steps. */
  readonly release: () => void;
  /** Divides a run of rows by a cut, and says where the right part starts. */
  readonly divide: (cut: BestCut, start: number, end: number) => number;
  readonly threshold: (cut: BestCut) => number;
};

/** How far a tree grows. */
export type ImpurityLimits = {
  /** Leaves at most; null: until depth, rows or purity end it. */
  readonly leavesMax: number | null;
  readonly depthMax: number | null;
  readonly leafRowsMin: number;
  /** Features that are tried at each node, drawn anew; all are where it is their number. */
  readonly featuresTried: number;
};

/** One tree that is to be grown. */
export type ImpurityTask = {
  readonly target: NodeTarget;
  readonly source: CutSource;
  readonly limits: ImpurityLimits;
  /** Indices of rows, as many as the tree is grown on; the source moves them. */
  readonly rows: Int32Array;
  readonly rowCount: number;
  readonly store: TreeStore;
  /** Decides which features are tried. */
  readonly random: Random;
  readonly onWork: (reads: number) => void;
};

type Node = {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly place: TreePlace;
  /** Record of its rows, as in NodeSteps. */
  readonly total: Float64Array;
  readonly cut: BestCut | null;
  readonly gain: number;
};

/** A tree that is growing. */
type Growth = {
  readonly task: ImpurityTask;
  readonly left: Float64Array;
  /** Records of nodes that are done, to be used again. */
  readonly freeTotals: Float64Array[];
  readonly leafValues: Float64Array;
  /** All features; those that were drawn at a node are moved to the front. */
  readonly features: Int32Array;
};

/**
 * Grows a tree that lowers impurity, and puts it into the store.
 *
 * Without a limit on leaves a node is split while it is impure and may be, by the best cut even if
 * that gains nothing yet (an exclusive or needs two). With one, the node that gains most is split first.
 *
 * @param task rows, targets, features, limits
 *
 * Cost: O(rows · featuresTried · depth) for the reads of rows. Convention: matches scikit-learn's
 * trees, which also look further than `featuresTried` while all that were tried are constant.
 * Source: Breiman, Friedman, Olshen and Stone (1984). Checked: golden/classification.json.
 */
export function growImpurityTree(task: ImpurityTask): void {
  const { featureCount, steps } = task.source;
  const growth: Growth = {
    task,
    left: new Float64Array(steps.stride),
    freeTotals: [],
    leafValues: new Float64Array(task.store.leafWidth),
    features: Int32Array.from({ length: featureCount }, (_, feature) => feature),
  };
  const leavesMax = task.limits.leavesMax ?? Number.POSITIVE_INFINITY;
  const waiting = [nodeOf(growth, { start: 0, end: task.rowCount, depth: 0, place: ROOT_PLACE })];
  let leaves = 1;
  while (waiting.length > 0) {
    const node = takeNext(waiting, task.limits.leavesMax !== null);
    if (node.cut === null || leaves >= leavesMax) {
      hangLeaf(growth, node);
      continue;
    }
    leaves++;
    const { left, right } = splitNode(growth, node, node.cut);
    waiting.push(right, left);
  }
  endTree(task.store);
}

/** The last node, so that a tree is written depth first, left before right; or the one that gains most. */
function takeNext(waiting: Node[], bestFirst: boolean): Node {
  const last = waiting.pop()!;
  if (!bestFirst) return last;
  let best = -1;
  let bestGain = gainOf(last);
  for (let i = 0; i < waiting.length; i++) {
    if (gainOf(waiting[i]!) > bestGain) {
      best = i;
      bestGain = gainOf(waiting[i]!);
    }
  }
  if (best < 0) return last;
  const taken = waiting[best]!;
  waiting[best] = last;
  return taken;
}

function gainOf(node: Node): number {
  return node.cut === null ? -1 : node.gain;
}

function nodeOf(growth: Growth, run: Pick<Node, "start" | "end" | "depth" | "place">): Node {
  const total = totalOf(growth, run.start, run.end);
  const cut = mayBeSplit(growth.task, run) ? bestCutOf(growth, run, total) : null;
  const gain =
    cut === null ? 0 : Math.max(0, cut.score - recordWorth(growth.task.source.steps.kind, total));
  return { ...run, total, cut, gain };
}

function totalOf(growth: Growth, start: number, end: number): Float64Array {
  const { rows, target } = growth.task;
  const total = growth.freeTotals.pop() ?? new Float64Array(growth.left.length);
  total.fill(0);
  for (let i = start; i < end; i++) addRow(total, 0, target, rows[i]!);
  return total;
}

function mayBeSplit(task: ImpurityTask, run: Pick<Node, "start" | "end" | "depth">): boolean {
  const { depthMax, leafRowsMin } = task.limits;
  if (depthMax !== null && run.depth >= depthMax) return false;
  if (run.end - run.start < 2 * leafRowsMin) return false;
  return !isPure(task, run);
}

/** Whether all rows have the same target. */
function isPure({ rows, target }: ImpurityTask, run: Pick<Node, "start" | "end">): boolean {
  const { value } = target;
  const first = value[rows[run.start]!]!;
  for (let i = run.start + 1; i < run.end; i++) if (value[rows[i]!] !== first) return false;
  return true;
}

/** The best cut of a node by features that are drawn; null when none of them can be cut. */
function bestCutOf(
  growth: Growth,
  run: Pick<Node, "start" | "end">,
  total: Float64Array,
): BestCut | null {
  const { source, limits, random, onWork } = growth.task;
  const { features } = growth;
  const { steps, featureCount } = source;
  const best: BestCut = { feature: -1, lowCode: 0, highCode: 0, missingLeft: false, score: -1 };
  const search: CutSearch = {
    steps,
    total,
    totalWeight: recordWeight(steps.kind, total),
    left: growth.left,
    leafRowsMin: limits.leafRowsMin,
    best,
  };
  const isDrawn = limits.featuresTried < featureCount;
  let varying = 0;
  for (let i = 0; i < featureCount && (i < limits.featuresTried || varying === 0); i++) {
    if (isDrawn) {
      const from = i + Math.floor(random.uniform() * (featureCount - i));
      const drawn = features[from]!;
      features[from] = features[i]!;
      features[i] = drawn;
    }
    const feature = features[i]!;
    source.collect(feature, run.start, run.end);
    if (steps.count + (steps.missingSlot < 0 ? 0 : 1) > 1) {
      varying++;
      searchCut(search, feature);
    }
    source.release();
    onWork(run.end - run.start);
  }
  return best.feature < 0 ? null : best;
}

function splitNode(
  growth: Growth,
  node: Node,
  cut: BestCut,
): { readonly left: Node; readonly right: Node } {
  const { source, store } = growth.task;
  const { feature, missingLeft } = cut;
  const threshold = source.threshold(cut);
  const parent = addSplit(store, { feature, threshold, missingLeft, gain: node.gain }, node.place);
  const middle = source.divide(cut, node.start, node.end);
  const depth = node.depth + 1;
  const { start, end } = node;
  growth.freeTotals.push(node.total);
  return {
    left: nodeOf(growth, { start, end: middle, depth, place: { parent, isRight: false } }),
    right: nodeOf(growth, { start: middle, end, depth, place: { parent, isRight: true } }),
  };
}

/** A leaf has the shares of its classes, or the mean of its targets. */
function hangLeaf(growth: Growth, node: Node): void {
  const { store, target, source } = growth.task;
  const { leafValues: values } = growth;
  const { total } = node;
  const cover = recordWeight(source.steps.kind, total);
  if (source.steps.kind === "values") values[0] = target.centre + total[2]! / cover;
  else for (let k = 0; k < values.length; k++) values[k] = total[1 + k]! / cover;
  addLeaf(store, { values, cover }, node.place);
  growth.freeTotals.push(total);
}
