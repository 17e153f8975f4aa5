import type { BacktestListItem, MetricName } from "#contracts/backtest.ts";
import { Badge } from "#ui/badge.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { formatFigure } from "#ui/format-figure.ts";
import { JobStateBadge } from "#ui/job-state-badge.tsx";
import { METRIC_DEFINITIONS } from "#ui/metric-definitions.ts";
import { ProfitLoss } from "#ui/profit-loss.tsx";
import { Sparkline } from "#ui/sparkline.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";
import { STRATEGY_KIND_LABELS } from "../strategies/strategy-kind-labels.ts";
import { backtestState } from "./backtest-filters.ts";

const KIND_LABELS: Readonly<Record<string, string>> = STRATEGY_KIND_LABELS;

/** Shown until others are chosen; the other figures of a report can be chosen as well. */
const SHOWN: ReadonlySet<string> = new Set<MetricName>([
  "totalReturn",
  "sharpeRatio",
  "drawdownMax",
  "tradeCount",
]);

/** Of the figures that are shown at first, so that they fit on a screen. */
const SHORT_NAMES: Partial<Record<MetricName, string>> = {
  totalReturn: "Return",
  sharpeRatio: "Sharpe",
  drawdownMax: "Drawdown",
  tradeCount: "Trades",
};

const PROFITS: ReadonlySet<string> = new Set<MetricName>(["totalReturn", "annualisedReturn"]);

function metricColumn(name: MetricName): DataColumn<BacktestListItem> {
  const { label, unit, format, definition } = METRIC_DEFINITIONS[name];
  const value = (item: BacktestListItem) => item.metrics[name] ?? null;
  return {
    id: name,
    header: SHORT_NAMES[name] ?? label,
    unit: format === "percent" || name in SHORT_NAMES ? undefined : unit,
    help: definition,
    value,
    format: (one) => formatFigure(format, one),
    ...(PROFITS.has(name)
      ? { cell: (item: BacktestListItem) => <ProfitLoss value={value(item)} as="percent" /> }
      : {}),
    ...(format === "percent" ? { csv: { unit: "fraction" } } : {}),
    hiddenByDefault: !SHOWN.has(name),
    align: "right",
  };
}

const METRICS: readonly MetricName[] = [
  "totalReturn",
  "annualisedReturn",
  "annualisedVolatility",
  "sharpeRatio",
  "sortinoRatio",
  "calmarRatio",
  "omegaRatio",
  "drawdownMax",
  "drawdownDurationBars",
  "valueAtRisk95",
  "conditionalValueAtRisk95",
  "winRate",
  "profitFactor",
  "expectancy",
  "averageHoldingBars",
  "turnover",
  "exposure",
  "tradeCount",
];

/** Columns of a list of backtests: what it was, what came of it, and every figure to choose from. */
export const BACKTEST_COLUMNS: readonly DataColumn<BacktestListItem>[] = [
  {
    id: "strategy",
    header: "Strategy",
    value: (item) => `${item.strategyName} v${item.version}`,
    cell: (item) => (
      <span className="inline-flex items-center gap-2 font-medium">
        {item.strategyName} v{item.version}
        {item.synthetic ? <SyntheticBadge /> : null}
      </span>
    ),
  },
  { id: "subject", header: "Traded", value: ({ subject }) => subject },
  {
    id: "kind",
    header: "Kind",
    value: ({ strategyKind }) => KIND_LABELS[strategyKind] ?? strategyKind,
    hiddenByDefault: true,
  },
  {
    id: "plan",
    header: "Plan",
    value: ({ planKind }) => (planKind === "single" ? "single run" : "walk-forward"),
  },
  {
    id: "equity",
    header: "Equity",
    value: () => null,
    sortable: false,
    cell: ({ equityShape, strategyName, version }) =>
      equityShape.length === 0 ? null : (
        <Sparkline
          values={equityShape.map((value) => value - 1)}
          ariaLabel={`Equity of ${strategyName} v${version}`}
        />
      ),
  },
  ...METRICS.map(metricColumn),
  {
    id: "lookAhead",
    header: "Look-ahead",
    help: "Whether the look-ahead proof passed.",
    value: ({ lookAheadPassed }) =>
      lookAheadPassed === null ? null : lookAheadPassed ? "none found" : "found",
    cell: ({ lookAheadPassed }) =>
      lookAheadPassed === null ? null : (
        <Badge tone={lookAheadPassed ? "good" : "bad"}>
          {lookAheadPassed ? "none found" : "found"}
        </Badge>
      ),
  },
  {
    id: "tags",
    header: "Tags",
    value: ({ tags }) => tags.join(", "),
    cell: ({ tags, notes }) => (
      <span className="inline-flex gap-1" title={notes === "" ? undefined : notes}>
        {tags.map((tag) => (
          <Badge key={tag}>{tag}</Badge>
        ))}
        {notes === "" ? null : <span className="text-xs text-muted">notes</span>}
      </span>
    ),
  },
  {
    id: "state",
    header: "State",
    value: backtestState,
    cell: (item) => <JobStateBadge job={item.job ?? { state: "succeeded" }} />,
  },
  {
    id: "created",
    header: "Started",
    value: (item) => item.createdAtMs,
    cell: (item) => <Time ms={item.createdAtMs} />,
    csv: csvTime((item) => item.createdAtMs),
    align: "right",
  },
];
