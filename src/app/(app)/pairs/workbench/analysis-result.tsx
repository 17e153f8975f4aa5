"use client";

import type { PairAnalysisResult, PairAnalysisView } from "#contracts/pair-analysis.ts";
import { formatInteger, formatTimeUtc } from "#ui/format.ts";
import { AnalysisCharts } from "./analysis-charts.tsx";
import { AnalysisFigures } from "./analysis-figures.tsx";
import { AnalysisTests } from "./analysis-tests.tsx";
import { SignalBanner } from "./signal-banner.tsx";
import { ThresholdsPanel } from "./thresholds-panel.tsx";

/** Everything that an analysis answered. */
export function AnalysisResult(props: { view: PairAnalysisView; result: PairAnalysisResult }) {
  const { view, result } = props;
  return (
    <>
      <SignalBanner
        signal={result.signal}
        lastMs={result.lastOpenTimeMs}
        csvName={`${view.symbolY}-${view.symbolX} signal`}
      />
      <AnalysisCharts view={view} result={result} />
      <AnalysisTests view={view} tests={result.tests} />
      <ThresholdsPanel view={view} result={result} />
      <AnalysisFigures view={view} result={result} />
      <p className="text-[13px] text-muted">
        {formatInteger(result.observations)} bars that both legs have, from{" "}
        {formatTimeUtc(result.firstOpenTimeMs)} to {formatTimeUtc(result.lastOpenTimeMs)};{" "}
        {formatInteger(result.droppedBars)} bars had no partner and were left out.
      </p>
    </>
  );
}
