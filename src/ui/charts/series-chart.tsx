"use client";

import { useMemo } from "react";
import type { ChartExport } from "./chart-export.ts";
import { seriesPanes } from "./series-panes.ts";
import { TimePanes } from "./time-panes.tsx";
import { useZoom, type ZoomProps } from "./use-zoom.ts";

export type SeriesChartProps = ZoomProps & {
  /** `series` has the line close and, where there is one, volume. */
  symbol: string;
  csvName?: string | undefined;
  /** Where every bar can be had. */
  source?: ChartExport | undefined;
  loading?: boolean | undefined;
};

/** Prices and volume of one instrument. */
export function SeriesChart(props: SeriesChartProps) {
  const { series, symbol } = props;
  const { chosen, window, extent, onWindowChange } = useZoom(props);
  // Memoised because a new array makes the chart draw everything again.
  const panes = useMemo(() => seriesPanes(series, chosen), [series, chosen]);
  return (
    <TimePanes
      panes={panes}
      window={window}
      extent={extent}
      intervalMs={series.intervalMs}
      onWindowChange={onWindowChange}
      ariaLabel={`Closes of ${symbol}`}
      csvName={props.csvName ?? symbol}
      source={props.source}
      loading={props.loading}
    />
  );
}
