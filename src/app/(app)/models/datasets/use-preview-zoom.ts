"use client";

import { useState } from "react";
import type { DatasetConfig } from "#contracts/dataset.ts";
import type { TimeWindow } from "#contracts/interval.ts";

/** The span of the preview that is drawn: of other bars all of them again; null is all. */
export function usePreviewZoom(config: DatasetConfig | null, group: number) {
  const [zoomed, setZoomed] = useState<{ of: string; window: TimeWindow } | null>(null);
  const of = JSON.stringify([config?.books[group], config?.intervalMs, config?.window]);
  return {
    zoom: zoomed?.of === of ? zoomed.window : null,
    onZoom: (window: TimeWindow | null) =>
      setZoomed(window === null ? null : { of, window: wholeMs(window) }),
  };
}

/** A pointer stands between two milliseconds; the contract takes whole ones. */
function wholeMs({ startMs, endMs }: TimeWindow): TimeWindow {
  const start = Math.max(0, Math.floor(startMs));
  return { startMs: start, endMs: Math.max(start + 1, Math.ceil(endMs)) };
}
