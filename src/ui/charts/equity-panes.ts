import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import { formatMoney, formatNumber, formatPercent } from "../format.ts";
import { linePoints } from "./line-chart-data.ts";
import type { Pane } from "./pane.ts";

/** What the account was worth, and how far below its peak it stood. */
export function equityPanes(series: ChartSeries, window: TimeWindow | null): Pane[] {
  return [
    {
      id: "equity",
      title: "Equity",
      height: 150,
      lines: [{ name: "Equity", colour: "equity", points: linePoints(series, "equity", window) }],
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
