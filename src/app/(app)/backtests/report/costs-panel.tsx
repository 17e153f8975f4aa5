import type { CostAttribution } from "#contracts/backtest.ts";
import type { ReportResult } from "#contracts/report-view.ts";
import { formatMoney } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { ProfitLoss } from "#ui/profit-loss.tsx";
import { ScrollRegion } from "#ui/scroll-region.tsx";
import { type CostStep, costSteps } from "./cost-steps.ts";
import { FactList } from "./fact-list.tsx";

/** What trading and holding cost: step by step, and by leg. */
export function CostsPanel({ report }: { report: ReportResult }) {
  return (
    <Panel
      title="From gross to net"
      lead="Quote currency of the prices. Each bar starts where the one above it ends."
    >
      <Waterfall steps={costSteps(report.costs)} />
      <div className="-mx-4 mt-3 -mb-4 border-t border-line">
        <FactList
          facts={[
            { label: "Initial equity", value: formatMoney(report.initialEquity) },
            { label: "Final equity", value: formatMoney(report.finalEquity) },
          ]}
        />
      </div>
    </Panel>
  );
}

function Waterfall({ steps }: { steps: readonly CostStep[] }) {
  const ends = steps.flatMap(({ from, to }) => [from, to]);
  const low = Math.min(0, ...ends);
  const high = Math.max(0, ...ends);
  const share = (value: number) => ((value - low) / Math.max(high - low, 1e-12)) * 100;
  return (
    <ul className="flex flex-col gap-1.5">
      {steps.map(({ label, value, from, to, isTotal }) => (
        <li
          key={label}
          className="grid grid-cols-[6.5rem_1fr_7.5rem] items-center gap-2 text-[13px]"
        >
          <span className={isTotal ? "font-semibold" : "text-muted"}>{label}</span>
          <span aria-hidden className="relative h-4 rounded bg-surface-2">
            <span
              className={`absolute inset-y-0 rounded-sm ${barClass(value, isTotal)}`}
              style={{
                left: `${share(Math.min(from, to))}%`,
                width: `max(2px, ${Math.abs(share(to) - share(from))}%)`,
              }}
            />
            <span
              className="absolute inset-y-0 w-px bg-line-strong"
              style={{ left: `${share(0)}%` }}
            />
          </span>
          <span className={`text-right ${isTotal ? "font-semibold" : ""}`}>
            <ProfitLoss value={value} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function barClass(value: number, isTotal: boolean): string {
  if (isTotal) return "bg-equity";
  return value < 0 ? "bg-bad" : "bg-good";
}

const COLUMNS: readonly { field: keyof CostAttribution; label: string; isCost: boolean }[] = [
  { field: "grossPnl", label: "Gross", isCost: false },
  { field: "fees", label: "Fees", isCost: true },
  { field: "funding", label: "Funding", isCost: false },
  { field: "borrow", label: "Borrow", isCost: true },
  { field: "dividends", label: "Dividends", isCost: false },
  { field: "liquidationFees", label: "Liquidation", isCost: true },
  { field: "netPnl", label: "Net", isCost: false },
  { field: "slippage", label: "Of it slippage", isCost: true },
];

/** The same by instrument; what nothing was paid for has no column. */
export function LegCostsPanel({ report }: { report: ReportResult }) {
  const { instruments, instrumentCosts, costs } = report;
  const columns = COLUMNS.filter(
    ({ field }) =>
      costs[field] !== 0 || instrumentCosts.some((ofLeg) => ofLeg[field] !== 0) || isAlways(field),
  );
  return (
    <Panel
      title="By instrument"
      lead="Fees, funding and borrow as they change the profit. Slippage is in the fill prices, and so in the gross, already."
      flush
    >
      <ScrollRegion ariaLabel="Costs by instrument" className="max-h-[28rem]">
        <table className="w-full text-[13px] tabular-nums">
          <thead>
            <tr className="text-right text-muted">
              <th scope="col" className="px-4 py-2 text-left font-medium">
                Instrument
              </th>
              {columns.map(({ field, label }) => (
                <th key={field} scope="col" className="px-3 py-2 font-medium whitespace-nowrap">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {instrumentCosts.map((ofLeg, place) => (
              <CostRow
                // biome-ignore lint/suspicious/noArrayIndexKey: the place is what names an instrument
                key={place}
                name={instruments[place]?.symbol ?? ""}
                costs={ofLeg}
                columns={columns}
              />
            ))}
            <CostRow name="All" costs={costs} columns={columns} isTotal />
          </tbody>
        </table>
      </ScrollRegion>
    </Panel>
  );
}

function isAlways(field: keyof CostAttribution): boolean {
  return field === "grossPnl" || field === "fees" || field === "netPnl";
}

function CostRow(props: {
  name: string;
  costs: CostAttribution;
  columns: typeof COLUMNS;
  isTotal?: boolean;
}) {
  return (
    <tr
      className={`border-t border-line text-right ${props.isTotal === true ? "font-semibold" : ""}`}
    >
      <th scope="row" className="px-4 py-1.5 text-left font-medium">
        {props.name}
      </th>
      {props.columns.map(({ field, isCost }) => {
        const value = isCost ? -props.costs[field] : props.costs[field];
        return (
          <td key={field} className="px-3 py-1.5 whitespace-nowrap">
            {isCost ? formatMoney(value + 0) : <ProfitLoss value={value} />}
          </td>
        );
      })}
    </tr>
  );
}
