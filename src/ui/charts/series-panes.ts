import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import { formatNumber } from "../format.ts";
import { linePoints } from "./line-chart-data.ts";
import type { Pane } from "./pane.ts";

/** Closes of one instrument, and its volume where there is one. */
export function seriesPanes(series: ChartSeries, window: TimeWindow | null): Pane[] {
  const volume = linePoints(series, "volume", window);
  const hasVolume = volume.some(([, value]) => value !== null && value > 0);
  const price: Pane = {
    id: "close",
    title: "Close",
    height: 280,
    lines: [{ name: "Close", colour: "legY", points: linePoints(series, "close", window) }],
    format: (value) => formatNumber(value),
    formatReadout: (value) => formatNumber(value, { significant: 8 }),
  };
  if (!hasVolume) return [price];
  return [
    price,
    {
      id: "volume",
      title: "Volume",
      height: 80,
      lines: [{ name: "Volume", colour: "muted", points: volume, shape: "bars" }],
      format: compactNumber,
      formatReadout: (value) => formatNumber(value),
    },
  ];
}

const COMPACT = new Intl.NumberFormat("en-GB", {
  notation: "compact",
  maximumSignificantDigits: 3,
});

function compactNumber(value: number): string {
  return COMPACT.format(value);
}
