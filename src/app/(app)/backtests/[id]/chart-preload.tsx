"use client";

import { fetchChartLibrary } from "#ui/charts/chart.tsx";

// While the server reads the report the browser has nothing to do: it comes to the charts' library then.
fetchChartLibrary();

/** Stands in what is shown while a report is on its way. */
export function ChartPreload() {
  return null;
}
