import type { ReportResult } from "#contracts/report-view.ts";
import { formatInteger, formatMoney } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { ProfitLoss } from "#ui/profit-loss.tsx";
import { Time } from "#ui/time.tsx";
import { EXIT_WORDS } from "./report-words.ts";
import { numberedTrades } from "./trade-columns.tsx";

const TRADED = "Traded";
const HEADERS = [
  "No.",
  TRADED,
  "Side",
  "Entry",
  "Exit",
  "Bars",
  "Fees",
  "Net P&L",
  "Closed by",
] as const;

/** Every trade on paper, where nothing scrolls. */
export function PrintedTrades({ report }: { report: ReportResult }) {
  const isOnePair = report.books.length === 1 && (report.books[0]?.instruments.length ?? 0) <= 2;
  const headers = HEADERS.filter((header) => !(isOnePair && header === TRADED));
  return (
    <Panel title={`Trades (${formatInteger(report.trades.length)})`} flush>
      <table className="w-full text-[10px] tabular-nums">
        <thead>
          <tr className="border-b border-line text-right text-muted">
            {headers.map((header) => (
              <th key={header} scope="col" className="px-1.5 py-1 font-medium">
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {numberedTrades(report).map((trade) => (
            <tr key={trade.number} className="border-b border-line text-right">
              <td className="px-1.5 py-0.5">{trade.number}</td>
              {isOnePair ? null : <td className="px-1.5 py-0.5">{trade.subject}</td>}
              <td className="px-1.5 py-0.5">{trade.side}</td>
              <td className="px-1.5 py-0.5">
                <Time ms={trade.entryMs} />
              </td>
              <td className="px-1.5 py-0.5">
                <Time ms={trade.exitMs} />
              </td>
              <td className="px-1.5 py-0.5">{formatInteger(trade.barsHeld)}</td>
              <td className="px-1.5 py-0.5">{formatMoney(trade.fees)}</td>
              <td className="px-1.5 py-0.5">
                <ProfitLoss value={trade.netPnl} />
              </td>
              <td className="px-1.5 py-0.5">{EXIT_WORDS[trade.exitReason]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
