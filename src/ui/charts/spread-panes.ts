import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import { formatNumber, formatSigned } from "../format.ts";
import type { ChartThresholds } from "./chart-inputs.ts";
import { linePoints } from "./line-chart-data.ts";
import type { Pane, PaneThreshold } from "./pane.ts";

/** The spread, and its z-score with the levels at which the strategy acts. */
export function spreadPanes(
  series: ChartSeries,
  window: TimeWindow | null,
  thresholds: ChartThresholds,
): Pane[] {
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
      lines: [{ name: "z", colour: "zScore", points: linePoints(series, "zScore", window) }],
      thresholds: zScoreLevels(thresholds),
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
