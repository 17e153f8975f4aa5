"use client";

import { useMemo } from "react";
import { CsvButton } from "../csv-button.tsx";
import { Chart } from "./chart.tsx";
import { CHART_PALETTES } from "./chart-palette.ts";
import {
  type LearningCurve,
  learningCurveCsv,
  learningCurveOption,
} from "./learning-curve-option.ts";
import { useThemeName } from "./use-theme-name.ts";

type Props = {
  /** The same object from render to render. */
  curve: LearningCurve;
  /** What the picture says, for those who do not see it. */
  ariaLabel: string;
  csvName: string;
  height?: number;
};

/** Lines over an axis that is not time, with their names above. */
export function LearningCurveChart({ curve, ariaLabel, csvName, height = 260 }: Props) {
  const palette = CHART_PALETTES[useThemeName()];
  // Memoised because a new option draws everything again.
  const option = useMemo(() => learningCurveOption(curve, palette), [curve, palette]);
  return (
    <figure>
      <figcaption className="flex items-center justify-between gap-2">
        <span className="flex flex-wrap gap-x-4 gap-y-1 text-[13px]">
          {curve.lines.map(({ name, colour, isDashed }) => (
            <span key={name} className="inline-flex items-center gap-1.5">
              <span
                aria-hidden
                className={`w-4 border-t-2 ${isDashed === true ? "border-dashed" : ""}`}
                style={{ borderColor: palette[colour] }}
              />
              {name}
            </span>
          ))}
        </span>
        <CsvButton name={csvName} csv={() => learningCurveCsv(curve)} />
      </figcaption>
      <Chart option={option} height={height} ariaLabel={ariaLabel} />
    </figure>
  );
}
