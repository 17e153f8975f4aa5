import type { Gap } from "#contracts/market-data.ts";
import { formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";

/** The longest first: a few long gaps matter more than many of one bar. */
const SHOWN_MAX = 100;

type GapListProps = { gaps: readonly Gap[]; gapCount: number; intervalMs: number };

export function GapList({ gaps, gapCount, intervalMs }: GapListProps) {
  const shown = gaps
    .toSorted((first, second) => second.missingBars - first.missingBars)
    .slice(0, SHOWN_MAX);
  return (
    <Panel title="Gaps" lead={leadOf(shown.length, gapCount)} flush>
      {shown.length === 0 ? null : (
        <table className="w-full text-sm tabular-nums">
          <thead className="text-left text-muted text-xs">
            <tr>
              <th className="px-4 py-2 font-medium">From</th>
              <th className="px-4 py-2 font-medium">Until</th>
              <th className="px-4 py-2 text-right font-medium">Missing bars</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {shown.map(({ startMs, missingBars }) => (
              <tr key={startMs}>
                <td className="px-4 py-1.5">
                  <Time ms={startMs} intervalMs={intervalMs} />
                </td>
                <td className="px-4 py-1.5">
                  <Time ms={startMs + (missingBars - 1) * intervalMs} intervalMs={intervalMs} />
                </td>
                <td className="px-4 py-1.5 text-right">{formatInteger(missingBars)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function leadOf(shownCount: number, gapCount: number): string {
  if (gapCount === 0) return "None: every bar between the first and the last is there";
  if (shownCount === gapCount) return "Missing bars are never filled in";
  return `The ${formatInteger(shownCount)} longest of ${formatInteger(gapCount)}; missing bars are never filled in`;
}
