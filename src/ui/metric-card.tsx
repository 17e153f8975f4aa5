import type { Metric, MetricName } from "#contracts/backtest.ts";
import { FigureCard } from "./figure-card.tsx";
import { METRIC_DEFINITIONS } from "./metric-definitions.ts";

export type MetricCardProps = {
  name: MetricName;
  metric: Metric;
  /** How far luck could have moved it: "95 % interval: 0.4 to 2.1". */
  interval?: string | undefined;
  /** Thin evidence, in words: "7 trades: not enough to judge". */
  caution?: string | undefined;
  glossaryHref?: string | undefined;
};

export function MetricCard(props: MetricCardProps) {
  const { name, metric, interval, caution, glossaryHref } = props;
  return (
    <FigureCard
      figure={METRIC_DEFINITIONS[name]}
      value={metric.value}
      reason={metric.reason}
      interval={interval}
      caution={caution}
      glossaryHref={glossaryHref}
    />
  );
}
