import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import { formatNumber, formatPercent } from "../format.ts";
import type { ChartColour } from "./chart-palette.ts";
import { linePoints, rebased } from "./line-chart-data.ts";
import type { Pane, PaneLine } from "./pane.ts";

/** A backtest that is compared: `series` has the lines equity and drawdown. */
export type ComparedSeries = { readonly name: string; readonly series: ChartSeries };

/** Far apart to every eye; the second three are dashed too. */
export const COMPARED_COLOURS = [
  "legY",
  "legX",
  "zScore",
  "short",
  "spread",
  "equity",
] as const satisfies readonly ChartColour[];
const DASHED_FROM = 3;

/** Equity from 1 at the start of what is shown, so that accounts of any size compare; and drawdown. */
export function comparisonPanes(
  compared: readonly ComparedSeries[],
  window: TimeWindow | null,
): Pane[] {
  const line = (place: number, name: string, points: PaneLine["points"]): PaneLine => ({
    name,
    colour: COMPARED_COLOURS[place % COMPARED_COLOURS.length] ?? "equity",
    dashed: place >= DASHED_FROM,
    points,
  });
  return [
    {
      id: "equity",
      title: "Equity, from 1",
      height: 280,
      lines: compared.map(({ name, series }, place) =>
        line(place, name, rebased(linePoints(series, "equity", window)).points),
      ),
      format: (value) => formatNumber(value, { significant: 4 }),
      formatReadout: (value) => formatNumber(value, { significant: 5 }),
    },
    {
      id: "drawdown",
      title: "Drawdown",
      height: 120,
      inverted: true,
      lines: compared.map(({ name, series }, place) =>
        line(place, name, linePoints(series, "drawdown", window)),
      ),
      format: (value) => formatPercent(value, { digits: 1 }),
      formatReadout: (value) => formatPercent(value),
    },
  ];
}
