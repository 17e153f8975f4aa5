import { InvalidInputError } from "../../invalid-input-error.ts";
import { type FeatureTable, requireTable } from "../training-data.ts";
import { binCounts, type DriftReference, type FeatureReference } from "./drift-reference.ts";
import { stabilityIndex, stabilityIndexByLuck } from "./stability-index.ts";

/** Whether a feature is spread as it was; "unknown" without enough live rows. */
export type FeatureDriftStatus = "stable" | "moderate" | "major" | "unknown";

/** How a feature is spread now, against then. */
export type FeatureDrift = {
  readonly name: string;
  /** Population stability index; null where the status is unknown. */
  readonly stabilityIndex: number | null;
  /** What independent rows, of which nothing changed, exceed in 1 % of cases; null likewise. */
  readonly byLuck: number | null;
  readonly status: FeatureDriftStatus;
  /** Shares of the rows by bin, as in the reference; the last is missing. */
  readonly expectedShares: readonly number[];
  readonly actualShares: readonly number[];
  /** Ascending edges of the bins. */
  readonly edges: readonly number[];
};

/** Below the first nothing changed worth a look, from the second on much did: the convention of the trade. */
export const STABILITY_INDEX_LIMITS = { moderate: 0.1, major: 0.25 } as const;

/** Of fewer rows a bin of ten is empty by chance too often. */
const LIVE_ROWS_MIN = 50;

const LUCK_SHARE = 0.01;

/**
 * Feature drift: which features are no longer spread as when the model was trained.
 *
 * The index is compared with 0.1 and 0.25, but counts as stable while it does not exceed what luck alone gives
 * so few rows in all but 1 % of cases.
 *
 * @param reference of the model
 * @param live the rows of now, NaN where a value is missing; columns found by name
 * @returns one a feature of the reference, in its order
 * @throws {InvalidInputError} "length-mismatch": a feature is missing, or a column; "not-finite"
 *
 * Cost: O(columns · rows). Source: Siddiqi (2006), Credit Risk Scorecards, for the limits; Lewis (1994);
 * Yurdakul and Naranjo (2020) for the luck.
 */
export function featureDrift(
  reference: DriftReference,
  live: FeatureTable,
): readonly FeatureDrift[] {
  requireTable(live, { missing: true });
  return reference.features.map((feature) => {
    const column = live.columns[live.names.indexOf(feature.name)];
    if (column === undefined) {
      throw new InvalidInputError("length-mismatch", `there is no feature "${feature.name}"`);
    }
    return driftOf(feature, reference.rows, column);
  });
}

function driftOf(feature: FeatureReference, rowsThen: number, column: Float64Array): FeatureDrift {
  const rowsNow = column.length;
  const counts = binCounts(column, feature.edges);
  const drift = {
    name: feature.name,
    edges: feature.edges,
    expectedShares: feature.counts.map((count) => count / rowsThen),
    actualShares: counts.map((count) => (rowsNow === 0 ? 0 : count / rowsNow)),
  };
  if (rowsNow < LIVE_ROWS_MIN) {
    return { ...drift, stabilityIndex: null, byLuck: null, status: "unknown" };
  }
  const expected = { counts: feature.counts, rows: rowsThen };
  const index = stabilityIndex(expected, { counts, rows: rowsNow });
  const bins = feature.counts.filter((count, b) => count + counts[b]! > 0).length;
  const rows = { expected: rowsThen, actual: rowsNow };
  const byLuck = stabilityIndexByLuck(bins, rows, LUCK_SHARE);
  return { ...drift, stabilityIndex: index, byLuck, status: statusOf(index, byLuck) };
}

function statusOf(index: number, byLuck: number): FeatureDriftStatus {
  if (index < STABILITY_INDEX_LIMITS.moderate || index <= byLuck) return "stable";
  return index < STABILITY_INDEX_LIMITS.major ? "moderate" : "major";
}
