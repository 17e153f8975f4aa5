"use client";

import { useMemo } from "react";
import type { ChartExport } from "./chart-export.ts";
import type { ChartLegs } from "./chart-inputs.ts";
import { TimePanes } from "./time-panes.tsx";
import { useZoom, type ZoomProps } from "./use-zoom.ts";
import { workbenchPanes } from "./workbench-panes.ts";

export type WorkbenchChartsProps = ZoomProps & {
  legs: ChartLegs;
  /** Levels of the spread at which to trade; null: none are known. */
  entryLevel: number | null;
  exitLevel: number | null;
  /** Where every bar can be had. */
  source?: ChartExport | undefined;
  loading?: boolean | undefined;
};

/** Everything of an analysed pair that moves, over one axis of time. */
export function WorkbenchCharts(props: WorkbenchChartsProps) {
  const { series, legs, entryLevel, exitLevel } = props;
  const { symbolY, symbolX } = legs;
  const { chosen, window, extent, onWindowChange } = useZoom(props);
  // Memoised because a new array makes the chart draw everything again.
  const panes = useMemo(
    () =>
      workbenchPanes({
        series,
        window: chosen,
        legs: { symbolY, symbolX },
        levels:
          entryLevel === null || exitLevel === null ? null : { entry: entryLevel, exit: exitLevel },
      }),
    [series, chosen, symbolY, symbolX, entryLevel, exitLevel],
  );
  return (
    <TimePanes
      panes={panes}
      window={window}
      extent={extent}
      intervalMs={series.intervalMs}
      onWindowChange={onWindowChange}
      ariaLabel={`Prices, spread, z-score, correlation, hedge ratio and rolling tests of ${symbolY} and ${symbolX}`}
      csvName={`${symbolY}-${symbolX} workbench`}
      source={props.source}
      loading={props.loading}
    />
  );
}
