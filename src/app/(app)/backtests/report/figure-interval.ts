import type { MetricName } from "#contracts/backtest.ts";
import type { ReportResult } from "#contracts/report-view.ts";
import { formatFigure } from "#ui/format-figure.ts";
import { METRIC_DEFINITIONS } from "#ui/metric-definitions.ts";

/** The bootstrap interval of a figure in words: "95 % interval: 0.4 to 2.1"; undefined: there is none. */
export function figureInterval(
  name: MetricName,
  analysis: ReportResult["analysis"],
): string | undefined {
  const interval = analysis?.intervals.find(({ metric }) => metric === name);
  if (interval === undefined) return undefined;
  const { format } = METRIC_DEFINITIONS[name];
  const [lower, upper] = [interval.lower, interval.upper].map((value) =>
    formatFigure(format, value),
  );
  return `${Math.round(interval.confidence * 100)} % interval: ${lower} to ${upper}`;
}
