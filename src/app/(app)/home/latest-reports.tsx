import type { BacktestListItem } from "#contracts/backtest.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger, formatNumber, formatPercent } from "#ui/format.ts";
import { UiLink } from "#ui/link-context.tsx";
import { Panel } from "#ui/panel.tsx";
import { ProfitLoss } from "#ui/profit-loss.tsx";
import { Sparkline } from "#ui/sparkline.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";

const SHOWN_MAX = 5;

/** Whether a backtest has ended with a report. */
export function hasReport({ metrics }: Pick<BacktestListItem, "metrics">): boolean {
  return Object.keys(metrics).length > 0;
}

export function LatestReports({ backtests }: { backtests: readonly BacktestListItem[] }) {
  const reports = backtests.filter(hasReport).slice(0, SHOWN_MAX);
  return (
    <Panel title="Latest reports" flush>
      {reports.length === 0 ? (
        <EmptyState title="No reports yet">
          A report shows what a strategy would have done: equity, trades, costs and risk.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {reports.map((report) => (
            <ReportRow key={report.id} report={report} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ReportRow({ report }: { report: BacktestListItem }) {
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-1 px-4 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-56">
        <UiLink href={`/backtests/${report.id}`} className="font-medium hover:underline">
          {report.strategyName} v{report.version}
        </UiLink>
        <p className="flex flex-wrap items-center gap-2 text-muted text-xs">
          {report.subject}
          {report.synthetic ? <SyntheticBadge /> : null}
          <Time ms={report.createdAtMs} />
        </p>
      </div>
      {report.equityShape.length === 0 ? null : (
        <Sparkline
          values={report.equityShape.map((value) => value - 1)}
          ariaLabel={`Equity of ${report.strategyName} v${report.version}`}
        />
      )}
      <dl className="flex flex-wrap gap-x-6 gap-y-1">
        <Figure label="Net return">
          <ProfitLoss value={report.metrics.totalReturn} as="percent" />
        </Figure>
        <Figure label="Sharpe">
          {formatNumber(report.metrics.sharpeRatio, { significant: 3 })}
        </Figure>
        <Figure label="Drawdown">{formatPercent(report.metrics.drawdownMax)}</Figure>
        <Figure label="Trades">{formatInteger(report.metrics.tradeCount)}</Figure>
      </dl>
    </li>
  );
}

function Figure({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="min-w-16 text-right">
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  );
}
