import type { ReportAnalysis } from "#contracts/report-view.ts";
import { formatPercent } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { ScrollRegion } from "#ui/scroll-region.tsx";
import { heatOf, monthGrid } from "./month-grid.ts";

/** Written out: to ask the browser for them takes it 60 ms before the page comes to life. */
const MONTH_NAMES = [
  ...["Jan", "Feb", "Mar", "Apr", "May", "Jun"],
  ...["Jul", "Aug", "Sept", "Oct", "Nov", "Dec"],
];

/** Returns by calendar month: signed figures on a ground that is stronger the larger they are. */
export function MonthsPanel({ months }: { months: ReportAnalysis["months"] }) {
  return (
    <Panel
      title="Monthly returns"
      lead="% of the equity at the start of the month, UTC. A star marks a month that the run covers in part."
      flush
    >
      {months.length === 0 ? (
        <p className="p-4 text-sm text-muted">The run is too short for one.</p>
      ) : (
        <ScrollRegion ariaLabel="Monthly returns">
          <table className="w-full border-separate border-spacing-0.5 p-2 text-xs tabular-nums">
            <thead>
              <tr className="text-muted">
                <th scope="col" className="px-2 py-1 text-left font-medium">
                  Year
                </th>
                {MONTH_NAMES.map((name) => (
                  <th key={name} scope="col" className="px-1 py-1 text-right font-medium">
                    {name}
                  </th>
                ))}
                <th scope="col" className="px-2 py-1 text-right font-medium">
                  Year
                </th>
              </tr>
            </thead>
            <tbody>
              {monthGrid(months).map(({ year, months: ofYear, total }) => (
                <tr key={year}>
                  <th scope="row" className="px-2 py-1 text-left font-medium">
                    {year}
                  </th>
                  {ofYear.map((month, index) => (
                    <td
                      key={MONTH_NAMES[index]}
                      title={month === null ? undefined : String(month.return)}
                      style={month === null ? undefined : groundOf(month.return, months)}
                      className="min-w-14 rounded px-1.5 py-1.5 text-right whitespace-nowrap"
                    >
                      {month === null
                        ? ""
                        : `${percentOf(month.return)}${month.partial ? "*" : ""}`}
                    </td>
                  ))}
                  <td className="px-2 py-1.5 text-right font-semibold whitespace-nowrap">
                    {percentOf(total)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Panel>
  );
}

function percentOf(value: number): string {
  return formatPercent(value, { digits: 1, signed: true }).replace(/\s*%$/, "");
}

/** Strong enough to be seen, weak enough that the figure on it stays readable. */
const GROUND_MAX = 34;

function groundOf(value: number, months: ReportAnalysis["months"]) {
  const colour = value >= 0 ? "var(--good)" : "var(--bad)";
  const share = Math.round(heatOf(value, months) * GROUND_MAX);
  return { backgroundColor: `color-mix(in oklab, ${colour} ${share}%, transparent)` };
}
