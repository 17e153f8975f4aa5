import {
  PAIR_REFUSALS,
  type PairResults,
  pairResultsBytes,
  pairResultsIn,
} from "../kernels/pair-results.ts";
import { type CandidateFigures, refusedFigures } from "./candidate-figures.ts";

/**
 * Figures of many candidates, column by column: half a million in 62 MB, in memory that threads can
 * share. What is null in CandidateFigures is NaN in a column of numbers and −1 in one of counts.
 */
export type CandidateColumns = PairResults & {
  /** The p-value to be judged. */
  readonly pValue: Float64Array;
  readonly combinedPValue: Float64Array;
  readonly johansenPValue: Float64Array;
  readonly hurst: Float64Array;
  readonly meanCrossings: Int32Array;
};

const DOUBLES = 4;

/** Bytes that the columns of so many candidates take. */
export function candidateColumnsBytes(count: number): number {
  return ownStart(count) + count * (DOUBLES * 8 + 4);
}

/** Where the columns begin that PairResults has not; doubles stand at multiples of their size. */
function ownStart(count: number): number {
  return Math.ceil(pairResultsBytes(count) / 8) * 8;
}

/**
 * Lays the columns over a memory.
 *
 * @param memory at least candidateColumnsBytes(count) bytes
 * @param count number of candidates
 * @returns views of the memory, which is not changed
 */
export function candidateColumnsIn(
  memory: ArrayBuffer | SharedArrayBuffer,
  count: number,
): CandidateColumns {
  const start = ownStart(count);
  const doubles = (i: number): Float64Array =>
    new Float64Array(memory, start + i * count * 8, count);
  return {
    ...pairResultsIn(memory, count),
    pValue: doubles(0),
    combinedPValue: doubles(1),
    johansenPValue: doubles(2),
    hurst: doubles(3),
    meanCrossings: new Int32Array(memory, start + DOUBLES * 8 * count, count),
  };
}

/**
 * Writes the figures of one candidate.
 *
 * @param columns are changed at index
 * @param index of the candidate
 * @param figures a refusal without common bars is stored as "no-common-bars"
 */
export function writeCandidate(
  columns: CandidateColumns,
  index: number,
  figures: CandidateFigures,
): void {
  const { refusal, observations, yOnX, xOnY } = figures;
  const isApart = refusal !== null && observations === 0;
  columns.refusal[index] = PAIR_REFUSALS.indexOf(isApart ? "no-common-bars" : refusal);
  columns.observations[index] = observations;
  columns.hedgeRatio[index] = figures.hedgeRatio ?? Number.NaN;
  columns.intercept[index] = figures.intercept ?? Number.NaN;
  columns.statisticYx[index] = yOnX?.statistic ?? Number.NaN;
  columns.pValueYx[index] = yOnX?.pValue ?? Number.NaN;
  columns.lagsYx[index] = yOnX?.lags ?? -1;
  columns.statisticXy[index] = xOnY?.statistic ?? Number.NaN;
  columns.pValueXy[index] = xOnY?.pValue ?? Number.NaN;
  columns.lagsXy[index] = xOnY?.lags ?? -1;
  columns.halfLifeBars[index] = figures.halfLifeBars ?? Number.NaN;
  columns.correlation[index] = figures.correlation ?? Number.NaN;
  columns.pValue[index] = figures.pValue ?? Number.NaN;
  columns.combinedPValue[index] = figures.combinedPValue ?? Number.NaN;
  columns.johansenPValue[index] = figures.johansenPValue ?? Number.NaN;
  columns.hurst[index] = figures.hurst ?? Number.NaN;
  columns.meanCrossings[index] = figures.meanCrossings ?? -1;
}

/**
 * Figures of one candidate.
 *
 * @param columns as writeCandidate wrote them
 * @param index of the candidate
 * @returns the figures; a pair without common bars is "too-short"
 */
export function candidateAt(columns: CandidateColumns, index: number): CandidateFigures {
  const observations = columns.observations[index]!;
  const refusal = PAIR_REFUSALS[columns.refusal[index]!]!;
  if (refusal !== null) {
    return refusedFigures(refusal === "no-common-bars" ? "too-short" : refusal, observations);
  }
  return {
    refusal,
    observations,
    hedgeRatio: numberOrNull(columns.hedgeRatio[index]!),
    intercept: numberOrNull(columns.intercept[index]!),
    yOnX: directionOrNull(
      columns.statisticYx[index]!,
      columns.pValueYx[index]!,
      columns.lagsYx[index]!,
    ),
    xOnY: directionOrNull(
      columns.statisticXy[index]!,
      columns.pValueXy[index]!,
      columns.lagsXy[index]!,
    ),
    pValue: numberOrNull(columns.pValue[index]!),
    combinedPValue: numberOrNull(columns.combinedPValue[index]!),
    johansenPValue: numberOrNull(columns.johansenPValue[index]!),
    hurst: numberOrNull(columns.hurst[index]!),
    halfLifeBars: numberOrNull(columns.halfLifeBars[index]!),
    meanCrossings: columns.meanCrossings[index]! < 0 ? null : columns.meanCrossings[index]!,
    correlation: numberOrNull(columns.correlation[index]!),
  };
}

function directionOrNull(statistic: number, pValue: number, lags: number) {
  return lags < 0 ? null : { statistic, pValue, lags };
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
