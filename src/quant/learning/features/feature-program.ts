import { featureLookBackBars, featureWarmUpBars } from "./feature-look-back.ts";
import { featureName } from "./feature-name.ts";
import { type FeatureNode, historyBarsOf } from "./feature-node.ts";
import type { FeatureSpec } from "./feature-spec.ts";
import { createNodeList, featureBuffer, type RawBuffer } from "./node-list.ts";
import { requireFeatures, requireSpread } from "./read-feature.ts";
import type { SpreadSpec } from "./spread-spec.ts";

/** Steps that fill buffers, and which of the buffers are asked for; plain data. */
export type NodeProgram = {
  /** Columns of the bars that are read; buffer 0 is the open time. */
  readonly raw: readonly RawBuffer[];
  /** In an order in which each comes after what it reads. */
  readonly nodes: readonly FeatureNode[];
  readonly bufferCount: number;
  /** Buffers of what is asked for, one a column of the result. */
  readonly results: readonly number[];
  /** Bars that every buffer must keep before the present one. */
  readonly historyBars: number;
};

/** A list of features, ready to be run over bars. What features share is worked out once. */
export type FeatureProgram = NodeProgram & {
  readonly names: readonly string[];
  /** Bars before its own that each feature reads; see featureLookBackBars. */
  readonly lookBackBars: readonly number[];
  /** First bar that can have each feature; see featureWarmUpBars. */
  readonly warmUpBars: readonly number[];
};

/**
 * Program of a list of features.
 *
 * @param features at least one, at most 500; the same one may come twice
 * @param spread how the spread is made; null where bars are of one instrument
 * @returns the program
 * @throws {InvalidInputError} "out-of-range": a value of a feature or of the spread, or a feature of a
 *   spread without one
 *
 * Cost: O(nodes).
 */
export function featureProgram(
  features: readonly FeatureSpec[],
  spread: SpreadSpec | null,
): FeatureProgram {
  requireFeatures(features);
  if (spread !== null) requireSpread(spread);
  const list = createNodeList(spread);
  const results = features.map((feature) => featureBuffer(list, feature));
  const { raw, nodes, bufferCount } = list;
  return {
    names: features.map(featureName),
    lookBackBars: features.map((feature) => featureLookBackBars(feature, spread)),
    warmUpBars: features.map((feature) => featureWarmUpBars(feature, spread)),
    raw,
    nodes,
    bufferCount,
    results,
    historyBars: historyBars(nodes),
  };
}

/**
 * Bars that buffers must keep for a list of nodes.
 *
 * @param nodes of a program
 * @returns ≥ 0
 */
export function historyBars(nodes: readonly FeatureNode[]): number {
  return Math.max(0, ...nodes.map(({ operation }) => historyBarsOf(operation)));
}
