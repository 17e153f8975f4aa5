"use client";

import { useMemo } from "react";
import { CsvButton } from "../csv-button.tsx";
import { formatInteger } from "../format.ts";
import { Chart } from "./chart.tsx";
import { CHART_PALETTES } from "./chart-palette.ts";
import {
  type LearningHistogram,
  learningHistogramCsv,
  learningHistogramOption,
} from "./learning-histogram-option.ts";
import { useThemeName } from "./use-theme-name.ts";

/** How errors are spread. @param props.histogram the same object from render to render */
export function LearningHistogramChart(props: {
  histogram: LearningHistogram;
  axisName: string;
  csvName: string;
}) {
  const { histogram, axisName, csvName } = props;
  const palette = CHART_PALETTES[useThemeName()];
  // Memoised because a new option draws everything again.
  const option = useMemo(
    () => learningHistogramOption(histogram, axisName, palette),
    [histogram, axisName, palette],
  );
  const rows = histogram.counts.reduce((sum, count) => sum + count, 0);
  return (
    <figure>
      <figcaption className="flex items-center justify-between gap-2 text-[13px] text-muted">
        <span>{formatInteger(rows)} rows</span>
        <CsvButton name={csvName} csv={() => learningHistogramCsv(histogram)} />
      </figcaption>
      <Chart option={option} height={260} ariaLabel={`Histogram of ${axisName.toLowerCase()}`} />
    </figure>
  );
}
