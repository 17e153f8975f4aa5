"use client";

import { useMemo } from "react";
import { CsvButton } from "../csv-button.tsx";
import { formatPercent } from "../format.ts";
import { Chart } from "./chart.tsx";
import { CHART_PALETTES } from "./chart-palette.ts";
import {
  cumulative,
  explainedVarianceCsv,
  explainedVarianceOption,
} from "./explained-variance-option.ts";
import { useThemeName } from "./use-theme-name.ts";

/** How much of all movement each principal component explains. */
export function ExplainedVarianceChart(props: { ratios: readonly number[]; csvName: string }) {
  const { ratios, csvName } = props;
  const palette = CHART_PALETTES[useThemeName()];
  // Memoised because a new option draws everything again.
  const option = useMemo(() => explainedVarianceOption(ratios, palette), [ratios, palette]);
  const together = cumulative(ratios).at(-1) ?? 0;
  return (
    <figure>
      <figcaption className="flex items-start justify-between gap-2 px-4 pt-3 text-[13px] text-muted">
        <span>
          {ratios.length} components explain {formatPercent(together, { digits: 1 })} of how the
          instruments move; the first one, {formatPercent(ratios[0], { digits: 1 })}.
        </span>
        <CsvButton name={csvName} csv={() => explainedVarianceCsv(ratios)} />
      </figcaption>
      <Chart
        option={option}
        height={220}
        ariaLabel={`Share of variance by component: ${ratios.map((ratio) => formatPercent(ratio, { digits: 1 })).join(", ")}`}
      />
    </figure>
  );
}
