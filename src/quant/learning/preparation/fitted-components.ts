import { InvalidInputError } from "../../invalid-input-error.ts";
import { dotProduct } from "../../linalg/dot-product.ts";
import type { SymmetricEigen } from "../../linalg/symmetric-eigen.ts";
import { tridiagonalEigen } from "../../linalg/tridiagonal-eigen.ts";
import { mean } from "../../stats/mean.ts";
import type { FeatureTable } from "../training-data.ts";
import type { ComponentsKept } from "./preparation-step.ts";

/** Below this share of the whole variance a direction is rounding. */
const VARIANCE_SHARE_MIN = 1e-14;

/** Directions in which features vary most, and how much of the variance is theirs. */
export type FittedComponents = {
  /** Mean of each feature. */
  readonly centre: Float64Array;
  /** A unit vector each, its largest element by absolute value positive. */
  readonly components: readonly Float64Array[];
  /** Their shares of the variance, descending. */
  readonly explainedShares: Float64Array;
};

/**
 * Principal components of features that are columns, for use on other rows.
 *
 * Eigenvectors of the covariance. The same directions as principalComponents, which also gives the
 * scores of its own rows and wants them as a matrix.
 *
 * @param table n ≥ 2 rows, finite, some feature of them varies
 * @param keep how many; see ComponentsKept
 * @param onProgress told the share done
 * @returns means, directions and shares
 * @throws {InvalidInputError} "too-short"; "not-finite": a missing value; "out-of-range": count or share
 *
 * Cost: O(n p² / 2 + 7 p³). Convention: matches sklearn.decomposition.PCA; signs as since 1.5, by the
 * largest loading. Source: Jolliffe (2002). Checked: golden/clustering.json.
 */
export function fittedComponents(
  table: FeatureTable,
  keep: ComponentsKept,
  onProgress: (share: number) => void,
): FittedComponents {
  const { names, columns, rowCount } = table;
  requireKept(keep);
  if (rowCount < 2) throw new InvalidInputError("too-short", "components need two rows");
  const gap = columns.findIndex((column) => column.some(Number.isNaN));
  if (gap >= 0) {
    throw new InvalidInputError(
      "not-finite",
      `the feature "${names[gap]}" has missing values, which must be imputed before components`,
    );
  }
  const p = columns.length;
  const centre = Float64Array.from(columns, mean);
  const centred = columns.map((column, j) => column.map((value) => value - centre[j]!));
  const covariance = new Float64Array(p * p);
  for (let i = 0; i < p; i++) {
    onProgress(i / p);
    for (let j = 0; j <= i; j++) {
      const product = dotProduct(centred[i]!, centred[j]!) / (rowCount - 1);
      covariance[i * p + j] = product;
      covariance[j * p + i] = product;
    }
  }
  const eigen = tridiagonalEigen(covariance, p);
  const total = eigen.values.reduce((sum, value) => sum + Math.max(value, 0), 0);
  const shares = eigen.values.map((value) => value / total);
  const count = keptCount(shares, keep);
  return {
    centre,
    components: Array.from({ length: count }, (_, i) => signed(eigen, i)),
    explainedShares: shares.slice(0, count),
  };
}

function keptCount(shares: Float64Array, keep: ComponentsKept): number {
  const still = shares.findIndex((share) => share <= VARIANCE_SHARE_MIN);
  const rank = still < 0 ? shares.length : still;
  if (keep.kind === "count") return Math.min(keep.count, rank);
  let sum = 0;
  for (let i = 0; i < rank; i++) {
    sum += shares[i]!;
    if (sum >= keep.share) return i + 1;
  }
  return rank;
}

function signed({ vectors, values }: SymmetricEigen, i: number): Float64Array {
  const vector = vectors.slice(i * values.length, (i + 1) * values.length);
  const largest = vector.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  return largest < 0 ? vector.map((value) => -value) : vector;
}

function requireKept(keep: ComponentsKept): void {
  if (keep.kind === "count" && !(Number.isInteger(keep.count) && keep.count >= 1)) {
    throw new InvalidInputError("out-of-range", "components must be a whole number, at least 1");
  }
  if (keep.kind === "share" && !(keep.share > 0 && keep.share <= 1)) {
    throw new InvalidInputError("out-of-range", "the share explained must lie in (0, 1]");
  }
}
