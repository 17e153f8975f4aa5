import type { LagOption } from "#quant/cointegration/lag-selection.ts";
import { type BaselineKind, baselineSelection } from "#quant/pairs/baseline-selection.ts";
import { answerOrNull } from "#quant/pairs/candidate-figures.ts";
import {
  type ClusteredUniverse,
  clusterUniverse,
  type UniverseClustering,
} from "#quant/pairs/cluster-universe.ts";
import { type DataQuality, dataQuality } from "#quant/pairs/data-quality.ts";
import type { SelectedPair } from "#quant/pairs/distance-selection.ts";
import { type IntegrationOrder, integrationOrder } from "#quant/pairs/integration-order.ts";
import { type FunnelRows, logPrices, pricesOf, type SharedGrid } from "./shared-grid.ts";

export type QualityInput = { readonly grid: SharedGrid };

export type ClusterInput = {
  readonly grid: SharedGrid;
  /** Series to divide; labels of the answer are in their order. */
  readonly rows: readonly number[];
  readonly clustering: UniverseClustering;
  readonly seed: number;
};

export type BaselineInput = {
  readonly grid: SharedGrid;
  /** Series to choose among; pairs of the answer are places in this list. */
  readonly rows: readonly number[];
  readonly kind: BaselineKind;
  readonly count: number;
};

export type IntegrationInput = FunnelRows & {
  readonly rows: readonly number[];
  readonly lags: LagOption;
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

/** What a baseline would choose among levels; null where the series have too few bars in common. */
export function baselinePairs({ grid, rows, kind, count }: BaselineInput): SelectedPair[] | null {
  const prices = rows.map((row) => pricesOf({ grid, prices: "level" }, row));
  return answerOrNull(() => baselineSelection(prices, { kind, count }));
}

/** Unit-root checks of the chosen series over the bars that each has. */
export function integrationOrders({ rows, lags, ...shared }: IntegrationInput): IntegrationOrder[] {
  return rows.map((row) => {
    const present = pricesOf(shared, row).filter((price) => !Number.isNaN(price));
    return integrationOrder(present, { lags });
  });
}
