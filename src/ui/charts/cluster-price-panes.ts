import type { ChartSeries } from "#contracts/market-data.ts";
import { formatNumber } from "../format.ts";
import type { ChartColour } from "./chart-palette.ts";
import { linePoints, rebased } from "./line-chart-data.ts";
import type { Pane, PaneLine } from "./pane.ts";

/** In this order lines get their colours; as many as eyes can keep apart. */
export const PRICE_LINE_COLOURS = [
  "legY",
  "legX",
  "spread",
  "zScore",
  "short",
  "entry",
  "stop",
  "long",
  "drawdown",
  "equity",
  "exit",
  "threshold",
] as const satisfies readonly ChartColour[];

/** No more lines than this are drawn at a time. */
export const PRICE_LINES_MAX = PRICE_LINE_COLOURS.length;

/** The closes of one instrument. */
export type NamedSeries = { readonly symbol: string; readonly series: ChartSeries };

/** Prices of several instruments in one pane, each divided by its first, so that all begin at one. */
export function clusterPricePanes(series: readonly NamedSeries[]): Pane[] {
  const lines = series.slice(0, PRICE_LINES_MAX).map(({ symbol, series: one }, index): PaneLine => {
    const { points } = rebased(linePoints(one, "close"));
    return { name: symbol, colour: PRICE_LINE_COLOURS[index] ?? "muted", points };
  });
  return [
    {
      id: "prices",
      title: "First = 1",
      height: 320,
      lines,
      format: (value) => formatNumber(value, { significant: 3 }),
      formatReadout: (value) => formatNumber(value, { significant: 4 }),
    },
  ];
}
