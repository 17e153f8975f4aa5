"use client";

import { useMemo, useState } from "react";
import type { TimeWindow } from "#contracts/interval.ts";
import { clusterPricePanes, type NamedSeries } from "./cluster-price-panes.ts";
import { TimePanes } from "./time-panes.tsx";

export type ClusterPricesProps = {
  /** At least one. */
  series: readonly NamedSeries[];
  window: TimeWindow;
  intervalMs: number;
  ariaLabel: string;
  csvName: string;
};

/** Prices of a cluster over one axis, all beginning at one. */
export function ClusterPrices(props: ClusterPricesProps) {
  const { series, window: extent } = props;
  const [zoom, setZoom] = useState<TimeWindow | null>(null);
  // Memoised because a new array makes the chart draw everything again.
  const panes = useMemo(() => clusterPricePanes(series), [series]);
  return (
    <TimePanes
      panes={panes}
      window={zoom ?? extent}
      extent={extent}
      intervalMs={props.intervalMs}
      onWindowChange={setZoom}
      ariaLabel={props.ariaLabel}
      csvName={props.csvName}
    />
  );
}
