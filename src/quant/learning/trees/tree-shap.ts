import type { FeatureTable } from "../training-data.ts";
import { gaussLegendre, type Quadrature } from "./gauss-legendre.ts";
import type { TreeEnsemble, TreeModel } from "./tree-ensemble.ts";
import { requireModelTable } from "./tree-scores.ts";

/** What each feature adds to the scores of rows. */
export type TreeShap = {
  /** Score of each output when nothing is known of a row. */
  readonly expected: Float64Array;
  /** featureCount for each output of each row: [(row · outputCount + output) · featureCount + feature]. */
  readonly values: Float64Array;
};

/**
 * Tree SHAP, path-dependent: how the raw score of a row is shared among its features, exactly.
 *
 * Shapley values of the game in which a feature that is not known sends the row both ways at its
 * splits, in proportion to the training rows that went there. Their sum and `expected` is the score.
 *
 * In that game a leaf is worth value · Π oⱼ or zⱼ over the features j of its path (o: 1 if the row
 * agrees with all of their splits, else 0; z: the share of training rows that do), so that a Shapley
 * value is ∫₀¹ (oᵢ − zᵢ) Π_{j≠i} (t oⱼ + (1 − t) zⱼ) dt: a polynomial, which a Gauss sum integrates
 * exactly. Its factors are all positive; the published algorithm takes factors out of sums again, and
 * loses digits on deep trees.
 *
 * @param model any of trees
 * @param table rows with the features of the training; NaN is missing
 * @returns shares of the raw score, in its unit
 * @throws {InvalidInputError} as treeScores
 *
 * Cost: O(rows · nodes · features of a path). Source: Lundberg, Erion and Lee (2018), the game;
 * Owen (1972), the integral; Yu, Bifet, Read and Xu (2022), the sum over nodes rather than leaves.
 * Checked: Shapley values by brute force on small trees; additivity.
 */
export function treeShap(model: TreeModel, table: FeatureTable): TreeShap {
  requireModelTable(model, table);
  const { ensemble, featureCount } = model;
  const { outputCount } = ensemble;
  const explainer = createExplainer(ensemble, featureCount);
  const row = new Float64Array(featureCount);
  const size = outputCount * featureCount;
  const values = new Float64Array(table.rowCount * size);
  for (let i = 0; i < table.rowCount; i++) {
    for (let j = 0; j < featureCount; j++) row[j] = table.columns[j]![i]!;
    explainRow(explainer, row, values.subarray(i * size, (i + 1) * size));
  }
  return { expected: expectedScores(ensemble), values };
}

/**
 * Score of each output when nothing is known of a row: the mean over the training rows of each tree.
 *
 * @param ensemble trees of a model
 * @returns one an output
 *
 * Cost: O(leaves).
 */
export function expectedScores(ensemble: TreeEnsemble): Float64Array {
  const { roots, outputCount, leafWidth, baseline, divisor, leafCover } = ensemble;
  const sums = new Float64Array(outputCount);
  const covers = splitCovers(ensemble);
  roots.forEach((root, tree) => {
    const total = coverOf(ensemble, covers, root);
    forEachLeaf(ensemble, root, (leaf) => {
      const share = leafCover[leaf]! / total;
      for (let k = 0; k < leafWidth; k++) {
        const output = leafWidth === 1 ? tree % outputCount : k;
        sums[output] = sums[output]! + share * ensemble.leafValue[leaf * leafWidth + k]!;
      }
    });
  });
  return sums.map((sum, k) => baseline[k]! + sum / divisor);
}

function forEachLeaf(ensemble: TreeEnsemble, node: number, visit: (leaf: number) => void): void {
  if (node < 0) {
    visit(-1 - node);
    return;
  }
  forEachLeaf(ensemble, ensemble.left[node]!, visit);
  forEachLeaf(ensemble, ensemble.right[node]!, visit);
}

/** Weight of the training rows of every split. Children stand behind their parent. */
function splitCovers(ensemble: TreeEnsemble): Float64Array {
  const covers = new Float64Array(ensemble.left.length);
  for (let node = covers.length - 1; node >= 0; node--) {
    covers[node] =
      coverOf(ensemble, covers, ensemble.left[node]!) +
      coverOf(ensemble, covers, ensemble.right[node]!);
  }
  return covers;
}

function coverOf(ensemble: TreeEnsemble, splitCovers: Float64Array, node: number): number {
  return node >= 0 ? splitCovers[node]! : ensemble.leafCover[-1 - node]!;
}

/** What is the same for every row, and room for the walk through a tree. */
type Explainer = {
  readonly ensemble: TreeEnsemble;
  readonly featureCount: number;
  readonly quadrature: Quadrature;
  /** Weight of the training rows of each split. */
  readonly covers: Float64Array;
  /** Of each feature on the path: whether the row agrees, and which share of training rows does. */
  readonly agrees: Float64Array;
  readonly share: Float64Array;
  /** At each depth, a number for each point: the product over the features of the path. */
  readonly products: Float64Array;
  /** At each depth, a number for each point and value of a leaf: Σ over the leaves below of value · product. */
  readonly sums: Float64Array;
};

