"use client";

import type { ReportLeg, ReportTrade, ReportTradeLeg } from "#contracts/report-view.ts";
import { Button } from "#ui/button.tsx";
import { formatMoney, formatNumber } from "#ui/format.ts";
import { ProfitLoss } from "#ui/profit-loss.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { toMessage } from "#ui/to-message.ts";
import type { ReportSource } from "./report-source.ts";
import { NOT_SHARED } from "./report-words.ts";
import type { NumberedTrade } from "./trade-columns.tsx";
import { useTradeLegs } from "./use-trade-legs.ts";

/** Pixels of the legs of a trade, for a table that must know before it draws them. */
export function tradeLegsHeight({ legs }: ReportTrade): number {
  return 46 + legs.length * 28;
}

type Props = { trade: NumberedTrade; instruments: readonly ReportLeg[] };

/** The legs of one trade: what was bought and sold at what price, and what each cost and earned. */
export function TradeLegs({ source, ...props }: Props & { source: ReportSource }) {
  const { legs, error, retry } = useTradeLegs(source, props.trade.number - 1);
  if (legs !== undefined) return <LegsTable {...props} legs={legs} />;
  if (error === null) return <Skeleton className="h-full w-full max-w-5xl" />;
  return (
    <p className="flex flex-wrap items-center gap-2 text-xs">
      The legs could not be read. {toMessage(error)}
      <Button size="sm" onClick={retry}>
        Try again
      </Button>
    </p>
  );
}

function LegsTable({ trade, instruments, legs }: Props & { legs: readonly ReportTradeLeg[] }) {
  const optional = (["funding", "borrow", "dividends", "liquidationFee"] as const).filter((field) =>
    legs.some((leg) => leg[field] !== 0),
  );
  return (
    <table className="w-full max-w-5xl text-xs tabular-nums">
      <thead>
        <tr className="text-right text-muted">
          <th scope="col" className="px-2 py-1 text-left font-medium">
            Leg
          </th>
          <th scope="col" className="px-2 py-1 font-medium">
            Quantity
          </th>
          <th scope="col" className="px-2 py-1 font-medium">
            Entry price
          </th>
          <th scope="col" className="px-2 py-1 font-medium">
            Exit price
          </th>
          <th scope="col" className="px-2 py-1 font-medium">
            Gross
          </th>
          <th scope="col" className="px-2 py-1 font-medium">
            Fees
          </th>
          <th scope="col" className="px-2 py-1 font-medium">
            Slippage
          </th>
          {optional.map((field) => (
            <th key={field} scope="col" className="px-2 py-1 font-medium">
              {OPTIONAL_LABELS[field]}
            </th>
          ))}
          <th scope="col" className="px-2 py-1 font-medium">
            Net
          </th>
        </tr>
      </thead>
      <tbody>
        {legs.map((leg, index) => (
          <tr key={leg.instrument} className="text-right">
            <th scope="row" className="px-2 py-1 text-left font-medium whitespace-nowrap">
              {trade.legs[index]?.direction === 1 ? "▲ Bought" : "▼ Sold"}{" "}
              {instruments[leg.instrument]?.symbol}
            </th>
            <td className="px-2 py-1">
              {leg.quantity === null ? NOT_SHARED : formatNumber(leg.quantity, { significant: 6 })}
            </td>
            <td className="px-2 py-1">{formatNumber(leg.entryPrice, { significant: 6 })}</td>
            <td className="px-2 py-1">{formatNumber(leg.exitPrice, { significant: 6 })}</td>
            <td className="px-2 py-1">
              <ProfitLoss value={leg.grossPnl} />
            </td>
            <td className="px-2 py-1">{formatMoney(leg.fees)}</td>
            <td className="px-2 py-1">{formatMoney(leg.slippageCost)}</td>
            {optional.map((field) => (
              <td key={field} className="px-2 py-1">
                {formatMoney(leg[field])}
              </td>
            ))}
            <td className="px-2 py-1">
              <ProfitLoss value={leg.netPnl} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const OPTIONAL_LABELS = {
  funding: "Funding",
  borrow: "Borrow",
  dividends: "Dividends",
  liquidationFee: "Liquidation",
} as const;
