import type { TimeWindow } from "#contracts/interval.ts";
import type { TickerChart } from "#contracts/ticker.ts";
import { formatNumber } from "../format.ts";
import type { ChartColour } from "./chart-palette.ts";
import { linePoints } from "./line-chart-data.ts";
import { candleRows } from "./live-panes.ts";
import type { Pane, PaneLine, PaneThreshold } from "./pane.ts";

/** Candles with what lies over them, volume, and a pane for every other indicator that is there. */
export function tickerPanes(
  ticker: TickerChart,
  symbol: string,
  window: TimeWindow | null,
): Pane[] {
  const { chart } = ticker;
  const line = (
    name: string,
    label: string,
    colour: ChartColour,
    more: Partial<PaneLine> = {},
  ): PaneLine[] =>
    name in chart.lines
      ? [{ name: label, colour, points: linePoints(chart, name, window), ...more }]
      : [];
  const named = (prefix: string, colour: ChartColour) =>
    Object.keys(chart.lines)
      .filter((name) => name.startsWith(`${prefix}-`))
      .flatMap((name) => line(name, name.replace("-", " ").toUpperCase(), colour));
  const candles: Pane = {
    id: "candles",
    title: symbol,
    height: 300,
    lines: [
      ...line("close", "Close", "muted", { shape: "none" }),
      ...named("sma", "legX").map((sma, index) => ({ ...sma, dashed: index > 0 })),
      ...named("ema", "spread"),
      ...line("bollinger-middle", "Middle", "zScore"),
      ...line("bollinger-upper", "Upper", "zScore", { dashed: true }),
      ...line("bollinger-lower", "Lower", "zScore", { dashed: true }),
    ],
    candles: { name: symbol, rows: candleRows(ticker.openTimeMs, ticker, window) },
    format: (value) => formatNumber(value, { significant: 5 }),
    formatReadout: (value) => formatNumber(value, { significant: 7 }),
  };
  return [
    candles,
    ...lower("volume", "Volume", line("volume", "Volume", "muted", { shape: "bars" })),
    ...lower("rsi", "RSI", named("rsi", "spread"), [
      { value: 70, label: "70", colour: "threshold" },
      { value: 30, label: "30", colour: "threshold" },
    ]),
    ...lower("macd", "MACD", [
      ...line("macd-histogram", "Histogram", "muted", { shape: "bars" }),
      ...line("macd", "MACD", "legY"),
      ...line("macd-signal", "Signal", "legX", { dashed: true }),
    ]),
    ...lower("atr", "ATR", named("atr", "drawdown")),
  ];
}

function lower(
  id: string,
  title: string,
  lines: readonly PaneLine[],
  thresholds?: readonly PaneThreshold[],
): Pane[] {
  if (lines.length === 0) return [];
  return [
    {
      id,
      title,
      height: 80,
      lines,
      thresholds,
      format: (value) => formatNumber(value, { significant: 3 }),
      formatReadout: (value) => formatNumber(value, { significant: 5 }),
    },
  ];
}
