import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import { formatNumber, formatSigned } from "../format.ts";
import type { ChartThresholds, ChartTrade } from "./chart-inputs.ts";
import { EXIT_MARKERS } from "./exit-marker.ts";
import { type ChartPoint, linePoints, nearestPoint } from "./line-chart-data.ts";
import type { Pane, PaneMarker, PaneThreshold } from "./pane.ts";

/** The spread, and its z-score with the levels at which the strategy acts. */
export function spreadPanes(
  series: ChartSeries,
  window: TimeWindow | null,
  thresholds: ChartThresholds,
  trades: readonly ChartTrade[] = [],
): Pane[] {
  const zScore = linePoints(series, "zScore", window);
  return [
    {
      id: "spread",
      title: "Spread",
      height: 120,
      lines: [{ name: "Spread", colour: "spread", points: linePoints(series, "spread", window) }],
      format: (value) => formatNumber(value, { significant: 3 }),
      formatReadout: (value) => formatNumber(value),
    },
    {
      id: "z-score",
      title: "z-score",
      height: 150,
      lines: [{ name: "z", colour: "zScore", points: zScore }],
      thresholds: zScoreLevels(thresholds),
      markers: trades.flatMap((trade) => signalMarkers(trade, zScore)),
      format: (value) => formatSigned(value, { significant: 3 }),
      formatReadout: (value) => formatSigned(value, { significant: 3 }),
    },
  ];
}

/** Every level on both sides; an exit at zero is one line. */
export function zScoreLevels(thresholds: ChartThresholds): PaneThreshold[] {
  const { entryZScore, exitZScore, stopZScore } = thresholds;
  const both = (value: number, label: string, colour: PaneThreshold["colour"]): PaneThreshold[] =>
    value === 0
      ? [{ value, label, colour }]
      : [
          { value, label, colour },
          { value: -value, label, colour },
        ];
  return [
    ...both(entryZScore, "entry", "entry"),
    ...both(exitZScore, "exit", "exit"),
    ...(stopZScore === null ? [] : both(stopZScore, "stop", "stop")),
  ];
}

/** Where the signals were given: at the close before the fill. */
function signalMarkers(trade: ChartTrade, zScore: readonly ChartPoint[]): PaneMarker[] {
  const first = zScore[0]?.[0] ?? Number.POSITIVE_INFINITY;
  const last = zScore.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY;
  const isShown = (timeMs: number) => timeMs >= first && timeMs <= last;
  const entry: PaneMarker = {
    timeMs: trade.entrySignalMs,
    value: trade.entryZScore,
    ...(trade.side === "long"
      ? ({ shape: "up", colour: "long" } as const)
      : ({ shape: "down", colour: "short" } as const)),
  };
  const exitMs = trade.exitSignalMs ?? trade.exitMs;
  const exitValue = trade.exitZScore ?? nearestPoint(zScore, exitMs)?.[1] ?? null;
  const exit: PaneMarker[] =
    exitValue === null
      ? []
      : [{ timeMs: exitMs, value: exitValue, ...EXIT_MARKERS[trade.exitReason] }];
  return [entry, ...exit].filter(({ timeMs }) => isShown(timeMs));
}
