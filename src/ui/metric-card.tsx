"use client";

import type { Metric, MetricName } from "#contracts/backtest.ts";
import { METRIC_DEFINITIONS } from "./metric-definitions.ts";

export type MetricCardProps = {
  name: MetricName;
  metric: Metric;
  /** Thin evidence, in words: "7 trades: not enough to judge". */
  caution?: string | undefined;
};

export function MetricCard(props: MetricCardProps) {
  return <div>{METRIC_DEFINITIONS[props.name].label}</div>;
}
