"use client";

import { useMemo } from "react";
import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartExport } from "./chart-export.ts";
import type { ChartLegs, ChartThresholds } from "./chart-inputs.ts";
import { pricePane } from "./price-pane.ts";
import { spreadPanes } from "./spread-panes.ts";
import { TimePanes } from "./time-panes.tsx";
import { useZoom, type ZoomProps } from "./use-zoom.ts";

export type PairChartsProps = ZoomProps & {
  /** `series` has the lines normalisedY, normalisedX, spread, zScore. */
  thresholds: ChartThresholds;
  legs: ChartLegs;
  /** Shaded as the part that the pair was selected on. */
  formation?: TimeWindow | undefined;
  csvName?: string | undefined;
  /** Where every bar can be had. */
  source?: ChartExport | undefined;
  loading?: boolean | undefined;
};

/** A pair: both prices from one start, their spread, and its z-score with the levels. */
export function PairCharts(props: PairChartsProps) {
  const { series, thresholds, legs, formation } = props;
  const { symbolY, symbolX } = legs;
  const { entryZScore, exitZScore, stopZScore } = thresholds;
  const { chosen, window, extent, onWindowChange } = useZoom(props);
  // Memoised with what it is made of, because a new array makes the chart draw everything again.
  const panes = useMemo(
    () => [
      pricePane({
        series,
        legs: { symbolY, symbolX },
        window: chosen,
        names: { y: "normalisedY", x: "normalisedX" },
      }),
      ...spreadPanes(series, chosen, { entryZScore, exitZScore, stopZScore }),
    ],
    [series, chosen, symbolY, symbolX, entryZScore, exitZScore, stopZScore],
  );
  return (
    <TimePanes
      panes={panes}
      window={window}
      extent={extent}
      intervalMs={series.intervalMs}
      onWindowChange={onWindowChange}
      formation={formation}
      ariaLabel={`Normalised prices, spread and z-score of ${symbolY} and ${symbolX}`}
      csvName={props.csvName ?? `${symbolY}-${symbolX}`}
      source={props.source}
      loading={props.loading}
    />
  );
}
