"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { WatchedPairView } from "#contracts/live-message.ts";
import type { LiveBacktest, LiveBacktestTrade } from "#contracts/live-series.ts";
import { Button } from "#ui/button.tsx";
import { linePoints } from "#ui/charts/line-chart-data.ts";
import { TimePanes } from "#ui/charts/time-panes.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { formatInteger, formatMoney, formatNumber, formatZScore } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { NumberField } from "#ui/number-field.tsx";
import { Panel } from "#ui/panel.tsx";
import { ProfitLoss } from "#ui/profit-loss.tsx";
import { Skeleton } from "#ui/skeleton.tsx";
import { Time } from "#ui/time.tsx";
import { toMessage } from "#ui/to-message.ts";
import { useTRPC } from "../../../trpc-client.tsx";

const BARS = 2_000;

type Settings = { threshold: number; feeBps: number; slippageBps: number };

/** What trading every signal of the last bars would have done, costs and all. */
export function MiniBacktest({ pair }: { pair: WatchedPairView }) {
  const trpc = useTRPC();
  const [draft, setDraft] = useState<Settings>({
    threshold: pair.settings.threshold,
    feeBps: 5,
    slippageBps: 2,
  });
  const [settings, setSettings] = useState(draft);
  const { data, error, isFetching, refetch } = useQuery(
    trpc.live.miniBacktest.queryOptions({ id: pair.id, bars: BARS, ...settings }),
  );
  const field = (name: keyof Settings) => ({
    value: Number.isNaN(draft[name]) ? "" : draft[name],
    onChange: (event: { target: { valueAsNumber: number } }) =>
      setDraft({ ...draft, [name]: event.target.valueAsNumber }),
  });
  return (
    <Panel
      title="Mini backtest"
      lead={`The last bars, at most ${formatInteger(BARS)}: in beyond the threshold, out at zero; a signal at a bar's close is filled at the next bar. It is a glance, not a proof: parameters and pair were chosen with these bars in view.`}
    >
      <form
        method="post"
        className="mb-4 grid items-end gap-4 sm:grid-cols-4"
        onSubmit={(event) => {
          event.preventDefault();
          setSettings(draft);
        }}
      >
        <NumberField label="Threshold of |z|" {...field("threshold")} min={0.5} max={5} />
        <NumberField label="Fee" unit="bp a leg" {...field("feeBps")} min={0} max={1_000} />
        <NumberField
          label="Slippage"
          unit="bp a leg"
          {...field("slippageBps")}
          min={0}
          max={1_000}
        />
        <Button type="submit" busy={isFetching}>
          Run again
        </Button>
      </form>
      {error === null ? null : (
        <ErrorState
          title="It could not be run"
          message={toMessage(error)}
          onRetry={() => void refetch()}
        />
      )}
      {data === undefined && error === null ? <Skeleton className="h-64 w-full" /> : null}
      {data === undefined ? null : <Outcome result={data} />}
    </Panel>
  );
}

function Outcome({ result }: { result: LiveBacktest }) {
  return (
    <div className="flex flex-col gap-4">
      {result.warnings.length === 0 ? null : (
        <Notice tone="warn">
          {result.warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Notice>
      )}
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-sm sm:grid-cols-4 lg:grid-cols-7">
        <Figure label="After costs">
          <ProfitLoss value={result.netPnl} />
        </Figure>
        <Figure label="Before costs">
          {/* The fills already have the slippage in them: without it means without both costs. */}
          {formatMoney(result.grossPnl + result.slippageCost)}
        </Figure>
        <Figure label="Fees">{formatMoney(result.fees)}</Figure>
        <Figure label="Slippage">{formatMoney(result.slippageCost)}</Figure>
        <Figure label="Trades, won">
          {formatInteger(result.tradeCount)}, {formatInteger(result.winCount)}
        </Figure>
        <Figure label="Largest fall">{formatMoney(result.drawdownMax)}</Figure>
        <Figure label="Leg Y in a trade">{formatMoney(result.notional)}</Figure>
      </dl>
      <p className="text-[13px] text-muted">
        <Time ms={result.startMs} intervalMs={1_000} /> to{" "}
        <Time ms={result.endMs} intervalMs={1_000} />, {formatInteger(result.bars)} bars. Filled at
        the {result.fillConvention === "next-open" ? "next open" : "next close"}. Results are
        simulated; past performance does not predict future results.
      </p>
      <TimePanes
        panes={[
          {
            id: "equity",
            title: "Profit after costs",
            height: 140,
            lines: [
              {
                name: "Profit",
                colour: "equity",
                points: linePoints(result.equity, Object.keys(result.equity.lines)[0] ?? ""),
              },
            ],
            format: (value) => formatNumber(value, { significant: 3 }),
          },
        ]}
        window={{ startMs: result.startMs, endMs: result.endMs }}
        extent={{ startMs: result.startMs, endMs: result.endMs }}
        intervalMs={result.equity.intervalMs}
        onWindowChange={() => undefined}
        ariaLabel="Profit after costs"
        csvName="mini-backtest"
      />
      <DataTable
        ariaLabel="Trades of the mini backtest"
        rowLabel="trade"
        columns={TRADE_COLUMNS}
        data={result.trades}
        getRowId={({ entryMs }) => String(entryMs)}
        csvName="mini-backtest-trades"
        emptyState={
          <EmptyState title="No trade">The z-score never went beyond the threshold.</EmptyState>
        }
      />
    </div>
  );
}

function Figure({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="font-medium tabular-nums">{children}</dd>
    </div>
  );
}

const moment = (id: "entryMs" | "exitMs", header: string): DataColumn<LiveBacktestTrade> => ({
  id,
  header,
  value: (trade) => trade[id],
  cell: (trade) => <Time ms={trade[id]} intervalMs={1_000} />,
  csv: csvTime((trade) => trade[id]),
});

const TRADE_COLUMNS: readonly DataColumn<LiveBacktestTrade>[] = [
  moment("entryMs", "In"),
  moment("exitMs", "Out"),
  { id: "side", header: "Side", value: ({ side }) => side },
  { id: "bars", header: "Bars", value: ({ barsHeld }) => barsHeld, format: formatInteger },
  {
    id: "entryZScore",
    header: "z in",
    value: ({ entryZScore }) => entryZScore,
    format: formatZScore,
  },
  {
    id: "exitZScore",
    header: "z out",
    value: ({ exitZScore }) => exitZScore,
    format: formatZScore,
  },
  {
    id: "costs",
    header: "Costs",
    value: ({ fees, slippageCost }) => fees + slippageCost,
    format: formatMoney,
  },
  {
    id: "net",
    header: "Profit",
    value: ({ netPnl }) => netPnl,
    cell: ({ netPnl }) => <ProfitLoss value={netPnl} />,
    align: "right",
  },
];
