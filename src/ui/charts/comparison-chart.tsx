"use client";

import { useMemo } from "react";
import type { TimeWindow } from "#contracts/interval.ts";
import { type ComparedSeries, comparisonPanes } from "./comparison-panes.ts";
import { TimePanes } from "./time-panes.tsx";

/** Equity of several backtests over one time axis, each from 1. */
export function ComparisonChart(props: {
  compared: readonly ComparedSeries[];
  window: TimeWindow | null;
  onZoom: (window: TimeWindow | null) => void;
}) {
  const { compared, window, onZoom } = props;
  // Memoised because a new array makes the chart draw everything again.
  const panes = useMemo(() => comparisonPanes(compared, window), [compared, window]);
  const extent = {
    startMs: Math.min(...compared.map(({ series }) => series.startMs)),
    endMs: Math.max(...compared.map(({ series }) => series.endMs)),
  };
  return (
    <TimePanes
      panes={panes}
      window={window ?? extent}
      extent={extent}
      intervalMs={Math.min(...compared.map(({ series }) => series.intervalMs))}
      onWindowChange={onZoom}
      ariaLabel="Equity and drawdown of the compared backtests"
      csvName="comparison"
    />
  );
}
