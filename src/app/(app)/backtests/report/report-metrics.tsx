import type { BacktestReport, MetricName } from "#contracts/backtest.ts";
import { MetricCard } from "#ui/metric-card.tsx";

/** In the order in which one judges a strategy: what it made, at what risk, by which trades. */
const ORDER: readonly MetricName[] = [
  "totalReturn",
  "annualisedReturn",
  "sharpeRatio",
  "drawdownMax",
  "annualisedVolatility",
  "sortinoRatio",
  "calmarRatio",
  "omegaRatio",
  "drawdownDurationBars",
  "valueAtRisk95",
  "conditionalValueAtRisk95",
  "tradeCount",
  "winRate",
  "profitFactor",
  "expectancy",
  "averageHoldingBars",
  "turnover",
  "exposure",
];

/** Figures that a handful of trades cannot support. */
const NEEDS_TRADES: ReadonlySet<MetricName> = new Set([
  "sharpeRatio",
  "sortinoRatio",
  "winRate",
  "profitFactor",
  "expectancy",
  "tradeCount",
]);

/** The usual rule of thumb for a sample whose mean means something. */
const TRADES_MIN = 30;

type Props = {
  report: BacktestReport;
  /** A reader without an account has no glossary to go to. */
  hasGlossary: boolean;
};

export function ReportMetrics({ report, hasGlossary }: Props) {
  const count = report.trades.length;
  const caution =
    count < TRADES_MIN
      ? `${count} ${count === 1 ? "trade" : "trades"}: not enough to judge`
      : undefined;
  return (
    <section
      aria-label="Figures"
      className="grid grid-cols-2 gap-3 md:grid-cols-3 lg:grid-cols-4 2xl:grid-cols-6"
    >
      {ORDER.map((name) => (
        <MetricCard
          key={name}
          name={name}
          metric={report.metrics[name]}
          caution={NEEDS_TRADES.has(name) ? caution : undefined}
          glossaryHref={hasGlossary ? `/glossary#${name}` : undefined}
        />
      ))}
    </section>
  );
}
