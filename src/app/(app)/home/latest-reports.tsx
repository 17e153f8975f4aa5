import type { BacktestListItem } from "#contracts/backtest.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger, formatNumber, formatPercent } from "#ui/format.ts";
import { UiLink } from "#ui/link-context.tsx";
import { Panel } from "#ui/panel.tsx";
import { ProfitLoss } from "#ui/profit-loss.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";

const SHOWN_MAX = 5;

export function LatestReports({ backtests }: { backtests: readonly BacktestListItem[] }) {
  const reports = backtests.filter(({ netReturn }) => netReturn !== null).slice(0, SHOWN_MAX);
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
          {report.symbolY} / {report.symbolX}
          {report.synthetic ? <SyntheticBadge /> : null}
          <Time ms={report.createdAtMs} />
        </p>
      </div>
      <dl className="flex flex-wrap gap-x-6 gap-y-1">
        <Figure label="Net return">
          <ProfitLoss value={report.netReturn} as="percent" />
        </Figure>
        <Figure label="Sharpe">{formatNumber(report.sharpeRatio, { significant: 3 })}</Figure>
        <Figure label="Drawdown">{formatPercent(report.drawdownMax)}</Figure>
        <Figure label="Trades">{formatInteger(report.tradeCount)}</Figure>
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
