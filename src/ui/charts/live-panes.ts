import type { TimeWindow } from "#contracts/interval.ts";
import type { LiveSnapshot } from "#contracts/live-message.ts";
import type { LiveCandles } from "#contracts/live-series.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import { formatNumber, formatSigned, formatZScore } from "../format.ts";
import type { ChartLegs } from "./chart-inputs.ts";
import { type ChartPoint, linePoints, rebased } from "./line-chart-data.ts";
import type { Pane, PaneCandles } from "./pane.ts";

export type LivePanesInput = {
  /** Lines closeY, closeX, spread, spreadMean, zScore, volumeY, volumeX, correlation, hedgeRatio. */
  series: ChartSeries;
  window: TimeWindow | null;
  legs: ChartLegs;
  /** |z| beyond which the signal is long or short. */
  threshold: number;
  /** The newest figures, drawn beyond the last closed bar. */
  snapshot: LiveSnapshot | null;
  candles: LiveCandles | null;
};

/** Everything that moves of a live pair, over one time axis. */
export function livePanes(input: LivePanesInput): Pane[] {
  const { series, window, threshold, snapshot } = input;
  const line = (name: string) => linePoints(series, name, window);
  const now = newest(snapshot, series, window);
  const zScore = withNow(line("zScore"), now, snapshot?.now.zScore ?? null);
  return [
    ...pricePanes(input, now),
    {
      id: "spread",
      title: "Spread",
      height: 95,
      lines: [
        {
          name: "Spread",
          colour: "spread",
          points: withNow(line("spread"), now, snapshot?.now.spread ?? null),
        },
        { name: "Mean", colour: "muted", points: line("spreadMean"), dashed: true },
      ],
      format: (value) => formatNumber(value, { significant: 3 }),
      formatReadout: (value) => formatNumber(value),
    },
    {
      id: "z-score",
      title: "z-score",
      height: 110,
      lines: [{ name: "z", colour: "zScore", points: zScore }],
      thresholds: [
        { value: threshold, label: `+${formatNumber(threshold)}`, colour: "entry" },
        { value: 0, label: "", colour: "exit" },
        { value: -threshold, label: `−${formatNumber(threshold)}`, colour: "entry" },
      ],
      format: (value) => formatSigned(value, { significant: 3 }),
      formatReadout: formatZScore,
    },
    volumePane(input),
    {
      id: "correlation",
      title: "Rolling correlation, 50 bars",
      height: 55,
      lines: [{ name: "Correlation", colour: "muted", points: line("correlation") }],
      format: (value) => formatNumber(value, { significant: 2 }),
      formatReadout: (value) => formatNumber(value, { significant: 3 }),
    },
    {
      id: "hedge-ratio",
      title: "Hedge ratio",
      height: 55,
      lines: [{ name: "β", colour: "muted", points: line("hedgeRatio") }],
      format: (value) => formatNumber(value, { significant: 3 }),
      formatReadout: (value) => formatNumber(value, { significant: 5 }),
    },
  ];
}

/** Time of the newest trade, where it lies after the bars and within the span shown. */
function newest(
  snapshot: LiveSnapshot | null,
  series: ChartSeries,
  window: TimeWindow | null,
): number | null {
  const times = [snapshot?.legY.tradeTimeMs ?? null, snapshot?.legX.tradeTimeMs ?? null];
  const timeMs = Math.max(...times.map((time) => time ?? Number.NEGATIVE_INFINITY));
  if (!Number.isFinite(timeMs) || timeMs <= series.endMs - series.intervalMs) return null;
  return window !== null && timeMs >= window.endMs ? null : timeMs;
}

function withNow(
  points: readonly ChartPoint[],
  timeMs: number | null,
  value: number | null,
): ChartPoint[] {
  return timeMs === null || value === null ? [...points] : [...points, [timeMs, value]];
}

/** Both legs from 1 in one pane; as candles each has an axis of its own. */
function pricePanes(input: LivePanesInput, now: number | null): Pane[] {
  const { series, window, legs, snapshot, candles } = input;
  const y = withNow(linePoints(series, "closeY", window), now, snapshot?.legY.price ?? null);
  const x = withNow(linePoints(series, "closeX", window), now, snapshot?.legX.price ?? null);
  if (candles !== null) {
    return [
      candlePane("legY", legs.symbolY, { candles, columns: candles.legY, window, closes: y }),
      candlePane("legX", legs.symbolX, { candles, columns: candles.legX, window, closes: x }),
    ];
  }
  return [
    {
      id: "prices",
      title: "Prices, lines drawn from 1",
      height: 130,
      lines: [
        { name: legs.symbolY, colour: "legY", points: rebased(y).points, readout: y },
        { name: legs.symbolX, colour: "legX", points: rebased(x).points, readout: x },
      ],
      format: (value) => formatNumber(value, { significant: 4 }),
      formatReadout: (value) => formatNumber(value, { significant: 7 }),
    },
  ];
}

function candlePane(
  colour: "legY" | "legX",
  symbol: string,
  given: {
    candles: LiveCandles;
    columns: LiveCandles["legY"];
    window: TimeWindow | null;
    closes: readonly ChartPoint[];
  },
): Pane {
  const { candles, columns, window, closes } = given;
  return {
    id: `candles-${colour}`,
    title: symbol,
    height: 95,
    lines: [{ name: symbol, colour, points: closes, shape: "none" }],
    candles: { name: symbol, rows: candleRows(candles.openTimeMs, columns, window) },
    format: (value) => formatNumber(value, { significant: 5 }),
    formatReadout: (value) => formatNumber(value, { significant: 7 }),
  };
}

/** Columns as rows, as far as they open within the span. */
export function candleRows(
  openTimeMs: readonly number[],
  columns: LiveCandles["legY"],
  window: TimeWindow | null,
): PaneCandles["rows"] {
  const rows: PaneCandles["rows"][number][] = [];
  for (const [index, timeMs] of openTimeMs.entries()) {
    if (window !== null && (timeMs < window.startMs || timeMs >= window.endMs)) continue;
    const open = columns.open[index];
    const high = columns.high[index];
    const low = columns.low[index];
    const close = columns.close[index];
    if (open === undefined || high === undefined || low === undefined || close === undefined) {
      throw new Error("Invariant: a candle has four prices");
    }
    rows.push({ timeMs, open, high, low, close });
  }
  return rows;
}

/** What was traded of either leg, in the quote asset, so that both can stand on one axis. */
function volumePane({ series, window, legs }: LivePanesInput): Pane {
  const turnover = (volume: string, close: string): ChartPoint[] => {
    const closes = linePoints(series, close, window);
    return linePoints(series, volume, window).map(([timeMs, value], index) => {
      const price = closes[index]?.[1] ?? null;
      return [timeMs, value === null || price === null ? null : value * price];
    });
  };
  return {
    id: "volume",
    title: "Volume, quote asset",
    height: 50,
    lines: [
      {
        name: legs.symbolY,
        colour: "legY",
        points: turnover("volumeY", "closeY"),
        shape: "bars",
      },
      {
        name: legs.symbolX,
        colour: "legX",
        points: turnover("volumeX", "closeX"),
        shape: "bars",
      },
    ],
    format: compactNumber,
    formatReadout: (value) => formatNumber(value),
  };
}

// American, because the British short form of a million is "m", which reads as minutes.
const COMPACT = new Intl.NumberFormat("en-US", {
  notation: "compact",
  maximumSignificantDigits: 3,
});

function compactNumber(value: number): string {
  return COMPACT.format(value);
}
