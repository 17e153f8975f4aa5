/** Values that labels look ahead on; `hedge` is what is taken off them, at the ratio of the row. */
export type LabelPath = {
  readonly values: Float64Array;
  readonly hedge: { readonly values: Float64Array; readonly ratios: Float64Array } | null;
};

/**
 * How far the path has gone from one bar to another, seen from the first.
 *
 * @param path see LabelPath
 * @param from bar of the row
 * @param to a later bar
 * @returns Δ values − ratio of the row · Δ hedge; NaN where a bar is missing
 */
export function changeAlong({ values, hedge }: LabelPath, from: number, to: number): number {
  const change = values[to]! - values[from]!;
  if (hedge === null) return change;
  return change - hedge.ratios[from]! * (hedge.values[to]! - hedge.values[from]!);
}
