"use client";

import { useMemo } from "react";
import type { ChartExport } from "./chart-export.ts";
import type { ChartLegs, ChartThresholds, ChartTrade } from "./chart-inputs.ts";
import { equityPanes } from "./equity-panes.ts";
import { pricePane } from "./price-pane.ts";
import { spreadPanes } from "./spread-panes.ts";
import { TimePanes } from "./time-panes.tsx";
import { useZoom, type ZoomProps } from "./use-zoom.ts";

export type ReportChartsProps = ZoomProps & {
  /** `series` has the lines equity, drawdown, closeY, closeX, spread, zScore. */
  trades: readonly ChartTrade[];
  thresholds: ChartThresholds;
  legs: ChartLegs;
  /** File name of the CSV, without ending. */
  csvName?: string | undefined;
  /** Where every bar can be had. */
  source?: ChartExport | undefined;
  /** A finer series of the window is on its way; the old one stays. */
  loading?: boolean | undefined;
};

/** A backtest over its trading period: equity, drawdown, prices with trades, spread, z-score. */
export function ReportCharts(props: ReportChartsProps) {
  const { series, trades, thresholds, legs } = props;
  const { symbolY, symbolX } = legs;
  const { entryZScore, exitZScore, stopZScore } = thresholds;
  const { chosen, window, extent, onWindowChange } = useZoom(props);
  // Memoised with what it is made of, because a new array makes the chart draw everything again.
  const panes = useMemo(
    () => [
      ...equityPanes(series, chosen),
      pricePane({
        series,
        legs: { symbolY, symbolX },
        window: chosen,
        names: { y: "closeY", x: "closeX" },
        trades,
      }),
      ...spreadPanes(series, chosen, { entryZScore, exitZScore, stopZScore }, trades),
    ],
    [series, chosen, symbolY, symbolX, trades, entryZScore, exitZScore, stopZScore],
  );
  return (
    <TimePanes
      panes={panes}
      window={window}
      extent={extent}
      intervalMs={series.intervalMs}
      onWindowChange={onWindowChange}
      ariaLabel={`Equity, drawdown, prices, spread and z-score of ${symbolY} and ${symbolX}`}
      csvName={props.csvName ?? `${symbolY}-${symbolX}-backtest`}
      source={props.source}
      loading={props.loading}
    />
  );
}
