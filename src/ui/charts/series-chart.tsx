"use client";

import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";

export type SeriesChartProps = {
  /** Lines close and, where there is one, volume. */
  series: ChartSeries;
  symbol: string;
  window?: TimeWindow | null | undefined;
  extent?: TimeWindow | undefined;
  onZoom?: ((window: TimeWindow | null) => void) | undefined;
  csvName?: string | undefined;
  loading?: boolean | undefined;
};

/** Prices and volume of one instrument. */
export function SeriesChart(props: SeriesChartProps) {
  return <div>{props.symbol}</div>;
}
