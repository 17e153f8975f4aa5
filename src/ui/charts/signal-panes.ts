import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import type { PreviewSignal } from "#contracts/strategy-preview.ts";
import type { StrategyFigure } from "#quant/strategies/strategy.ts";
import { formatNumber, formatPercent } from "../format.ts";
import type { ChartColour } from "./chart-palette.ts";
import { type ChartPoint, linePoints, nearestPoint, rebased } from "./line-chart-data.ts";
import type { Pane, PaneLine, PaneMarker, PaneThreshold } from "./pane.ts";

export type SignalPanesInput = {
  /** Lines `close.<place>` and `figure.<name>`. */
  series: ChartSeries;
  window: TimeWindow | null;
  /** Of the instruments, by place. */
  symbols: readonly string[];
  figures: Readonly<Record<string, StrategyFigure>>;
  signals: readonly PreviewSignal[];
  /** Where the strategy acts, on the axis of z-scores. */
  levels: readonly PaneThreshold[];
};

type Axis = StrategyFigure["axis"];

/** Shares are of different things, so that their pane is called by these. */
const AXIS_TITLES: Readonly<Record<Exclude<Axis, "fraction">, string>> = {
  spread: "Spread",
  "z-score": "z-score",
  ratio: "Hedge ratio",
  score: "Scores",
  count: "Counts",
};

/** Where a signal is read off: the axis of its rule before others. */
const AXIS_ORDER: readonly Axis[] = ["z-score", "spread", "count", "fraction", "score", "ratio"];

/** More lines than these cannot be told apart; the others are in the report. */
const PRICE_LINES_MAX = 8;

/** Prices from 1, and below them the figures by axis; signals stand on the figure that they follow. */
export function signalPanes(input: SignalPanesInput): Pane[] {
  const { series, window, figures, signals, levels } = input;
  // A hedge ratio that is frozen is a line without news.
  const named = Object.entries(figures).filter(([name, { axis }]) =>
    axis === "ratio" ? hasNews(series, name) : `figure.${name}` in series.lines,
  );
  const axes = AXIS_ORDER.filter((axis) => named.some(([, figure]) => figure.axis === axis));
  const figurePanes = axes.map((axis, place): Pane => {
    const lines = named
      .filter(([, figure]) => figure.axis === axis)
      .map(([name, { label }], index) => ({
        name: label,
        colour: figureColour(axis, index),
        points: linePoints(series, `figure.${name}`, window),
        dashed: index > 0,
      }));
    return {
      id: axis,
      title:
        lines.length === 1 || axis === "fraction"
          ? lines.map(({ name }) => name).join("; ")
          : AXIS_TITLES[axis],
      height: place === 0 ? 160 : 80,
      lines,
      markers: place === 0 ? markersOn(lines[0]?.points ?? [], signals) : [],
      thresholds: axis === "z-score" ? levels : [],
      ...(axis === "fraction"
        ? {
            format: (value) => formatPercent(value, { digits: 0 }),
            formatReadout: (value) => formatPercent(value, { digits: 1 }),
          }
        : {
            format: (value) => formatNumber(value, { significant: 3 }),
            formatReadout: (value) => formatNumber(value),
          }),
    };
  });
  return [pricePane(input), ...figurePanes];
}

function hasNews(series: ChartSeries, name: string): boolean {
  const values = series.lines[`figure.${name}`]?.values.filter((value) => value !== null) ?? [];
  return new Set(values).size > 1;
}

function pricePane({ series, window, symbols }: SignalPanesInput): Pane {
  const lines = symbols.slice(0, PRICE_LINES_MAX).map((symbol, place): PaneLine => {
    const points = linePoints(series, `close.${place}`, window);
    return {
      name: symbol,
      colour: priceColour(place),
      points: rebased(points).points,
      readout: points,
    };
  });
  return {
    id: "prices",
    title:
      symbols.length > PRICE_LINES_MAX
        ? `Closes of the first ${PRICE_LINES_MAX}, from 1`
        : "Closes, from 1",
    height: 120,
    lines,
    format: (value) => formatNumber(value, { significant: 3 }),
    formatReadout: (value) => formatNumber(value, { significant: 6 }),
  };
}

function priceColour(place: number): ChartColour {
  if (place === 0) return "legY";
  return place === 1 ? "legX" : "muted";
}

function figureColour(axis: Axis, index: number): ChartColour {
  if (index > 0) return "threshold";
  switch (axis) {
    case "z-score":
      return "zScore";
    case "spread":
      return "spread";
    default:
      return "accent";
  }
}

/** A signal at the value of its bar; where the line has a gap, at the nearest value. */
function markersOn(points: readonly ChartPoint[], signals: readonly PreviewSignal[]): PaneMarker[] {
  const first = points[0]?.[0] ?? Number.POSITIVE_INFINITY;
  const last = points.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY;
  return signals.flatMap((signal) => {
    const { timeMs } = signal;
    if (timeMs < first || timeMs > last) return [];
    const value = nearestPoint(points, timeMs)?.[1] ?? null;
    return value === null ? [] : [{ timeMs, value, ...lookOf(signal) }];
  });
}

/** The same shapes as the trades of a report. */
function lookOf({ reason, side }: PreviewSignal): Pick<PaneMarker, "shape" | "colour"> {
  if (side === "long") return { shape: "up", colour: "long" };
  if (side === "short") return { shape: "down", colour: "short" };
  switch (reason) {
    case "stop":
      return { shape: "cross", colour: "stop" };
    case "time":
      return { shape: "square", colour: "exit" };
    case "entry":
      return { shape: "up", colour: "long" };
    case "exit":
    case "gate":
    case "rebalance":
      return { shape: "diamond", colour: "exit" };
  }
}
