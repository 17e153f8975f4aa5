import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import { formatMoney, formatNumber, formatPercent } from "../format.ts";
import type { ChartColour } from "./chart-palette.ts";
import { type ChartPoint, linePoints } from "./line-chart-data.ts";
import type { Pane, PaneLine } from "./pane.ts";

/** A benchmark that is drawn: column `benchmark.<place>` of the series. */
export type ShownBenchmark = { readonly place: number; readonly label: string };

const BENCHMARK_COLOURS: readonly ChartColour[] = ["benchmark", "muted", "threshold", "exit"];

/** What the account was worth beside the benchmarks, and how far below its peak it stood. */
export function equityPanes(
  series: ChartSeries,
  window: TimeWindow | null,
  benchmarks: readonly ShownBenchmark[] = [],
): Pane[] {
  const equity = linePoints(series, "equity", window);
  return [
    {
      id: "equity",
      title:
        window === null || benchmarks.length === 0
          ? "Equity"
          : "Equity; benchmarks drawn from its first bar here",
      height: 180,
      lines: [
        { name: "Equity", colour: "equity", points: equity },
        ...benchmarks.map(({ place, label }): PaneLine => {
          const held = linePoints(series, `benchmark.${place}`, window);
          return {
            name: label,
            colour: BENCHMARK_COLOURS[place % BENCHMARK_COLOURS.length] ?? "benchmark",
            dashed: true,
            points: window === null ? held : startingWith(held, equity),
            // What it was worth, wherever its line begins.
            readout: held,
          };
        }),
      ],
      format: (value) => formatNumber(value, { significant: 5 }),
      formatReadout: (value) => formatMoney(value),
    },
    {
      id: "drawdown",
      title: "Drawdown",
      height: 80,
      inverted: true,
      lines: [
        {
          name: "Below peak",
          colour: "drawdown",
          points: linePoints(series, "drawdown", window),
          shape: "area",
        },
      ],
      format: (value) => formatPercent(value, { digits: 1 }),
      formatReadout: (value) => formatPercent(value),
    },
  ];
}

/** A line stretched to start where another does, so that a zoom compares from its own first bar. */
function startingWith(points: ChartPoint[], other: readonly ChartPoint[]): ChartPoint[] {
  const from = points.find(([, value]) => value !== null && value !== 0)?.[1] ?? null;
  const to = other.find(([, value]) => value !== null)?.[1] ?? null;
  if (from === null || to === null) return points;
  return points.map(
    ([timeMs, value]): ChartPoint => [timeMs, value === null ? null : (value / from) * to],
  );
}
