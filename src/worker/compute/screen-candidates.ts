import { combinedPValue } from "#quant/cointegration/combined-p-value.ts";
import type { LagOption } from "#quant/cointegration/lag-selection.ts";
import { PAIR_REFUSALS, type PairResults } from "#quant/kernels/pair-results.ts";
import { calibratedScreen } from "#quant/pairs/calibrated-screen.ts";
import { type CandidateColumns, writeCandidate } from "#quant/pairs/candidate-columns.ts";
import { type CandidateFigures, refusedFigures } from "#quant/pairs/candidate-figures.ts";
import { commonBars } from "#quant/pairs/common-bars.ts";
import { naiveScreen } from "#quant/pairs/naive-screen.ts";
import { type FunnelRows, pricesOf } from "./shared-grid.ts";

/** A range of the candidates of a universe; all columns are in memory that the threads share. */
export type CandidatesInput = FunnelRows & {
  /** Rows of leg Y and leg X of each candidate in turn. */
  readonly pairs: Uint32Array;
  /** Candidates start … end − 1 are written. */
  readonly columns: CandidateColumns;
  readonly start: number;
  readonly end: number;
  readonly test: "calibrated" | "naive";
  readonly lags: LagOption;
  readonly significance: number;
  /** By row of the grid: 1 for a series that makes no pairs, because it is no random walk. */
  readonly isOut: Uint8Array;
  /** What the kernel found of all pairs of the grid; null where it was not asked. */
  readonly known: PairResults | null;
};

/** A pair this near to the significance is screened exactly: the kernel agrees to nine digits. */
const NEARNESS = 1e-6;

/**
 * Figures of candidates over the bars that both legs have. Those that decide only about a likely pair are
 * left out for others; where the kernel says that a pair is unlikely, its figures are those of the kernel.
 */
export function screenCandidates(input: CandidatesInput): void {
  const { pairs, columns, start, end, known, lags, grid, isOut } = input;
  for (let k = start; k < end; k++) {
    const y = pairs[2 * k] ?? 0;
    const x = pairs[2 * k + 1] ?? 0;
    // No p-value is below zero: a pair that is out already is not likely.
    const significance = isOut[y] === 1 || isOut[x] === 1 ? 0 : input.significance;
    const figures =
      known === null ? null : kernelFigures(known, pairIndex(y, x, grid.seriesCount), lags);
    const isOpen = figures === null || (figures.pValue ?? 1) < significance * (1 + NEARNESS);
    writeCandidate(columns, k, isOpen ? exactFigures({ ...input, significance }, y, x) : figures);
  }
}

function exactFigures(
  input: FunnelRows & Pick<CandidatesInput, "test" | "lags" | "significance">,
  rowY: number,
  rowX: number,
): CandidateFigures {
  const { test, lags, significance } = input;
  const { a: y, b: x } = commonBars(pricesOf(input, rowY), pricesOf(input, rowX));
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
