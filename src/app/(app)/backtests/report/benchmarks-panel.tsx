import type { BenchmarkResult, Metric } from "#contracts/backtest.ts";
import type { ReportAnalysis, ReportResult } from "#contracts/report-view.ts";
import { FigureLabel } from "#ui/figure-label.tsx";
import { formatFigure } from "#ui/format-figure.ts";
import {
  BENCHMARK_DEFINITIONS,
  type FigureDefinition,
  METRIC_DEFINITIONS,
} from "#ui/metric-definitions.ts";
import { Panel } from "#ui/panel.tsx";
import { ScrollRegion } from "#ui/scroll-region.tsx";
import { BENCHMARK_WORDS } from "./report-words.ts";

type Row = {
  readonly id: string;
  readonly figure: FigureDefinition;
  readonly own: Metric | null;
  readonly of: (benchmark: BenchmarkResult) => Metric;
};

/** What the same money would have made without the strategy, and what the strategy adds to it. */
export function BenchmarksPanel(props: {
  analysis: ReportAnalysis;
  report: ReportResult;
  hasGlossary: boolean;
}) {
  const { benchmarks } = props.analysis;
  const { metrics } = props.report;
  const glossary = (id: string) => (props.hasGlossary ? `/glossary#${id}` : undefined);
  return (
    <Panel
      title="Against benchmarks"
      lead="Instruments are bought once and held at their prices alone: no costs, no dividends, no funding."
      flush
    >
      <ScrollRegion ariaLabel="Against benchmarks">
        <table className="w-full text-[13px] tabular-nums">
          <thead>
            <tr className="border-b border-line text-left align-bottom text-muted">
              <th scope="col" className="px-4 py-2 font-medium">
                Figure
              </th>
              <th scope="col" className="px-3 py-2 text-right font-medium text-text">
                This strategy
              </th>
              {benchmarks.map(({ kind, label }) => (
                <th key={label} scope="col" className="px-3 py-2 text-right font-medium">
                  <span className="text-text">{label}</span>
                  <span className="block text-xs font-normal">{BENCHMARK_WORDS[kind]}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rowsOf(metrics).map(({ id, figure, own, of }) => (
              <tr key={id} className="border-b border-line last:border-0">
                <th scope="row" className="px-4 py-1.5 text-left font-normal whitespace-nowrap">
                  <FigureLabel figure={figure} glossaryHref={glossary(id)} />
                </th>
                <td className="px-3 py-1.5 text-right">
                  {own === null ? "" : formatFigure(figure.format, own.value)}
                </td>
                {benchmarks.map((benchmark) => {
                  const metric = of(benchmark);
                  return (
                    <td
                      key={benchmark.label}
                      title={metric.reason ?? String(metric.value)}
                      className="px-3 py-1.5 text-right"
                    >
                      {formatFigure(figure.format, metric.value)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Panel>
  );
}

const OWN_ROWS = [
  "totalReturn",
  "annualisedReturn",
  "annualisedVolatility",
  "sharpeRatio",
  "drawdownMax",
] as const;

function rowsOf(metrics: ReportResult["metrics"]): readonly Row[] {
  return [
    ...OWN_ROWS.map(
      (name): Row => ({
        id: name,
        figure: METRIC_DEFINITIONS[name],
        own: metrics[name],
        of: (benchmark) => benchmark[name],
      }),
    ),
    against("alpha", "alpha"),
    against("beta", "beta"),
    against("benchmarkCorrelation", "correlation"),
    against("informationRatio", "informationRatio"),
    against("trackingError", "trackingError"),
  ];
}

function against(
  id: keyof typeof BENCHMARK_DEFINITIONS,
  field: "alpha" | "beta" | "correlation" | "informationRatio" | "trackingError",
): Row {
  return { id, figure: BENCHMARK_DEFINITIONS[id], own: null, of: (one) => one[field] };
}
