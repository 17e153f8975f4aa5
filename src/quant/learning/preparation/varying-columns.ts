import { isRoundingNoise } from "../../stats/is-rounding-noise.ts";
import { mean } from "../../stats/mean.ts";
import type { FeatureTable } from "../training-data.ts";
import { presentValues } from "./present-values.ts";

/** Which columns say something, and which do not. */
export type VaryingColumns = {
  /** Indices of those that vary, ascending. */
  readonly columns: Int32Array;
  /** The others, in their order. */
  readonly left: readonly { readonly name: string; readonly reason: "constant" | "missing" }[];
};

/**
 * Columns that vary: more than one value, rounding aside, or a value in some rows and none in others.
 *
 * @param table NaN is a missing value
 * @returns their indices, and the names of the others; see VaryingColumns
 *
 * Cost: O(rows · columns).
 */
export function varyingColumns(table: FeatureTable): VaryingColumns {
  const reasons = table.columns.map(reasonToLeave);
  const columns = reasons.flatMap((reason, j) => (reason === null ? [j] : []));
  const left = reasons.flatMap((reason, j) =>
    reason === null ? [] : [{ name: table.names[j]!, reason }],
  );
  return { columns: Int32Array.from(columns), left };
}

function reasonToLeave(column: Float64Array): "constant" | "missing" | null {
  const present = presentValues(column);
  if (present.length === 0) return "missing";
  if (present.length < column.length) return null;
  const centre = mean(present);
  let squares = 0;
  for (const value of present) squares += (value - centre) ** 2;
  // Values too large to be squared are not of one size.
  if (!Number.isFinite(squares)) return null;
  return isRoundingNoise(squares, present.length, centre) ? "constant" : null;
}
