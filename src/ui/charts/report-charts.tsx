"use client";

import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import type { ChartLegs, ChartThresholds, ChartTrade } from "./chart-inputs.ts";

export type ReportChartsProps = {
  /** Lines equity, drawdown, closeY, closeX, spread, zScore; of the whole run or of `window`. */
  series: ChartSeries;
  trades: readonly ChartTrade[];
  thresholds: ChartThresholds;
  legs: ChartLegs;
  /** The span shown, held by the page (in its URL); null or absent: everything. */
  window?: TimeWindow | null | undefined;
  /** Everything there is, for the range buttons, when `series` is only the window's. */
  extent?: TimeWindow | undefined;
  /** Called with the span that was dragged over, null to show everything. */
  onZoom?: ((window: TimeWindow | null) => void) | undefined;
  /** File name of the CSV, without ending. */
  csvName?: string | undefined;
  /** A finer series of the window is on its way; the old one stays. */
  loading?: boolean | undefined;
};

export function ReportCharts(props: ReportChartsProps) {
  return <div>{props.legs.symbolY}</div>;
}
