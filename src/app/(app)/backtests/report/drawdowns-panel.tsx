import type { ReportAnalysis } from "#contracts/report-view.ts";
import { formatInteger, formatPercent } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { ScrollRegion } from "#ui/scroll-region.tsx";
import { Time } from "#ui/time.tsx";

/** What is not among them is of no weight. */
const SHOWN_MAX = 6;

/** The deepest falls, each with when it began, was deepest and was made good. */
export function DrawdownsPanel(props: {
  drawdowns: ReportAnalysis["drawdowns"];
  onShow: (window: { startMs: number; endMs: number | null }) => void;
}) {
  return (
    <Panel title="Deepest drawdowns" flush>
      {props.drawdowns.length === 0 ? (
        <p className="p-4 text-sm text-muted">The equity never fell below an earlier peak.</p>
      ) : (
        <ScrollRegion ariaLabel="Deepest drawdowns">
          <table className="w-full text-[13px] tabular-nums">
            <thead>
              <tr className="border-b border-line text-right text-muted">
                <th scope="col" className="px-4 py-2 text-left font-medium">
                  Depth
                </th>
                <th scope="col" className="px-3 py-2 font-medium">
                  Began
                </th>
                <th scope="col" className="px-3 py-2 font-medium">
                  Deepest
                </th>
                <th scope="col" className="px-3 py-2 font-medium">
                  Recovered
                </th>
                <th scope="col" className="px-4 py-2 font-medium">
                  Bars
                </th>
              </tr>
            </thead>
            <tbody>
              {props.drawdowns
                .slice(0, SHOWN_MAX)
                .map(({ startMs, troughMs, endMs, depth, bars }) => (
                  <tr key={startMs} className="border-b border-line text-right last:border-0">
                    <td className="px-4 py-1.5 text-left">
                      <button
                        type="button"
                        title="Show in the charts"
                        onClick={() => props.onShow({ startMs, endMs })}
                        className="min-h-6 rounded font-medium whitespace-nowrap text-accent underline"
                      >
                        {formatPercent(depth)}
                      </button>
                    </td>
                    <td className="px-3 py-1.5">
                      <Time ms={startMs} />
                    </td>
                    <td className="px-3 py-1.5">
                      <Time ms={troughMs} />
                    </td>
                    <td className="px-3 py-1.5">
                      {endMs === null ? (
                        <span className="text-muted">not yet</span>
                      ) : (
                        <Time ms={endMs} />
                      )}
                    </td>
                    <td className="px-4 py-1.5">{formatInteger(bars)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Panel>
  );
}
