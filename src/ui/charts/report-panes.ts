import type { ReportBook } from "#contracts/backtest.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import { formatNumber, formatPercent, formatSigned } from "../format.ts";
import type { ChartTrade } from "./chart-inputs.ts";
import type { ChartColour } from "./chart-palette.ts";
import { equityPanes, type ShownBenchmark } from "./equity-panes.ts";
import { EXIT_MARKERS } from "./exit-marker.ts";
import { GATE_FIGURE, gatePane } from "./gate-pane.ts";
import { type ChartPoint, linePoints, nearestPoint } from "./line-chart-data.ts";
import type { Pane, PaneLine, PaneMarker, PaneThreshold } from "./pane.ts";

export type ReportPanesInput = {
  series: ChartSeries;
  window: TimeWindow | null;
  benchmarks: readonly ShownBenchmark[];
  /** Symbols of the report's instruments. */
  symbols: readonly string[];
  /** The book whose prices and figures are drawn; null of a report without any. */
  book: ReportBook | null;
  /** Its place among the books, which names its columns. */
  bookPlace: number;
  /** Places of the instruments whose prices are drawn. */
  shownInstruments: readonly number[];
  trades: readonly ChartTrade[];
  thresholds: Readonly<Record<string, readonly PaneThreshold[]>>;
};

/** Equity, drawdown, a price pane a leg with what was bought and sold where, and what the strategy saw. */
export function reportPanes(input: ReportPanesInput): Pane[] {
  const { series, window, benchmarks, bookPlace } = input;
  const trades = input.trades.filter(
    (trade) => trade.book === bookPlace && overlaps(trade, window ?? series),
  );
  return [
    ...equityPanes(series, window, benchmarks),
    ...input.shownInstruments.map((place, index) => legPane(input, place, index, trades)),
    ...figurePanes(input, trades),
  ];
}

/** The columns that reportPanes draws: nothing else is fetched. */
export function reportColumns(
  input: Pick<ReportPanesInput, "benchmarks" | "book" | "bookPlace" | "shownInstruments">,
): string[] {
  return [
    "equity",
    "drawdown",
    ...input.benchmarks.map(({ place }) => `benchmark.${place}`),
    ...input.shownInstruments.map((place) => `close.${place}`),
    ...(input.book?.figures ?? []).map(({ name }) => `${name}.${input.bookPlace}`),
  ];
}

/** The columns of riskPanes. */
export const RISK_COLUMNS = ["rollingSharpe", "grossExposure", "netExposure"] as const;

/** What the run risked over time. */
export function riskPanes(
  series: ChartSeries,
  window: TimeWindow | null,
  rollingSharpeBars: number,
): Pane[] {
  return [
    {
      id: "rolling-sharpe",
      title: `Sharpe ratio, ${rollingSharpeBars} bars`,
      height: 120,
      lines: [
        { name: "Sharpe", colour: "accent", points: linePoints(series, "rollingSharpe", window) },
      ],
      thresholds: [{ value: 0, label: "0", colour: "threshold" }],
      format: (value) => formatSigned(value, { significant: 3 }),
    },
    {
      id: "exposure",
      title: "Exposure",
      height: 100,
      lines: [
        {
          name: "Gross",
          colour: "legY",
          points: linePoints(series, "grossExposure", window),
          shape: "area",
        },
        { name: "Net", colour: "legX", points: linePoints(series, "netExposure", window) },
      ],
      format: (value) => formatPercent(value, { digits: 0 }),
      formatReadout: (value) => formatPercent(value, { digits: 1 }),
    },
  ];
}

function overlaps(trade: ChartTrade, window: TimeWindow): boolean {
  return trade.entryMs <= window.endMs && trade.exitMs >= window.startMs;
}

/** More trades than this are drawn with smaller markers. */
const LARGE_MARKERS_MAX = 120;

function markerScale(trades: readonly ChartTrade[]): number {
  return trades.length > LARGE_MARKERS_MAX ? 0.6 : 1;
}

function legPane(
  { series, window, symbols }: ReportPanesInput,
  place: number,
  index: number,
  trades: readonly ChartTrade[],
): Pane {
  const symbol = symbols[place] ?? "";
  const colour = index % 2 === 0 ? "legY" : "legX";
  return {
    id: `price-${place}`,
    title: symbol,
    height: 120,
    lines: [{ name: symbol, colour, points: linePoints(series, `close.${place}`, window) }],
    markers: trades.flatMap((trade) => legMarkers(trade, place)),
    markerScale: markerScale(trades),
    format: (value) => formatNumber(value, { significant: 5 }),
    formatReadout: (value) => formatNumber(value, { significant: 6 }),
  };
}

const BOUGHT = { shape: "up", colour: "long" } as const;
const SOLD = { shape: "down", colour: "short" } as const;

