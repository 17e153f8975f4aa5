"use client";

import { type ReactNode, useMemo } from "react";
import type { ChartExport } from "./chart-export.ts";
import { figureOnlyPanes } from "./figure-only-panes.ts";
import type { ReportPanesInput } from "./report-panes.ts";
import { TimePanes } from "./time-panes.tsx";
import { useZoom, type ZoomProps } from "./use-zoom.ts";

type Props = ZoomProps &
  Pick<ReportPanesInput, "book" | "bookPlace" | "trades" | "thresholds"> & {
    /** What is drawn, for whoever does not see it. */
    ariaLabel: string;
    csvName: string;
    source?: ChartExport | undefined;
    loading?: boolean | undefined;
    controls?: ReactNode;
  };

/** What the strategy saw of one book, with its thresholds, and where it entered and left. */
export function FigureCharts(props: Props) {
  const { series, book, bookPlace, trades, thresholds } = props;
  const { chosen, window, asked, extent, onWindowChange } = useZoom(props);
  // Memoised because a new array makes the chart draw everything again.
  const panes = useMemo(
    () => figureOnlyPanes({ series, window: chosen, book, bookPlace, trades, thresholds }),
    [series, chosen, book, bookPlace, trades, thresholds],
  );
  return (
    <TimePanes
      panes={panes}
      window={window}
      asked={asked}
      extent={extent}
      intervalMs={series.intervalMs}
      onWindowChange={onWindowChange}
      ariaLabel={props.ariaLabel}
      csvName={props.csvName}
      source={props.source}
      loading={props.loading}
      lead={props.controls}
    />
  );
}
