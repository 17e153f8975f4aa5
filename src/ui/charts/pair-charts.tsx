"use client";

import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import type { ChartLegs, ChartThresholds } from "./chart-inputs.ts";

export type PairChartsProps = {
  /** Lines normalisedY, normalisedX, spread, zScore. */
  series: ChartSeries;
  thresholds: ChartThresholds;
  legs: ChartLegs;
  /** Drawn as the in-sample part. */
  formation?: TimeWindow | undefined;
  window?: TimeWindow | null | undefined;
  extent?: TimeWindow | undefined;
  onZoom?: ((window: TimeWindow | null) => void) | undefined;
  csvName?: string | undefined;
  loading?: boolean | undefined;
};

export function PairCharts(props: PairChartsProps) {
  return <div>{props.legs.symbolY}</div>;
}
