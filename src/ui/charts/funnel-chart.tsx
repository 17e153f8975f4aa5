import type { ScanFunnelSummary, ScanStage } from "#contracts/scan-funnel.ts";
import { formatInteger, formatPercent } from "../format.ts";
import { type FunnelLabels, funnelBars } from "./funnel-bars.ts";

export type FunnelChartProps = FunnelLabels & {
  funnel: ScanFunnelSummary;
  /** One sentence of what the stage asks. */
  stageHelp: (stage: ScanStage) => string;
};

/** How many pairs each stage leaves and what fell out for which reason: a table whose bars are the chart. */
export function FunnelChart(props: FunnelChartProps) {
  const { funnel, stageLabel, reasonLabel, stageHelp } = props;
  const bars = funnelBars(funnel);
  return (
    <ol className="flex flex-col">
      {bars.map((bar) => (
        <li
          key={bar.stage}
          className="grid gap-x-4 gap-y-1 border-b border-line px-4 py-3 last:border-b-0 sm:grid-cols-[11rem_minmax(0,1fr)_15rem] sm:items-center"
        >
          <div className="text-sm">
            <p className="font-medium">{stageLabel(bar.stage)}</p>
            <p className="text-xs text-muted">{stageHelp(bar.stage)}</p>
          </div>
          <div className="flex items-center gap-3">
            <div aria-hidden className="h-5 min-w-0 flex-1 rounded bg-surface-2">
              <div
                className="h-full min-w-0.5 rounded bg-accent"
                style={{ width: `${bar.share * 100}%` }}
              />
            </div>
            <p className="w-24 text-right text-sm tabular-nums">
              <span className="font-medium">{formatInteger(bar.passed)}</span>{" "}
              <span className="text-xs text-muted">
                {formatPercent(bar.share, { digits: bar.share < 0.01 ? 2 : 0 })}
              </span>
            </p>
          </div>
          <ul className="text-xs text-muted">
            {bar.fellOut === 0 ? <li>Nothing fell out</li> : null}
            {bar.reasons.map(({ reason, count }) => (
              <li key={reason} className="tabular-nums">
                −{formatInteger(count)} {reasonLabel(reason)}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
