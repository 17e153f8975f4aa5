import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import { formatNumber } from "../format.ts";
import type { ChartLegs, ChartTrade } from "./chart-inputs.ts";
import { EXIT_MARKERS } from "./exit-marker.ts";
import { type ChartPoint, linePoints, rebased } from "./line-chart-data.ts";
import type { Pane, PaneMarker } from "./pane.ts";

export type PricePaneInput = {
  series: ChartSeries;
  legs: ChartLegs;
  window: TimeWindow | null;
  /** Names of the two lines in the series. */
  names: { y: string; x: string };
  trades?: readonly ChartTrade[] | undefined;
};

/** Both legs, rebased to 1 at the start of what is shown, with what was bought and sold where. */
export function pricePane(input: PricePaneInput): Pane {
  const { series, legs, window, names, trades = [] } = input;
  const rawY = linePoints(series, names.y, window);
  const rawX = linePoints(series, names.x, window);
  const y = rebased(rawY);
  const x = rebased(rawX);
  return {
    id: "prices",
    // The lines share one axis by starting at 1; the figures beside the names are those of the data.
    title: names.y === "closeY" ? "Closes, lines drawn from 1" : "Prices, first bar = 1",
    height: 190,
    lines: [
      { name: legs.symbolY, colour: "legY", points: y.points, readout: rawY },
      { name: legs.symbolX, colour: "legX", points: x.points, readout: rawX },
    ],
    markers: trades
      .filter((trade) => overlaps(trade, window, rawY))
      .flatMap((trade) => tradeMarkers(trade, y.base, x.base)),
    format: (value) => formatNumber(value, { significant: 3 }),
    formatReadout: (value) => formatNumber(value, { significant: 6 }),
  };
}

function overlaps(
  trade: ChartTrade,
  window: TimeWindow | null,
  points: readonly ChartPoint[],
): boolean {
  const startMs = window?.startMs ?? points[0]?.[0] ?? 0;
  const endMs = window?.endMs ?? points.at(-1)?.[0] ?? 0;
  return trade.entryMs <= endMs && trade.exitMs >= startMs;
}

/** Entries point the way that each leg was traded; a long spread buys Y and sells X. */
function tradeMarkers(trade: ChartTrade, baseY: number | null, baseX: number | null): PaneMarker[] {
  if (baseY === null || baseX === null) return [];
  const bought = { shape: "up", colour: "long" } as const;
  const sold = { shape: "down", colour: "short" } as const;
  const isLong = trade.side === "long";
  const exit = EXIT_MARKERS[trade.exitReason];
  return [
    { timeMs: trade.entryMs, value: trade.entryPriceY / baseY, ...(isLong ? bought : sold) },
    { timeMs: trade.entryMs, value: trade.entryPriceX / baseX, ...(isLong ? sold : bought) },
    { timeMs: trade.exitMs, value: trade.exitPriceY / baseY, ...exit },
    { timeMs: trade.exitMs, value: trade.exitPriceX / baseX, ...exit },
  ];
}