function createExplainer(ensemble: TreeEnsemble, featureCount: number): Explainer {
  const { leafWidth } = ensemble;
  const paths = longestPaths(ensemble, featureCount);
  // A product of all features but one has that degree less one.
  const quadrature = gaussLegendre(Math.max(1, Math.ceil(paths.features / 2)));
  const points = quadrature.points.length;
  return {
    ensemble,
    featureCount,
    quadrature,
    covers: splitCovers(ensemble),
    agrees: new Float64Array(featureCount).fill(1),
    share: new Float64Array(featureCount).fill(1),
    products: new Float64Array((paths.splits + 1) * points).fill(1),
    sums: new Float64Array((paths.splits + 1) * points * leafWidth),
  };
}

/** Most splits, and most different features, above a leaf. */
function longestPaths(
  ensemble: TreeEnsemble,
  featureCount: number,
): { readonly splits: number; readonly features: number } {
  const uses = new Int32Array(featureCount);
  let splits = 0;
  let features = 0;
  const walk = (node: number, depth: number, distinct: number): void => {
    splits = Math.max(splits, depth);
    features = Math.max(features, distinct);
    if (node < 0) return;
    const feature = ensemble.feature[node]!;
    const isNew = uses[feature] === 0 ? 1 : 0;
    uses[feature] = uses[feature]! + 1;
    walk(ensemble.left[node]!, depth + 1, distinct + isNew);
    walk(ensemble.right[node]!, depth + 1, distinct + isNew);
    uses[feature] = uses[feature]! - 1;
  };
  for (const root of ensemble.roots) walk(root, 0, 0);
  return { splits, features };
}

function explainRow(explainer: Explainer, row: Float64Array, values: Float64Array): void {
  const { ensemble, featureCount } = explainer;
  const { roots, leafWidth, outputCount, divisor } = ensemble;
  for (let tree = 0; tree < roots.length; tree++) {
    const output = leafWidth === 1 ? tree % outputCount : 0;
    const ofTree = values.subarray(output * featureCount);
    walkNode(explainer, { row, values: ofTree }, roots[tree]!, 0);
  }
  for (let i = 0; i < values.length; i++) values[i] = values[i]! / divisor;
}

type Walk = { readonly row: Float64Array; readonly values: Float64Array };

/** Leaves in `sums` at its depth what the leaves below a node are worth at each point. */
function walkNode(explainer: Explainer, walk: Walk, node: number, depth: number): void {
  const { ensemble, quadrature, products, sums } = explainer;
  const { leafWidth, leafValue } = ensemble;
  const points = quadrature.points.length;
  const at = depth * points;
  if (node < 0) {
    const leaf = (-1 - node) * leafWidth;
    for (let q = 0; q < points; q++) {
      for (let k = 0; k < leafWidth; k++) {
        sums[(at + q) * leafWidth + k] = products[at + q]! * leafValue[leaf + k]!;
      }
    }
    return;
  }
  const value = walk.row[ensemble.feature[node]!]!;
  const goesLeft = Number.isNaN(value)
    ? ensemble.missingLeft[node] === 1
    : value <= ensemble.threshold[node]!;
  sums.fill(0, at * leafWidth, (at + points) * leafWidth);
  const left = ensemble.left[node]!;
  const right = ensemble.right[node]!;
  walkEdge(explainer, walk, { node, depth, child: left, goes: goesLeft });
  walkEdge(explainer, walk, { node, depth, child: right, goes: !goesLeft });
}

/** Of a split the way to one child, and whether the row goes it. */
type Edge = {
  readonly node: number;
  readonly depth: number;
  readonly child: number;
  readonly goes: boolean;
};

/**
 * Walks below an edge, and gives the feature of its split what the leaves there say of it: with the
 * edge, less without it, since the edge replaces an earlier one of the same feature.
 */
function walkEdge(explainer: Explainer, walk: Walk, edge: Edge): void {
  const { ensemble, quadrature, covers, agrees, share, products, sums, featureCount } = explainer;
  const { leafWidth } = ensemble;
  const { points, weights } = quadrature;
  const count = points.length;
  const feature = ensemble.feature[edge.node]!;
  const agreed = agrees[feature]!;
  const shared = share[feature]!;
  const agreesNow = edge.goes ? agreed : 0;
  const shareNow = (shared * coverOf(ensemble, covers, edge.child)) / covers[edge.node]!;
  const at = edge.depth * count;
  const below = at + count;
  for (let q = 0; q < count; q++) {
    const t = points[q]!;
    const before = t * agreed + (1 - t) * shared;
    products[below + q] = (products[at + q]! / before) * (t * agreesNow + (1 - t) * shareNow);
  }
  agrees[feature] = agreesNow;
  share[feature] = shareNow;
  walkNode(explainer, walk, edge.child, edge.depth + 1);
  agrees[feature] = agreed;
  share[feature] = shared;
  for (let q = 0; q < count; q++) {
    const t = points[q]!;
    const now = (agreesNow - shareNow) / (t * agreesNow + (1 - t) * shareNow);
    const before = (agreed - shared) / (t * agreed + (1 - t) * shared);
    const factor = weights[q]! * (now - before);
    for (let k = 0; k < leafWidth; k++) {
      const sum = sums[(below + q) * leafWidth + k]!;
      const to = k * featureCount + feature;
      walk.values[to] = walk.values[to]! + factor * sum;
      sums[(at + q) * leafWidth + k] = sums[(at + q) * leafWidth + k]! + sum;
    }
  }
}
