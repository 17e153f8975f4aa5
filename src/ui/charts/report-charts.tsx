"use client";

import { type ReactNode, useMemo } from "react";
import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartExport } from "./chart-export.ts";
import { type ReportPanesInput, reportPanes, riskPanes } from "./report-panes.ts";
import { TimePanes } from "./time-panes.tsx";
import { useZoom, type ZoomProps } from "./use-zoom.ts";

type Common = ZoomProps & {
  /** File name of the CSV, without ending. */
  csvName: string;
  /** Where every bar can be had. */
  source?: ChartExport | undefined;
  /** A finer series of the window is on its way; the old one stays. */
  loading?: boolean | undefined;
  /** A span may be chosen soon: its bars may be asked for. */
  onZoomNear?: ((window: TimeWindow) => void) | undefined;
  /** Choices of what is drawn, in the row of the range buttons. */
  controls?: ReactNode;
};

export type ReportChartsProps = Common & Omit<ReportPanesInput, "series" | "window">;

/** A backtest over its trading period: equity, drawdown, prices with trades, what the strategy saw. */
export function ReportCharts(props: ReportChartsProps) {
  const { series, benchmarks, symbols, book, bookPlace, shownInstruments, trades } = props;
  const { thresholds } = props;
  const { chosen, window, asked, extent, onWindowChange } = useZoom(props);
  // Memoised with what it is made of, because a new array makes the chart draw everything again.
  const panes = useMemo(
    () =>
      reportPanes({
        series,
        window: chosen,
        benchmarks,
        symbols,
        book,
        bookPlace,
        shownInstruments,
        trades,
        thresholds,
      }),
    [series, chosen, benchmarks, symbols, book, bookPlace, shownInstruments, trades, thresholds],
  );
  const shown = shownInstruments.map((place) => symbols[place]).join(" and ");
  return (
    <TimePanes
      panes={panes}
      window={window}
      asked={asked}
      extent={extent}
      intervalMs={series.intervalMs}
      onWindowChange={onWindowChange}
      ariaLabel={`Equity, drawdown, prices and figures${shown === "" ? "" : ` of ${shown}`}`}
      csvName={props.csvName}
      source={props.source}
      loading={props.loading}
      onWindowNear={props.onZoomNear}
      lead={props.controls}
    />
  );
}

/** Rolling Sharpe ratio and exposure of a backtest, on the same span as its other charts. */
export function RiskCharts(props: Common & { rollingSharpeBars: number }) {
  const { series, rollingSharpeBars } = props;
  const { chosen, window, asked, extent, onWindowChange } = useZoom(props);
  // Memoised for the same reason.
  const panes = useMemo(
    () => riskPanes(series, chosen, rollingSharpeBars),
    [series, chosen, rollingSharpeBars],
  );
  return (
    <TimePanes
      panes={panes}
      window={window}
      asked={asked}
      extent={extent}
      intervalMs={series.intervalMs}
      onWindowChange={onWindowChange}
      ariaLabel="Rolling Sharpe ratio and exposure"
      csvName={props.csvName}
      source={props.source}
      loading={props.loading}
    />
  );
}
