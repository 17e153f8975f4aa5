import { memo } from "react";
import type { MetricName } from "#contracts/backtest.ts";
import type { ReportResult } from "#contracts/report-view.ts";
import { MetricCard } from "#ui/metric-card.tsx";
import { figureInterval } from "./figure-interval.ts";
import { metricCaution } from "./metric-caution.ts";

/** What it made, at what risk, by which trades: one row, so that the charts stand on the first screen. */
const HEADLINES: readonly MetricName[] = [
  "totalReturn",
  "annualisedReturn",
  "sharpeRatio",
  "drawdownMax",
  "tradeCount",
  "winRate",
];

/** The rest, in the same order. */
const OTHERS: readonly MetricName[] = [
  "annualisedVolatility",
  "sortinoRatio",
  "calmarRatio",
  "omegaRatio",
  "drawdownDurationBars",
  "valueAtRisk95",
  "conditionalValueAtRisk95",
  "profitFactor",
  "expectancy",
  "averageHoldingBars",
  "turnover",
  "exposure",
];

type Props = {
  report: ReportResult;
  /** A reader without an account has no glossary to go to. */
  hasGlossary: boolean;
};

// Memoised because every zoom renders the page.
export const HeadlineMetrics = memo((props: Props) => {
  return (
    <section
      aria-label="Main figures"
      className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6 print:grid-cols-3"
    >
      <MetricCards {...props} names={HEADLINES} />
    </section>
  );
});

export const OtherMetrics = memo((props: Props) => {
  return (
    <section
      aria-label="More figures"
      className="grid grid-cols-2 gap-3 md:grid-cols-3 lg:grid-cols-4 2xl:grid-cols-6 print:grid-cols-3"
    >
      <MetricCards {...props} names={OTHERS} />
    </section>
  );
});

function MetricCards({ report, hasGlossary, names }: Props & { names: readonly MetricName[] }) {
  return names.map((name) => (
    <MetricCard
      key={name}
      name={name}
      metric={report.metrics[name]}
      interval={figureInterval(name, report.analysis)}
      caution={metricCaution(name, report)}
      glossaryHref={hasGlossary ? `/glossary#${name}` : undefined}
    />
  ));
}
