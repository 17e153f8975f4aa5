import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { ScanView } from "#contracts/scan.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger, formatNumber, formatPercent } from "#ui/format.ts";
import { UiLink } from "#ui/link-context.tsx";
import { Panel } from "#ui/panel.tsx";
import { SyntheticBadge } from "#ui/synthetic-badge.tsx";
import { Time } from "#ui/time.tsx";
import { JOB_STATE_LABEL } from "../../job-links.ts";

const SHOWN_MAX = 5;

export function LatestScans({ scans }: { scans: readonly ScanView[] }) {
  const latest = scans.slice(0, SHOWN_MAX);
  return (
    <Panel title="Latest scans" flush>
      {latest.length === 0 ? (
        <EmptyState title="No scans yet">
          A scan tests every pair of a universe and says how many findings are to be expected by
          luck.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line">
          {latest.map((scan) => (
            <li key={scan.id} className="px-4 py-3 text-sm">
              <p className="flex flex-wrap items-center gap-2">
                <UiLink href={`/discover/scans/${scan.id}`} className="font-medium hover:underline">
                  {scan.universeName}, {intervalLabel(scan.intervalMs)} bars
                </UiLink>
                {scan.synthetic ? <SyntheticBadge /> : null}
                <span className="text-muted text-xs">
                  <Time ms={scan.createdAtMs} />
                </span>
              </p>
              <p className="text-muted">{scanOutcome(scan)}</p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function scanOutcome({ summary, job, config }: ScanView): string {
  if (summary === null) return job === null ? "No result" : JOB_STATE_LABEL[job.state];
  const level = formatPercent(config.significance, { digits: 0 });
  return [
    `${formatInteger(summary.testedCount)} pairs tested, ${formatInteger(summary.rejectedCount)} below ${level}`,
    `(about ${formatNumber(summary.expectedFalseCount, { significant: 2 })} to expect by luck),`,
    `${formatInteger(summary.discoveredCount)} left after correction.`,
  ].join(" ");
}
