"use client";

import { type ComponentProps, useMemo, useState } from "react";
import type { WindowResult } from "#contracts/backtest.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { ReportLeg, ReportPlan, ReportResult, ReportView } from "#contracts/report-view.ts";
import { Button } from "#ui/button.tsx";
import { DataTable } from "#ui/data-table.tsx";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { formatAligned, formatInteger, formatPercent } from "#ui/format.ts";
import { METRIC_DEFINITIONS } from "#ui/metric-definitions.ts";
import { Panel } from "#ui/panel.tsx";
import { ProfitLoss } from "#ui/profit-loss.tsx";
import { Time } from "#ui/time.tsx";
import type { ReportSource } from "./report-source.ts";
import { SlopeChart } from "./slope-chart.tsx";
import { firstPair } from "./window-chart-inputs.ts";
import { COMPARED_FIGURES, type ComparedFigure, slopesOf, windowProfit } from "./window-figures.ts";
import { WindowPairChart } from "./window-pair-chart.tsx";
import { WindowPairs } from "./window-pairs.tsx";

type Row = WindowResult & { readonly number: number };

type Props = {
  plan: ReportPlan;
  view: ReportView;
  report: ReportResult;
  source: ReportSource;
  windows: readonly WindowResult[];
  isPrinting: boolean;
  /** Shows a span in the charts. */
  onShow: (window: TimeWindow) => void;
};

/** A walk-forward: its windows in time, what each chose, and what became of what it had learned. */
export function WalkForwardPanel(props: Props) {
  const { plan, report, windows, isPrinting, onShow } = props;
  const [chosen, setChosen] = useState(0);
  // Of the window that is chosen; null: the one with the most trades.
  const [chosenPair, setChosenPair] = useState<number | null>(null);
  const [figure, setFigure] = useState<ComparedFigure>("sharpeRatio");
  // The table works everything out anew when its rows or columns are another array.
  const rows = useMemo(
    () => windows.map((window, index): Row => ({ ...window, number: index + 1 })),
    [windows],
  );
  const columns = useMemo(() => windowColumns(windows), [windows]);
  const window = windows[chosen];
  const pairPlace = chosenPair ?? firstPair(window?.pairs ?? []);
  const pair = window?.pairs[pairPlace];
  return (
    <div className="flex flex-col gap-6">
      <Panel title="Windows" lead={`${planWords(plan)} Choose a window to see its pairs.`} flush>
        <DataTable
          ariaLabel="Windows"
          rowLabel="window"
          columns={columns}
          data={rows}
          getRowId={({ number }) => String(number)}
          onRowOpen={({ number }) => {
            setChosen(number - 1);
            setChosenPair(null);
          }}
          highlightedRowId={String(chosen + 1)}
          csvName="windows"
        />
      </Panel>
      <div className="grid items-start gap-6 xl:grid-cols-2 print:grid-cols-1">
        <Panel
          title="In sample against out of sample"
          lead="One line a window; the thick one joins the medians. Lines that fall were fitted to noise."
          actions={
            <fieldset className="flex flex-wrap gap-1 print:hidden">
              <legend className="sr-only">Figure</legend>
              {COMPARED_FIGURES.map((name) => (
                <Button
                  key={name}
                  size="sm"
                  variant="quiet"
                  aria-pressed={name === figure}
                  className="aria-pressed:bg-surface-2 aria-pressed:text-text"
                  onClick={() => setFigure(name)}
                >
                  {METRIC_DEFINITIONS[name].label}
                </Button>
              ))}
            </fieldset>
          }
        >
          <SlopeChart slopes={slopesOf(windows, figure)} figure={figure} chosen={chosen} />
        </Panel>
        {isPrinting
          ? windows.map((one, index) => (
              <PairsOfWindow
                key={one.tradingStartMs}
                window={one}
                number={index + 1}
                instruments={report.instruments}
              />
            ))
          : null}
        {window === undefined || isPrinting ? null : (
          <PairsOfWindow
            window={window}
            number={chosen + 1}
            instruments={report.instruments}
            onShow={onShow}
            drawn={{ place: pairPlace, onDraw: setChosenPair }}
          />
        )}
      </div>
      {window === undefined || pair === undefined || isPrinting ? null : (
        <WindowPairChart
          key={`${chosen} ${pairPlace}`}
          view={props.view}
          report={report}
          source={props.source}
          window={window}
          number={chosen + 1}
          pair={pair}
        />
      )}
    </div>
  );
}

