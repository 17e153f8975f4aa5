import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import { formatNumber, formatPValue, formatSigned } from "../format.ts";
import type { ChartLegs } from "./chart-inputs.ts";
import type { ChartColour } from "./chart-palette.ts";
import { linePoints } from "./line-chart-data.ts";
import type { Pane, PaneLine, PaneThreshold } from "./pane.ts";
import { pricePane } from "./price-pane.ts";

/** Value that the CUSUM of a steady level passes in one of twenty cases. Source: Ploberger, Krämer (1992). */
const CUSUM_LEVEL = 1.36;

/** Levels of the spread between which an analysis would trade. */
export type SpreadLevels = { entry: number; exit: number };

/** Everything of a pair that moves: prices, spread, z-score, correlation, hedge ratio, tests, CUSUM. */
export function workbenchPanes(input: {
  series: ChartSeries;
  window: TimeWindow | null;
  legs: ChartLegs;
  levels: SpreadLevels | null;
}): Pane[] {
  const { series, window, legs, levels } = input;
  const line = (name: string, key: string, colour: ChartColour): PaneLine => ({
    name,
    colour,
    points: linePoints(series, key, window),
  });
  return [
    pricePane({ series, legs, window, names: { y: "closeY", x: "closeX" } }),
    {
      id: "spread",
      title: "Spread",
      height: 130,
      lines: [line("Spread", "spread", "spread"), line("Mean", "rollingMean", "muted")],
      ...(levels === null ? {} : { thresholds: spreadLevels(levels) }),
      format: (value) => formatNumber(value, { significant: 3 }),
      formatReadout: (value) => formatNumber(value),
    },
    {
      id: "z-score",
      title: "z-score",
      height: 120,
      lines: [line("z", "zScore", "zScore")],
      thresholds: bothSides(2, "2"),
      format: (value) => formatSigned(value, { significant: 3 }),
    },
    {
      id: "correlation",
      title: "Correlation, 50 bars",
      height: 90,
      lines: [line("Correlation", "correlation", "accent")],
      thresholds: [{ value: 0.7, label: "0.7", colour: "threshold" }],
      format: (value) => formatNumber(value, { significant: 3 }),
    },
    {
      id: "hedge-ratio",
      title: "Hedge ratio",
      height: 110,
      lines: [line("Hedge ratio", "hedgeRatio", "legX"), line("Slope of 50 bars", "beta", "muted")],
      format: (value) => formatNumber(value, { significant: 3 }),
      formatReadout: (value) => formatNumber(value),
    },
    {
      id: "p-values",
      title: "Rolling p-values",
      height: 110,
      lines: [
        line("Engle–Granger", "engleGrangerPValue", "legY"),
        line("Dickey–Fuller", "adfPValue", "legX"),
      ],
      thresholds: [{ value: 0.05, label: "5 %", colour: "threshold" }],
      format: formatPValue,
    },
    {
      id: "cusum",
      title: "CUSUM of the spread",
      height: 100,
      lines: [line("CUSUM", "cusum", "drawdown")],
      thresholds: bothSides(CUSUM_LEVEL, "5 %"),
      format: (value) => formatSigned(withoutNoise(value), { significant: 3 }),
    },
  ];
}

/** A running sum that comes back to zero misses it by the rounding of its terms, all of about one. */
const CUSUM_NOISE = 1e-9;

function withoutNoise(value: number): number {
  return Math.abs(value) < CUSUM_NOISE ? 0 : value;
}

function spreadLevels({ entry, exit }: SpreadLevels): PaneThreshold[] {
  return [
    { value: entry, label: "enter", colour: "entry" },
    { value: exit, label: "leave", colour: "exit" },
  ];
}

function bothSides(value: number, label: string): PaneThreshold[] {
  return [value, -value].map((one) => ({ value: one, label, colour: "threshold" }));
}
