import type { Metric, MetricName } from "#contracts/backtest.ts";
import { FigureCard } from "./figure-card.tsx";
import { METRIC_DEFINITIONS } from "./metric-definitions.ts";

export type MetricCardProps = {
  name: MetricName;
  metric: Metric;
  /** Thin evidence, in words: "7 trades: not enough to judge". */
  caution?: string | undefined;
  glossaryHref?: string | undefined;
};

export function MetricCard(props: MetricCardProps) {
  const { name, metric, caution, glossaryHref } = props;
  return (
    <FigureCard
      figure={METRIC_DEFINITIONS[name]}
      value={metric.value}
      reason={metric.reason}
      caution={caution}
      glossaryHref={glossaryHref}
    />
  );
}
