import type { BacktestView } from "./backtest.ts";
import type { BacktestPlan } from "./backtest-plan.ts";
import { type OwnReport, packedReport } from "./packed-report.ts";
import type { FullReport, ReportConfig, ReportLeg, ReportPlan, ReportView } from "./report-view.ts";
import type { StrategyConfig } from "./strategy.ts";

/**
 * Settings as a report shows them. Each is named, so that a setting which a strategy gains later leaves
 * through no link by itself.
 *
 * @param sizesShown false: money and sizing are null
 */
export function reportConfig(config: StrategyConfig, sizesShown = true): ReportConfig {
  const { kind, parameters, intervalMs, formation, trading, pricedAt, riskFreeRateAnnual } = config;
  const { gate, protection } = config;
  const { pairsMax, grossExposureMax, margin, initialEquity } = config.account;
  const { fees, slippage, lots, funding, borrowRateAnnual, dividends } = config.costs;
  return {
    ...{ kind, parameters, intervalMs, formation, trading, pricedAt, riskFreeRateAnnual },
    ...(gate === undefined ? {} : { gate: { mode: gate.mode, threshold: gate.threshold } }),
    ...(protection === undefined ? {} : { protection }),
    sizing: sizesShown ? config.sizing : null,
    account: {
      ...{ pairsMax, grossExposureMax, margin },
      initialEquity: sizesShown ? initialEquity : null,
    },
    costs: {
      ...{ fees, slippage, lots, borrowRateAnnual },
      funding: fundingOf(funding),
      dividends: { payments: paymentsOf(dividends) },
    },
  };
}

function fundingOf(funding: StrategyConfig["costs"]["funding"]): ReportConfig["costs"]["funding"] {
  if (funding === null) return null;
  if (funding.kind === "series") return { payments: paymentsOf(funding.rates) };
  return { rate: funding.rate, everyHours: funding.everyHours };
}

function paymentsOf(series: readonly { readonly events: readonly unknown[] }[]): number {
  return series.reduce((sum, { events }) => sum + events.length, 0);
}

/** How a backtest was run, as a report shows it. */
export function reportPlan(plan: BacktestPlan): ReportPlan {
  if (plan.kind === "single") return plan;
  const { selection, ...others } = plan.walkForward;
  return {
    kind: "walk-forward",
    walkForward: { ...others, selection: selectionText(selection) },
  };
}

function selectionText(
  selection: Extract<BacktestPlan, { kind: "walk-forward" }>["walkForward"]["selection"],
): string {
  if (selection.kind === "fixed") return "The strategy's own instruments in every window";
  const { instruments, pairsMax, falseDiscoveryRate, halfLifeMaxBars } = selection;
  const best = pairsMax === 1 ? "The best pair" : `The best ${pairsMax} pairs`;
  const halfLife = halfLifeMaxBars === null ? "" : `, half-life up to ${halfLifeMaxBars} bars`;
  const rate = `false discovery rate ${Number((falseDiscoveryRate * 100).toPrecision(3))} %`;
  return `${best} of ${instruments.length} instruments (${rate}${halfLife})`;
}

/** What surrounds a report of one's own, as the page of every report reads it. */
export function ownReportView(view: BacktestView): ReportView {
  const { version, config, configHash } = view.strategyVersion;
  return {
    strategyName: view.strategyName,
    strategyVersion: { version, config: reportConfig(config), configHash },
    plan: reportPlan(view.plan),
    notes: view.notes,
    synthetic: view.synthetic,
  };
}

/** A report of one's own as it may leave: instruments by name. */
export function ownReportResult(report: NonNullable<BacktestView["report"]>): FullReport {
  return { ...report, instruments: report.instruments.map(named) };
}

/** A backtest of one's own as its page reads it. */
export function ownReport(view: BacktestView): OwnReport {
  const { id, strategyId, tags, notes, job, report } = view;
  return {
    ...ownReportView(view),
    ...{ id, strategyId, tags, notes, job },
    books: view.strategyVersion.books.map((book) => book.map(named)),
    report: report === null ? null : packedReport(ownReportResult(report)),
  };
}

function named({ symbol, venue }: ReportLeg): ReportLeg {
  return { symbol, venue };
}
