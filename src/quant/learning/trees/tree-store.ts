import type { TreeEnsemble } from "./tree-ensemble.ts";

/** A split as it is found. */
export type Split = {
  readonly feature: number;
  readonly threshold: number;
  readonly missingLeft: boolean;
  /** What it took off the loss or impurity of the training rows, ≥ 0. */
  readonly gain: number;
};

/** Where a node hangs: under a split, or at the root (parent −1). */
export type TreePlace = { readonly parent: number; readonly isRight: boolean };

/** Place of the root of a tree. */
export const ROOT_PLACE: TreePlace = { parent: -1, isRight: false };

/** Trees that are being grown: the arrays of TreeEnsemble with room for more. */
export type TreeStore = {
  readonly leafWidth: number;
  splitCount: number;
  leafCount: number;
  readonly roots: number[];
  /** Splits and leaves there were after each tree. */
  readonly splitEnds: number[];
  readonly leafEnds: number[];
  feature: Int32Array;
  threshold: Float64Array;
  left: Int32Array;
  right: Int32Array;
  missingLeft: Uint8Array;
  gain: Float64Array;
  leafValue: Float64Array;
  leafCover: Float64Array;
};

const FIRST_CAPACITY = 256;

/**
 * An empty store.
 *
 * @param leafWidth values a leaf has
 * @returns a store without trees
 */
export function createTreeStore(leafWidth: number): TreeStore {
  return {
    leafWidth,
    splitCount: 0,
    leafCount: 0,
    roots: [],
    splitEnds: [],
    leafEnds: [],
    feature: new Int32Array(FIRST_CAPACITY),
    threshold: new Float64Array(FIRST_CAPACITY),
    left: new Int32Array(FIRST_CAPACITY),
    right: new Int32Array(FIRST_CAPACITY),
    missingLeft: new Uint8Array(FIRST_CAPACITY),
    gain: new Float64Array(FIRST_CAPACITY),
    leafValue: new Float64Array(FIRST_CAPACITY * leafWidth),
    leafCover: new Float64Array(FIRST_CAPACITY),
  };
}

/**
 * Hangs a split into the tree that is being grown.
 *
 * @param store written to
 * @param split what it asks
 * @param place where it hangs
 * @returns its index, the parent of its children
 *
 * Cost: O(1), amortised.
 */
export function addSplit(store: TreeStore, split: Split, place: TreePlace): number {
  const index = store.splitCount;
  if (index === store.feature.length) {
    store.feature = grownInt32(store.feature);
    store.threshold = grownFloat64(store.threshold);
    store.left = grownInt32(store.left);
    store.right = grownInt32(store.right);
    const missingLeft = new Uint8Array(2 * index);
    missingLeft.set(store.missingLeft);
    store.missingLeft = missingLeft;
    store.gain = grownFloat64(store.gain);
  }
  store.feature[index] = split.feature;
  store.threshold[index] = split.threshold;
  store.missingLeft[index] = split.missingLeft ? 1 : 0;
  store.gain[index] = split.gain;
  store.splitCount++;
  hang(store, index, place);
  return index;
}

/**
 * Hangs a leaf into the tree that is being grown.
 *
 * @param store written to
 * @param leaf its leafWidth values, which are copied, and the weight of its rows
 * @param place where it hangs
 *
 * Cost: O(leafWidth), amortised.
 */
export function addLeaf(
  store: TreeStore,
  leaf: { readonly values: Float64Array; readonly cover: number },
  place: TreePlace,
): void {
  const index = store.leafCount;
  if (index === store.leafCover.length) {
    store.leafCover = grownFloat64(store.leafCover);
    store.leafValue = grownFloat64(store.leafValue);
  }
  const { leafWidth } = store;
  for (let k = 0; k < leafWidth; k++) store.leafValue[index * leafWidth + k] = leaf.values[k]!;
  store.leafCover[index] = leaf.cover;
  store.leafCount++;
  hang(store, -1 - index, place);
}

/**
 * Ends a tree: all of its leaves hang.
 *
 * @param store written to
 */
export function endTree(store: TreeStore): void {
  store.splitEnds.push(store.splitCount);
  store.leafEnds.push(store.leafCount);
}

/**
 * The trees of a store as they are kept.
 *
 * @param store with its trees ended
 * @param form outputs, baseline and divisor of the ensemble
 * @param treeCount how many trees, from the first; the later ones are left out
 * @returns arrays of their own, without spare room
 *
 * Cost: O(size).
 */
export function storedTrees(
  store: TreeStore,
  form: Pick<TreeEnsemble, "outputCount" | "baseline" | "divisor">,
  treeCount: number,
): TreeEnsemble {
  const splits = treeCount === 0 ? 0 : store.splitEnds[treeCount - 1]!;
  const leaves = treeCount === 0 ? 0 : store.leafEnds[treeCount - 1]!;
  return {
    outputCount: form.outputCount,
    leafWidth: store.leafWidth,
    baseline: form.baseline,
    divisor: form.divisor,
    roots: Int32Array.from(store.roots.slice(0, treeCount)),
    feature: store.feature.slice(0, splits),
    threshold: store.threshold.slice(0, splits),
    left: store.left.slice(0, splits),
    right: store.right.slice(0, splits),
    missingLeft: store.missingLeft.slice(0, splits),
    leafValue: store.leafValue.slice(0, leaves * store.leafWidth),
    leafCover: store.leafCover.slice(0, leaves),
  };
}

/**
 * Gain importance: the gains of all splits by feature, as shares.
 *
 * @param store with its trees ended
 * @param featureCount of the table
 * @param treeCount how many trees count, from the first
 * @returns shares that sum to 1; all 0 when nothing was split
 *
 * Cost: O(splits). Source: Breiman, Friedman, Olshen and Stone (1984).
 * Checked: golden/classification.json.
 */
export function gainImportance(
  store: TreeStore,
  featureCount: number,
  treeCount: number,
): Float64Array {
  const gains = new Float64Array(featureCount);
  const splits = treeCount === 0 ? 0 : store.splitEnds[treeCount - 1]!;
  let total = 0;
  for (let i = 0; i < splits; i++) {
    const feature = store.feature[i]!;
    gains[feature] = gains[feature]! + store.gain[i]!;
    total += store.gain[i]!;
  }
  return total > 0 ? gains.map((gain) => gain / total) : gains;
}

function hang(store: TreeStore, reference: number, place: TreePlace): void {
  if (place.parent < 0) store.roots.push(reference);
  else if (place.isRight) store.right[place.parent] = reference;
  else store.left[place.parent] = reference;
}

function grownInt32(array: Int32Array): Int32Array {
  const grown = new Int32Array(2 * array.length);
  grown.set(array);
  return grown;
}

function grownFloat64(array: Float64Array): Float64Array {
  const grown = new Float64Array(2 * array.length);
  grown.set(array);
  return grown;
}
