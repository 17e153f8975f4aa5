import type { InvalidInputCode } from "../invalid-input-error.ts";

/** Why a pair was not tested. "no-common-bars": the legs never traded at the same time. */
export type PairRefusal = InvalidInputCode | "no-common-bars";

/** Refusals as they stand in PairResults, each at its number; the first is none. */
export const PAIR_REFUSALS: readonly (PairRefusal | null)[] = [
  null,
  "no-common-bars",
  "too-short",
  "not-finite",
  "length-mismatch",
  "constant",
  "collinear",
  "out-of-range",
];

/**
 * Results of a scan, column by column, one element a pair: half a million pairs in 44 MB, in memory
 * that threads can share. A refused pair has zeros in all columns but the first two.
 */
export type PairResults = {
  /** Place in PAIR_REFUSALS; 0 for a pair that was tested. */
  readonly refusal: Uint8Array;
  /** Bars that both legs have. */
  readonly observations: Int32Array;
  readonly hedgeRatio: Float64Array;
  readonly intercept: Float64Array;
  readonly statisticYx: Float64Array;
  readonly pValueYx: Float64Array;
  readonly lagsYx: Int32Array;
  readonly statisticXy: Float64Array;
  readonly pValueXy: Float64Array;
  readonly lagsXy: Int32Array;
  /** Exact half-life of the spread of y on x; NaN where it does not revert. */
  readonly halfLifeBars: Float64Array;
  /** Of the log returns. */
  readonly correlation: Float64Array;
};

const DOUBLES = 8;
const INTEGERS = 3;

/** Bytes that the results of so many pairs take. */
export function pairResultsBytes(count: number): number {
  return count * (DOUBLES * 8 + INTEGERS * 4 + 1);
}

/**
 * Lays the columns over a memory.
 *
 * @param memory at least pairResultsBytes(count) bytes
 * @param count number of pairs
 * @returns views of the memory, which is not changed
 */
export function pairResultsIn(memory: ArrayBuffer | SharedArrayBuffer, count: number): PairResults {
  const doubles = (i: number): Float64Array => new Float64Array(memory, i * count * 8, count);
  const integers = (i: number): Int32Array =>
    new Int32Array(memory, (DOUBLES * 8 + i * 4) * count, count);
  return {
    hedgeRatio: doubles(0),
    intercept: doubles(1),
    statisticYx: doubles(2),
    pValueYx: doubles(3),
    statisticXy: doubles(4),
    pValueXy: doubles(5),
    halfLifeBars: doubles(6),
    correlation: doubles(7),
    observations: integers(0),
    lagsYx: integers(1),
    lagsXy: integers(2),
    refusal: new Uint8Array(memory, (DOUBLES * 8 + INTEGERS * 4) * count, count),
  };
}