/** Entries point the way that the leg was traded; a leg that was never filled has no marker. */
function legMarkers(trade: ChartTrade, place: number): PaneMarker[] {
  return trade.legs.flatMap((leg) => {
    if (leg.instrument !== place) return [];
    const direction = leg.direction === 1 ? BOUGHT : SOLD;
    const entry: PaneMarker[] =
      leg.entryPrice === null
        ? []
        : [{ timeMs: trade.entryMs, value: leg.entryPrice, ...direction }];
    const exit: PaneMarker[] =
      leg.exitPrice === null
        ? []
        : [{ timeMs: trade.exitMs, value: leg.exitPrice, ...EXIT_MARKERS[trade.exitReason] }];
    return [...entry, ...exit];
  });
}

/** Shares are of different things, so that their pane is called by these. */
const AXIS_TITLES: Readonly<Record<string, string>> = {
  spread: "Spread",
  "z-score": "z-score",
  ratio: "Hedge ratio",
  score: "Score",
  count: "Counts",
};

const FIGURE_COLOURS: Readonly<Record<string, ChartColour>> = {
  spread: "spread",
  zScore: "zScore",
  hedgeRatio: "legX",
  middle: "muted",
  mean: "muted",
  upper: "threshold",
  lower: "threshold",
};
const OTHER_COLOURS: readonly ChartColour[] = ["accent", "legX", "zScore", "spread"];

/** Figures that share an axis share a pane. */
function figurePanes(input: ReportPanesInput, trades: readonly ChartTrade[]): Pane[] {
  const { series, window, book, bookPlace, thresholds } = input;
  const all = book?.figures ?? [];
  const figures = all.filter(({ name }) => name !== GATE_FIGURE);
  const leading = figures[0]?.name;
  const axes = [...new Set(figures.map(({ axis }) => axis))];
  const gate = all.some(({ name }) => name === GATE_FIGURE)
    ? [gatePane(linePoints(series, `${GATE_FIGURE}.${bookPlace}`, window), series.full)]
    : [];
  const panes = axes.flatMap((axis) => {
    const ofAxis = figures.filter((figure) => figure.axis === axis);
    const lines = ofAxis.map(({ name, label }, index): PaneLine => {
      const colour = FIGURE_COLOURS[name] ?? OTHER_COLOURS[index % OTHER_COLOURS.length];
      return {
        name: label,
        colour: colour ?? "accent",
        dashed: colour === "threshold" || colour === "muted",
        points: linePoints(series, `${name}.${bookPlace}`, window),
      };
    });
    // A hedge ratio that was fitted once says nothing that its figure does not.
    if (axis === "ratio" && lines.every(({ points }) => isConstant(points))) return [];
    const leads = ofAxis.some(({ name }) => name === leading);
    const leadingPoints = lines[ofAxis.findIndex(({ name }) => name === leading)]?.points ?? [];
    const levels = ofAxis.flatMap(({ name }) => thresholds[name] ?? []);
    return [
      {
        id: `figure-${axis}`,
        title: AXIS_TITLES[axis] ?? lines.map(({ name }) => name).join("; "),
        height: axis === "z-score" ? 140 : 110,
        lines,
        ...(levels.length === 0 ? {} : { thresholds: levels }),
        ...(leads ? { markers: trades.flatMap((trade) => signals(trade, leadingPoints)) } : {}),
        markerScale: markerScale(trades),
        format: FORMATS[axis] ?? plain,
        formatReadout: READOUTS[axis] ?? FORMATS[axis] ?? plain,
      },
    ];
  });
  return [...panes, ...gate];
}

const plain = (value: number) => formatNumber(value, { significant: 3 });
const signed = (value: number) => formatSigned(value, { significant: 3 });

const FORMATS: Readonly<Record<string, (value: number) => string>> = {
  "z-score": signed,
  fraction: (value) => formatPercent(value, { digits: 0 }),
};

const READOUTS: Readonly<Record<string, (value: number) => string>> = {
  spread: (value) => formatNumber(value),
  fraction: (value) => formatPercent(value, { digits: 1 }),
};

function isConstant(points: readonly ChartPoint[]): boolean {
  const values = points.flatMap(([, value]) => (value === null ? [] : [value]));
  return values.every((value) => value === values[0]);
}

/** Where the signals were given: at the close before the fill. */
function signals(trade: ChartTrade, figure: readonly ChartPoint[]): PaneMarker[] {
  const first = figure[0]?.[0] ?? Number.POSITIVE_INFINITY;
  const last = figure.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY;
  const at = (timeMs: number) => nearestPoint(figure, timeMs)?.[1] ?? null;
  const marker = (
    timeMs: number,
    value: number | null,
    look: Pick<PaneMarker, "shape" | "colour">,
  ): PaneMarker[] =>
    value === null || timeMs < first || timeMs > last ? [] : [{ timeMs, value, ...look }];
  const exitMs = trade.exitSignalMs ?? trade.exitMs;
  return [
    ...marker(
      trade.entrySignalMs,
      trade.entryFigure ?? at(trade.entrySignalMs),
      trade.side === "long" ? BOUGHT : SOLD,
    ),
    ...marker(exitMs, trade.exitFigure ?? at(exitMs), EXIT_MARKERS[trade.exitReason]),
  ];
}