function PairsOfWindow(props: {
  window: WindowResult;
  number: number;
  instruments: readonly ReportLeg[];
  onShow?: (window: TimeWindow) => void;
  drawn?: ComponentProps<typeof WindowPairs>["drawn"];
}) {
  const { window, number, instruments, onShow, drawn } = props;
  const { tradingStartMs: startMs, tradingEndMs: endMs, candidates, pairs, trials } = window;
  return (
    <Panel
      title={`Pairs of window ${number}`}
      lead={
        <>
          Traded from <Time ms={startMs} /> to <Time ms={endMs} />; {formatInteger(pairs.length)} of{" "}
          {formatInteger(candidates)} candidates
          {trials > 1 ? `, ${formatInteger(trials)} trials of parameters` : ""}.
        </>
      }
      actions={
        onShow === undefined ? null : (
          <Button size="sm" onClick={() => onShow({ startMs, endMs })} className="print:hidden">
            Show in the charts
          </Button>
        )
      }
      flush
    >
      <WindowPairs pairs={pairs} instruments={instruments} drawn={drawn} />
    </Panel>
  );
}

function planWords(plan: ReportPlan): string {
  if (plan.kind === "single") return "";
  const { formationBars, tradingBars, window, purgeBars, embargoBars, selection, optimise } =
    plan.walkForward;
  const gaps = [
    purgeBars > 0 ? `${formatInteger(purgeBars)} bars purged` : "",
    embargoBars > 0 ? `${formatInteger(embargoBars)} bars of embargo` : "",
  ].filter((part) => part !== "");
  const start = window === "rolling" ? "rolling" : "from the first bar on";
  return `Learns on ${formatInteger(formationBars)} bars (${start}), trades ${formatInteger(tradingBars)}${gaps.length === 0 ? "" : `, ${gaps.join(", ")}`}. ${selection}${optimise === null ? "" : ", parameters chosen anew in each"}.`;
}

function windowColumns(windows: readonly WindowResult[]): readonly DataColumn<Row>[] {
  const startMs = windows[0]?.formationStartMs ?? 0;
  const endMs = windows.at(-1)?.tradingEndMs ?? 1;
  const sharpe = (side: "inSample" | "outOfSample", unit: string): DataColumn<Row> => ({
    id: side,
    header: "Sharpe",
    unit,
    value: (row) => row[side].sharpeRatio.value,
    format: (value) => formatAligned(value, { significant: 3 }),
    width: 110,
  });
  return [
    {
      id: "number",
      header: "No.",
      value: ({ number }) => number,
      format: formatInteger,
      width: 60,
    },
    {
      id: "timeline",
      header: "Learned and traded",
      help: "Hatched: formation. Filled: trading.",
      value: ({ tradingStartMs }) => tradingStartMs,
      cell: (row) => <Timeline row={row} startMs={startMs} endMs={endMs} />,
      csv: csvTime(({ formationStartMs }) => formationStartMs),
      width: 320,
    },
    {
      id: "traded",
      header: "Traded from",
      value: ({ tradingStartMs }) => tradingStartMs,
      cell: ({ tradingStartMs }) => <Time ms={tradingStartMs} />,
      csv: csvTime(({ tradingStartMs }) => tradingStartMs),
      align: "right",
      width: 150,
    },
    {
      id: "pairs",
      header: "Pairs",
      value: ({ pairs }) => pairs.length,
      format: formatInteger,
      width: 80,
    },
    {
      id: "candidates",
      header: "Candidates",
      value: ({ candidates }) => candidates,
      format: formatInteger,
      // Where nothing was looked for, it is the number of pairs.
      hiddenByDefault: windows.every((one) => one.candidates === one.pairs.length),
      width: 100,
    },
    sharpe("inSample", "in sample"),
    sharpe("outOfSample", "out of sample"),
    {
      id: "return",
      header: "Return",
      unit: "out of sample",
      value: ({ outOfSample }) => outOfSample.totalReturn.value,
      cell: ({ outOfSample }) => <ProfitLoss value={outOfSample.totalReturn.value} as="percent" />,
      format: (value) => formatPercent(value),
      width: 120,
    },
    {
      id: "profit",
      header: "Net P&L",
      value: windowProfit,
      cell: (row) => <ProfitLoss value={windowProfit(row)} />,
      align: "right",
      width: 120,
    },
    {
      id: "trades",
      header: "Trades",
      value: ({ outOfSample }) => outOfSample.tradeCount.value,
      format: formatInteger,
      width: 90,
    },
  ];
}

/** Where in the whole run a window learned (hatched) and traded (filled). */
function Timeline({ row, startMs, endMs }: { row: Row; startMs: number; endMs: number }) {
  const share = (ms: number) => ((ms - startMs) / Math.max(1, endMs - startMs)) * 100;
  const bar = (fromMs: number, toMs: number) => ({
    left: `${share(fromMs)}%`,
    width: `max(2px, ${share(toMs) - share(fromMs)}%)`,
  });
  return (
    <span aria-hidden className="relative block h-3 w-full min-w-40 rounded-sm bg-surface-2">
      <span
        className="absolute inset-y-0 rounded-sm border border-in-sample bg-[repeating-linear-gradient(45deg,var(--in-sample)_0_1.5px,transparent_1.5px_5px)]"
        style={bar(row.formationStartMs, row.formationEndMs)}
      />
      <span
        className="absolute inset-y-0 rounded-sm bg-out-of-sample"
        style={bar(row.tradingStartMs, row.tradingEndMs)}
      />
    </span>
  );
}
