import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartSeries } from "#contracts/market-data.ts";
import { formatNumber } from "../format.ts";
import type { ChartLegs } from "./chart-inputs.ts";
import { linePoints, rebased } from "./line-chart-data.ts";
import type { Pane } from "./pane.ts";

export type PricePaneInput = {
  series: ChartSeries;
  legs: ChartLegs;
  window: TimeWindow | null;
  /** Names of the two lines in the series. */
  names: { y: string; x: string };
};

/** Both legs, rebased to 1 at the start of what is shown. */
export function pricePane({ series, legs, window, names }: PricePaneInput): Pane {
  const rawY = linePoints(series, names.y, window);
  const rawX = linePoints(series, names.x, window);
  return {
    id: "prices",
    // The lines share one axis by starting at 1; the figures beside the names are those of the data.
    title: names.y === "closeY" ? "Closes, lines drawn from 1" : "Prices, first bar = 1",
    height: 190,
    lines: [
      { name: legs.symbolY, colour: "legY", points: rebased(rawY).points, readout: rawY },
      { name: legs.symbolX, colour: "legX", points: rebased(rawX).points, readout: rawX },
    ],
    format: (value) => formatNumber(value, { significant: 3 }),
    formatReadout: (value) => formatNumber(value, { significant: 6 }),
  };
}
