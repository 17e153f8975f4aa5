import { cutThreshold } from "./binned-table.ts";
import {
  type GradientPairs,
  gradientPairs,
  type PairSum,
  sumOfPairs,
  takeOff,
} from "./gradient-histogram.ts";
import { bestHistogramCut, type HistogramCut } from "./histogram-cut.ts";
import {
  countNode,
  createNodeHistograms,
  keepHistogram,
  type NodeHistograms,
  releaseHistogram,
  takeHistogram,
} from "./node-histograms.ts";
import { partitionRows } from "./partition-rows.ts";
import type { TreeGrower, TreeTask } from "./tree-grower.ts";
import { addLeaf, addSplit, endTree, ROOT_PLACE, type TreePlace } from "./tree-store.ts";

/** A node that may still be split: its runs of grown and carried rows, and its cut once it is known. */
type Node = {
  readonly start: number;
  readonly end: number;
  readonly carriedStart: number;
  readonly carriedEnd: number;
  readonly depth: number;
  readonly place: TreePlace;
  readonly sum: PairSum;
  cut: HistogramCut | null;
  /** Null: there is none, or it was not kept. */
  histogram: Float64Array | null;
};

/** One tree that is growing. */
type Growth = {
  readonly grower: TreeGrower;
  readonly task: TreeTask;
  readonly scales: GradientPairs;
  readonly histograms: NodeHistograms;
};

/**
 * Grows a regression tree on gradients, the leaf that gains most first, and adds it to the scores.
 *
 * Value of a leaf = −learningRate · G / (H + l2). Of two children only the one with fewer rows is
 * counted; the other's histogram is the parent's less that. Sums are whole numbers, so that this is
 * exact and the tree does not depend on which was counted.
 *
 * @param grower its store gets the tree
 * @param task rows, gradients and scores
 *
 * Cost: O(rows · features · depth / 2 + leaves · features · bins).
 * Source: Friedman (2001); Ke et al. (2017), LightGBM: leaf-wise growth, subtraction.
 */
export function growTree(grower: TreeGrower, task: TreeTask): void {
  const { limits } = grower;
  grower.grown.rows.set(task.grownOn);
  grower.carried.rows.set(task.carried);
  const { binned, freeHistograms: free, histogramBytesMax: bytesMax } = grower;
  const growth: Growth = {
    grower,
    task,
    scales: gradientPairs(grower.pairs, task.grownOn, task.gradient, task.hessian),
    histograms: createNodeHistograms(binned, task.features, { free, bytesMax }),
  };
  const frontier = [rootNode(growth)];
  while (frontier.length < limits.leavesMax) {
    const next = bestOf(frontier);
    if (next < 0) break;
    const isLast = frontier.length + 1 === limits.leavesMax;
    const { left, right } = splitNode(growth, frontier[next]!, isLast);
    frontier[next] = left;
    frontier.push(right);
  }
  for (const node of frontier) finishNode(growth, node);
  endTree(grower.store);
}

/** Index of the node whose cut gains most, the first of equal ones; −1 when none has one. */
function bestOf(nodes: readonly Node[]): number {
  let best = -1;
  let bestGain = 0;
  for (let i = 0; i < nodes.length; i++) {
    const gain = nodes[i]!.cut?.gain ?? 0;
    if (gain > bestGain) {
      best = i;
      bestGain = gain;
    }
  }
  return best;
}

function rootNode(growth: Growth): Node {
  const { grownOn, carried } = growth.task;
  const node: Node = {
    start: 0,
    end: grownOn.length,
    carriedStart: 0,
    carriedEnd: carried.length,
    depth: 0,
    place: ROOT_PLACE,
    sum: sumOfPairs(growth.scales.pairs, grownOn),
    cut: null,
    histogram: null,
  };
  if (mayBeSplit(growth, node)) search(growth, node, counted(growth, node));
  return node;
}

function mayBeSplit(growth: Growth, node: Node): boolean {
  const { leafRowsMin, depthMax } = growth.grower.limits;
  return node.end - node.start >= 2 * leafRowsMin && (depthMax === null || node.depth < depthMax);
}

