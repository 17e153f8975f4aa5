"use client";

import { useState } from "react";
import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";

export type ZoomProps = {
  series: ChartSeries;
  /** The span shown, held by the page (in its URL); null: everything; absent: the chart holds it. */
  window?: TimeWindow | null | undefined;
  /** The span that was chosen, while `window` is still the one before; absent: it is `window`. */
  asked?: TimeWindow | null | undefined;
  /** Everything there is, when `series` may be only the window's. */
  extent?: TimeWindow | undefined;
  /** Called with the span that was chosen, null to show everything. */
  onZoom?: ((window: TimeWindow | null) => void) | undefined;
};

export type Zoom = {
  /** null: everything. */
  chosen: TimeWindow | null;
  window: TimeWindow;
  asked: TimeWindow;
  extent: TimeWindow;
  onWindowChange: (window: TimeWindow | null) => void;
};

/** The span that charts show: the page's if it holds one, else their own. */
export function useZoom(props: ZoomProps): Zoom {
  const [own, setOwn] = useState<TimeWindow | null>(null);
  const { series, onZoom } = props;
  const chosen = props.window === undefined ? own : props.window;
  const [whole] = useState({ startMs: series.startMs, endMs: series.endMs });
  const extent = props.extent ?? whole;
  return {
    chosen,
    window: chosen ?? extent,
    asked: (props.asked === undefined ? chosen : props.asked) ?? extent,
    extent,
    onWindowChange: (next) => {
      if (props.window === undefined) setOwn(next);
      onZoom?.(next);
    },
  };
}
