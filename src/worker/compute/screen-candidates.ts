import type { LagOption } from "#quant/cointegration/lag-selection.ts";
import { seriesGridIn } from "#quant/kernels/series-grid.ts";
import { calibratedScreen } from "#quant/pairs/calibrated-screen.ts";
import type { CandidateFigures } from "#quant/pairs/candidate-figures.ts";
import {
  type ClusteredUniverse,
  clusterUniverse,
  type UniverseClustering,
} from "#quant/pairs/cluster-universe.ts";
import { commonBars } from "#quant/pairs/common-bars.ts";
import { type DataQuality, dataQuality } from "#quant/pairs/data-quality.ts";
import { type IntegrationOrder, integrationOrder } from "#quant/pairs/integration-order.ts";
import { naiveScreen } from "#quant/pairs/naive-screen.ts";

/** A universe in memory that the threads share; see seriesGridIn. */
export type SharedGrid = {
  readonly memory: SharedArrayBuffer;
  readonly length: number;
  readonly seriesCount: number;
};

/** Series on which a funnel works, as logarithms or levels. */
export type FunnelRows = {
  readonly grid: SharedGrid;
  readonly prices: "log" | "level";
};

export type QualityInput = { readonly grid: SharedGrid };

export type ClusterInput = {
  readonly grid: SharedGrid;
  /** Series to divide; labels of the answer are in their order. */
  readonly rows: readonly number[];
  readonly clustering: UniverseClustering;
  readonly seed: number;
};

export type IntegrationInput = FunnelRows & {
  readonly rows: readonly number[];
  readonly lags: LagOption;
};

export type CandidatesInput = FunnelRows & {
  /** Rows of leg Y and leg X of each pair in turn. */
  readonly pairs: Uint32Array;
  readonly test: "calibrated" | "naive";
  readonly lags: LagOption;
  readonly significance: number;
};

/** Data quality of every series of a grid. */
export function qualityOfSeries({ grid }: QualityInput): DataQuality[] {
  return Array.from({ length: grid.seriesCount }, (_, row) => dataQuality(logPrices(grid, row)));
}

/** Divides the chosen series; returns are of levels whatever the funnel tests. */
export function clusterSeries({ grid, rows, clustering, seed }: ClusterInput): ClusteredUniverse {
  return clusterUniverse(
    rows.map((row) => pricesOf({ grid, prices: "level" }, row)),
    clustering,
    { seed },
  );
}

/** Unit-root checks of the chosen series over the bars that each has. */
export function integrationOrders({ rows, lags, ...shared }: IntegrationInput): IntegrationOrder[] {
  return rows.map((row) => {
    const present = pricesOf(shared, row).filter((price) => !Number.isNaN(price));
    return integrationOrder(present, { lags });
  });
}

/** Figures of candidates over the bars that both legs have. */
export function screenCandidates(input: CandidatesInput): CandidateFigures[] {
  const { pairs, test, lags, significance } = input;
  return Array.from({ length: pairs.length / 2 }, (_, k) => {
    const { a: y, b: x } = commonBars(
      pricesOf(input, pairs[2 * k] ?? 0),
      pricesOf(input, pairs[2 * k + 1] ?? 0),
    );
    if (test === "naive") return naiveScreen(y, x, { lags });
    return calibratedScreen(y, x, { lags, significance });
  });
}

function pricesOf({ grid, prices }: FunnelRows, row: number): Float64Array {
  const logs = logPrices(grid, row);
  return prices === "log" ? logs : logs.map(Math.exp);
}

function logPrices({ memory, length, seriesCount }: SharedGrid, row: number): Float64Array {
  return seriesGridIn(memory, length, seriesCount).logCloses.subarray(
    row * length,
    (row + 1) * length,
  );
}