/** Splits a node by its cut; the cuts of the children are looked for unless the tree is then full. */
function splitNode(
  growth: Growth,
  node: Node,
  isLast: boolean,
): { readonly left: Node; readonly right: Node } {
  const { grower, task } = growth;
  const { place, cut, missingLeft, gain, left: leftSum } = node.cut!;
  const feature = task.features[place]!;
  const threshold = cutThreshold(grower.binned.edges[feature]!, cut);
  const parent = addSplit(grower.store, { feature, threshold, missingLeft, gain }, node.place);
  const by = { codes: grower.binned.codes[feature]!, cut, missingLeft };
  const middle = partitionRows(grower.grown, node.start, node.end, by);
  const carriedMiddle = partitionRows(grower.carried, node.carriedStart, node.carriedEnd, by);
  const left: Node = {
    start: node.start,
    end: middle,
    carriedStart: node.carriedStart,
    carriedEnd: carriedMiddle,
    depth: node.depth + 1,
    place: { parent, isRight: false },
    sum: leftSum,
    cut: null,
    histogram: null,
  };
  const right: Node = {
    start: middle,
    end: node.end,
    carriedStart: carriedMiddle,
    carriedEnd: node.carriedEnd,
    depth: node.depth + 1,
    place: { parent, isRight: true },
    sum: {
      gradient: node.sum.gradient - leftSum.gradient,
      packed: node.sum.packed - leftSum.packed,
    },
    cut: null,
    histogram: null,
  };
  const histogram = takeHistogram(growth.histograms, node);
  const [smaller, larger] =
    left.end - left.start <= right.end - right.start ? [left, right] : [right, left];
  // The larger may be split whenever the smaller may.
  if (!isLast && mayBeSplit(growth, larger)) searchChildren(growth, histogram, smaller, larger);
  else releaseHistogram(growth.histograms, histogram);
  return { left, right };
}

function searchChildren(
  growth: Growth,
  parent: Float64Array | null,
  smaller: Node,
  larger: Node,
): void {
  const small = counted(growth, smaller);
  const large = parent ?? counted(growth, larger);
  if (parent !== null) takeOff(parent, small);
  search(growth, smaller, small);
  search(growth, larger, large);
}

/** Finds the cut of a node, and keeps its histogram for the children if there is one, and room. */
function search(growth: Growth, node: Node, histogram: Float64Array): void {
  const { grower, scales, histograms } = growth;
  if (mayBeSplit(growth, node)) {
    const { binCounts } = histograms;
    const { sum } = node;
    node.cut = bestHistogramCut({ histogram, binCounts, sum, scales, rules: grower.limits });
    grower.onWork(histograms.size);
  }
  if (node.cut === null) releaseHistogram(histograms, histogram);
  else node.histogram = keepHistogram(histograms, histogram);
}

function counted({ grower, histograms }: Growth, { start, end }: Node): Float64Array {
  const { pairs, orderedPairs: ordered } = grower;
  grower.onWork((end - start) * histograms.columns.length);
  return countNode(histograms, { rows: grower.grown.rows, start, end, pairs, ordered });
}

/** Hangs a node as a leaf, of a value from the gradients themselves rather than from the grid. */
function finishNode(growth: Growth, node: Node): void {
  const { grower, task } = growth;
  releaseHistogram(growth.histograms, takeHistogram(growth.histograms, node));
  const grownRows = grower.grown.rows.subarray(node.start, node.end);
  let gradient = 0;
  let hessian = 0;
  let cover = 0;
  for (let i = 0; i < grownRows.length; i++) {
    const row = grownRows[i]!;
    gradient += task.gradient[row]!;
    hessian += task.hessian[row]!;
    cover += grower.weights[row]!;
  }
  const bend = hessian + grower.limits.l2;
  const value = bend > 0 ? (-grower.limits.learningRate * gradient) / bend : 0;
  addLeaf(grower.store, { values: Float64Array.of(value), cover }, node.place);
  addToRows(task.scores, grownRows, value);
  addToRows(task.scores, grower.carried.rows.subarray(node.carriedStart, node.carriedEnd), value);
}

function addToRows(scores: Float64Array, rows: Int32Array, value: number): void {
  for (let i = 0; i < rows.length; i++) scores[rows[i]!] = scores[rows[i]!]! + value;
}
