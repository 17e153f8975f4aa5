/**
 * Trees in flat arrays: what training leaves behind and prediction reads.
 *
 * A reference is the index of a split, or −1 − leaf for a leaf, so that a tree of one leaf needs no
 * split. A row goes left where its feature is ≤ the threshold; where it is missing (NaN) it goes the
 * way that was learned. A split stands before its children in the arrays.
 *
 * raw score of output k = baselineₖ + Σ over the trees of the value of the row's leaf / divisor
 */
export type TreeEnsemble = {
  /** Scores a row has. */
  readonly outputCount: number;
  /** Values a leaf has: one for each output, or 1, and then tree t adds to output t mod outputCount. */
  readonly leafWidth: number;
  /** One an output. */
  readonly baseline: Float64Array;
  /** 1 where trees are added up, their number where they are averaged. */
  readonly divisor: number;
  /** One reference a tree. */
  readonly roots: Int32Array;
  /** One of each a split. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** 1 where a missing value goes left. */
  readonly missingLeft: Uint8Array;
  /** leafWidth a leaf, leaf after leaf. */
  readonly leafValue: Float64Array;
  /** Weight of the training rows in each leaf, > 0. */
  readonly leafCover: Float64Array;
};

/** How raw scores become probabilities; "identity": they are, or there are none (regression). */
export type ScoreLink = "identity" | "logistic" | "softmax";

/** What all models of trees have in common. */
export type TreeModel = {
  readonly kind: "cart" | "random-forest" | "gradient-boosting";
  /** 0 of a regression. */
  readonly classCount: number;
  readonly featureCount: number;
  readonly link: ScoreLink;
  readonly ensemble: TreeEnsemble;
  /** Share of each feature in what all splits gained on the training rows: sums to 1, or all 0. */
  readonly importance: Float64Array;
};
