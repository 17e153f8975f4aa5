import type { BenchmarkResult } from "#contracts/backtest.ts";
import type { Benchmark } from "#quant/report/benchmark-equity.ts";
import { type BenchmarkReport, benchmarkReport } from "#quant/report/benchmark-report.ts";
import { closeOnAxis } from "#quant/report/close-on-axis.ts";
import type { RunToMeasure } from "./measured-run.ts";
import { metricOf } from "./metric-of.ts";

/** A benchmark with its equity on the traded bars; null where it has no prices. */
export type MeasuredBenchmark = {
  readonly result: BenchmarkResult;
  readonly equity: Float64Array | null;
};

/** Its own instruments bought and held, the chosen instrument, and cash. */
export function measuredBenchmarks(run: RunToMeasure): readonly MeasuredBenchmark[] {
  const { reported, symbols, benchmark } = run;
  const { bars, riskFreeRateAnnual, intervalMs } = reported;
  const closes = bars.instruments.map(({ close }) => close);
  const held: Named[] =
    closes.length <= HELD_ALONE_MAX
      ? closes.map((close, place) => ({
          kind: "buy-and-hold",
          label: `Buy and hold ${symbols[place]}`,
          benchmark: { kind: "hold", closes: [close] },
        }))
      : [];
  const all: Named[] = [
    ...held,
    ...(closes.length > 1
      ? [
          {
            kind: "equal-weight" as const,
            label: closes.length === 2 ? "Both legs, half each" : "All instruments, equal weights",
            benchmark: { kind: "hold" as const, closes },
          },
        ]
      : []),
    ...(benchmark === null
      ? []
      : [
          {
            kind: "instrument" as const,
            label: benchmark.label,
            benchmark: {
              kind: "hold" as const,
              closes: [closeOnAxis(bars.openTimeMs, intervalMs, benchmark.closes)],
            },
          },
        ]),
    {
      kind: "cash",
      label: "Cash",
      benchmark: { kind: "cash", rateAnnual: riskFreeRateAnnual },
    },
  ];
  return all.map((one) => {
    const report = benchmarkReport(reported, one.benchmark);
    return { result: resultOf(one, report), equity: report.equity };
  });
}

/** With more instruments than the legs of a pair, each by itself says little. */
const HELD_ALONE_MAX = 2;

type Named = Pick<BenchmarkResult, "kind" | "label"> & { readonly benchmark: Benchmark };

function resultOf({ kind, label }: Named, report: BenchmarkReport): BenchmarkResult {
  const { summary, comparison, reason, reasons } = report;
  const figures = summary?.figures;
  const own = summary?.reasons;
  return {
    kind,
    label,
    totalReturn: metricOf(figures?.totalReturn, reason),
    annualisedReturn: metricOf(figures?.annualisedReturn, own?.annualisedReturn ?? reason),
    annualisedVolatility: metricOf(figures?.volatility, own?.volatility ?? reason),
    sharpeRatio: metricOf(figures?.sharpeRatio, own?.sharpeRatio ?? reason),
    drawdownMax: metricOf(figures?.drawdownMax, reason),
    alpha: metricOf(comparison?.alphaAnnualised, reasons.alphaAnnualised ?? reason),
    beta: metricOf(comparison?.beta, reasons.beta ?? reason),
    correlation: metricOf(comparison?.correlation, reasons.correlation ?? reason),
    informationRatio: metricOf(comparison?.informationRatio, reasons.informationRatio ?? reason),
    trackingError: metricOf(comparison?.trackingError, reason),
  };
}
