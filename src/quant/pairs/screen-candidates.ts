import { combinedPValue } from "../cointegration/combined-p-value.ts";
import type { LagOption } from "../cointegration/lag-selection.ts";
import { PAIR_REFUSALS, type PairResults } from "../kernels/pair-results.ts";
import { calibratedScreen } from "./calibrated-screen.ts";
import { type CandidateColumns, writeCandidate } from "./candidate-columns.ts";
import { type CandidateFigures, refusedFigures } from "./candidate-figures.ts";
import { commonBars } from "./common-bars.ts";
import { naiveScreen } from "./naive-screen.ts";

/** A range of the candidates of a universe. */
export type CandidateRange = {
  /** Rows of leg Y and leg X of each candidate in turn. */
  readonly pairs: Uint32Array;
  /** Candidates start … end − 1 are written. */
  readonly columns: CandidateColumns;
  readonly start: number;
  readonly end: number;
  readonly test: "calibrated" | "naive";
  readonly lags: LagOption;
  readonly significance: number;
  /** By row: 1 for a series that makes no pairs, because it is no random walk. */
  readonly isOut: Uint8Array;
  /** What the kernel found of all pairs of rows, in the order of pairAt; null where it was not asked. */
  readonly known: PairResults | null;
};

/** The series that candidates are made of. */
export type CandidateSeries = {
  readonly seriesCount: number;
  /** Prices of a row on the common axis, logarithms or levels, NaN where there is none. */
  readonly pricesOf: (row: number) => Float64Array;
};

/** A pair this near to the significance is screened exactly: the kernel agrees to nine digits. */
const NEARNESS = 1e-6;

/**
 * Figures of candidates over the bars that both legs have. Those that decide only about a likely pair are
 * left out for others; where the kernel says that a pair is unlikely, its figures are those of the kernel.
 *
 * @param range its columns are written
 * @param series what the rows are
 *
 * Cost: O(candidates · bars · lags), of unlikely ones O(1) where the kernel knows them.
 */
export function screenCandidates(range: CandidateRange, series: CandidateSeries): void {
  const { pairs, columns, start, end, known, lags, isOut } = range;
  for (let k = start; k < end; k++) {
    const y = pairs[2 * k] ?? 0;
    const x = pairs[2 * k + 1] ?? 0;
    // No p-value is below zero: a pair that is out already is not likely.
    const significance = isOut[y] === 1 || isOut[x] === 1 ? 0 : range.significance;
    const figures =
      known === null ? null : kernelFigures(known, pairIndex(y, x, series.seriesCount), lags);
    const isOpen = figures === null || (figures.pValue ?? 1) < significance * (1 + NEARNESS);
    writeCandidate(
      columns,
      k,
      isOpen
        ? exactFigures({ ...range, significance }, series.pricesOf(y), series.pricesOf(x))
        : figures,
    );
  }
}

function exactFigures(
  { test, lags, significance }: Pick<CandidateRange, "test" | "lags" | "significance">,
  pricesY: Float64Array,
  pricesX: Float64Array,
): CandidateFigures {
  const { a: y, b: x } = commonBars(pricesY, pricesX);
  if (test === "naive") return naiveScreen(y, x, { lags });
  return calibratedScreen(y, x, { lags, significance });
}

/** Place of a pair of rows in the order of the kernel, y before x. */
function pairIndex(y: number, x: number, seriesCount: number): number {
  return y * seriesCount - (y * (y + 1)) / 2 + (x - y - 1);
}

/** What the kernel found of a pair, as figures of the calibrated screen. */
function kernelFigures(results: PairResults, index: number, lags: LagOption): CandidateFigures {
  const observations = results.observations[index] ?? 0;
  const refusal = PAIR_REFUSALS[results.refusal[index] ?? 0] ?? null;
  if (refusal !== null) {
    return refusedFigures(refusal === "no-common-bars" ? "too-short" : refusal, observations);
  }
  const at = (column: Float64Array | Int32Array) => column[index] ?? Number.NaN;
  const yOnX = {
    statistic: at(results.statisticYx),
    pValue: at(results.pValueYx),
    lags: at(results.lagsYx),
  };
  const xOnY = {
    statistic: at(results.statisticXy),
    pValue: at(results.pValueXy),
    lags: at(results.lagsXy),
  };
  const pValue = combinedPValue(Math.min(yOnX.pValue, xOnY.pValue), {
    trend: "c",
    lags,
    bars: observations,
  });
  return {
    ...refusedFigures("constant", observations),
    refusal: null,
    hedgeRatio: at(results.hedgeRatio),
    intercept: at(results.intercept),
    yOnX,
    xOnY,
    pValue,
    combinedPValue: pValue,
    halfLifeBars: numberOrNull(at(results.halfLifeBars)),
    correlation: numberOrNull(at(results.correlation)),
  };
}

function numberOrNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
