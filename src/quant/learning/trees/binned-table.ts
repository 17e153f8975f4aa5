import { type FeatureTable, valuesAt } from "../training-data.ts";
import { cutBetween } from "./cut-between.ts";

/** Bins a feature can have: their codes are 0 … 254. */
export const BINS_MAX = 255;
/** Code of a missing value. */
export const MISSING_CODE = 255;
/** Threshold that all present values are below, the missing ones apart; finite, so that it can be written. */
export const ALL_PRESENT = Number.MAX_VALUE;

/** Rows from which quantiles are taken, at most: more hardly move them. scikit-learn has the same. */
const QUANTILE_ROWS_MAX = 200_000;

/** Reads of a histogram that take as long as binning a value: a sort and a search. */
const READS_OF_BINNING = 40;

/** A table with every value replaced by the code of its bin. */
export type BinnedTable = {
  readonly rowCount: number;
  /** Of each feature the thresholds between its bins, ascending: code c has values ≤ edges[c], not ≤ edges[c − 1]. */
  readonly edges: readonly Float64Array[];
  /** Of each feature one code a row. */
  readonly codes: readonly Uint8Array[];
};

/**
 * Bins of a table by quantiles of some of its rows.
 *
 * The other rows, such as those of a validation, have no part in where the bins end.
 *
 * @param table NaN is missing
 * @param rows indices of the rows that decide, at least one
 * @param options.binsMax 2 … 255
 * @param options.onWork told how many reads were done, feature after feature
 * @returns codes of all rows of the table; a feature that is constant or missing in `rows` has one bin
 *
 * Cost: O(columns · rows · log rows). Convention: bins are those of scikit-learn's
 * HistGradientBoosting: middles between values where there are no more than bins, else percentiles.
 */
export function binnedTable(
  table: FeatureTable,
  rows: Int32Array,
  options: { readonly binsMax: number; readonly onWork: (reads: number) => void },
): BinnedTable {
  const deciding = evenlySpaced(rows, QUANTILE_ROWS_MAX);
  const edges: Float64Array[] = [];
  const codes: Uint8Array[] = [];
  for (const column of table.columns) {
    const ofColumn = quantileEdges(valuesAt(column, deciding), options.binsMax);
    edges.push(ofColumn);
    codes.push(binCodes(column, ofColumn));
    options.onWork(READS_OF_BINNING * table.rowCount);
  }
  return { rowCount: table.rowCount, edges, codes };
}

/** The threshold that goes with "code ≤ cut". */
export function cutThreshold(edges: Float64Array, cut: number): number {
  return cut < edges.length ? edges[cut]! : ALL_PRESENT;
}

function evenlySpaced(rows: Int32Array, countMax: number): Int32Array {
  if (rows.length <= countMax) return rows;
  const step = rows.length / countMax;
  return Int32Array.from({ length: countMax }, (_, i) => rows[Math.floor(i * step)]!);
}

/** Sorts `values`, which are the caller's to give away. */
function quantileEdges(values: Float64Array, binsMax: number): Float64Array {
  // NaN sorts last.
  values.sort();
  let n = values.length;
  while (n > 0 && Number.isNaN(values[n - 1]!)) n--;
  const distinct = distinctValues(values, n, binsMax + 1);
  const edges: number[] = [];
  if (distinct.length <= binsMax) {
    for (let i = 1; i < distinct.length; i++)
      edges.push(cutBetween(distinct[i - 1]!, distinct[i]!));
    return Float64Array.from(edges);
  }
  for (let i = 1; i < binsMax; i++) {
    const position = (i / binsMax) * (n - 1);
    const lower = values[Math.floor(position)]!;
    const edge = lower / 2 + values[Math.ceil(position)]! / 2;
    const previous = edges[edges.length - 1];
    // An edge at the largest value would have nothing above it.
    if ((previous === undefined || edge > previous) && edge < values[n - 1]!) edges.push(edge);
  }
  return Float64Array.from(edges);
}

/** Up to `countMax` of the distinct values among the first n of an ascending array. */
function distinctValues(ascending: Float64Array, n: number, countMax: number): number[] {
  const distinct: number[] = [];
  for (let i = 0; i < n && distinct.length < countMax; i++) {
    if (i === 0 || ascending[i]! > ascending[i - 1]!) distinct.push(ascending[i]!);
  }
  return distinct;
}

function binCodes(column: Float64Array, edges: Float64Array): Uint8Array {
  const n = column.length;
  const codes = new Uint8Array(n);
  // As many as halve evenly: a search of eight steps, none of which has to be guessed.
  const padded = new Float64Array(MISSING_CODE + 1).fill(Number.POSITIVE_INFINITY);
  padded.set(edges);
  for (let i = 0; i < n; i++) {
    const value = column[i]!;
    let code = 0;
    for (let step = 128; step > 0; step >>= 1) {
      code += step * Number(value > padded[code + step - 1]!);
    }
    codes[i] = Number.isNaN(value) ? MISSING_CODE : code;
  }
  return codes;
}
