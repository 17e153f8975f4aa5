import type { ReportResult } from "#contracts/report-view.ts";
import { formatInteger, formatMoney } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { ProfitLoss } from "#ui/profit-loss.tsx";
import { Time } from "#ui/time.tsx";
import { EXIT_WORDS } from "./report-words.ts";
import { legSum, numberedTrades } from "./trade-columns.tsx";

/** Every trade on paper, where nothing scrolls. */
export function PrintedTrades({ report }: { report: ReportResult }) {
  return (
    <Panel title={`Trades (${formatInteger(report.trades.length)})`} flush>
      <table className="w-full text-[11px] tabular-nums">
        <thead>
          <tr className="border-b border-line text-right text-muted">
            {["No.", "Traded", "Side", "Entry", "Exit", "Bars", "Fees", "Net P&L", "Closed by"].map(
              (header) => (
                <th key={header} scope="col" className="px-2 py-1 font-medium">
                  {header}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {numberedTrades(report).map((trade) => (
            <tr key={trade.number} className="border-b border-line text-right">
              <td className="px-2 py-0.5">{trade.number}</td>
              <td className="px-2 py-0.5">{trade.subject}</td>
              <td className="px-2 py-0.5">{trade.side}</td>
              <td className="px-2 py-0.5">
                <Time ms={trade.entryMs} />
              </td>
              <td className="px-2 py-0.5">
                <Time ms={trade.exitMs} />
              </td>
              <td className="px-2 py-0.5">{formatInteger(trade.barsHeld)}</td>
              <td className="px-2 py-0.5">{formatMoney(legSum(trade, "fees"))}</td>
              <td className="px-2 py-0.5">
                <ProfitLoss value={trade.netPnl} />
              </td>
              <td className="px-2 py-0.5">{EXIT_WORDS[trade.exitReason]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
