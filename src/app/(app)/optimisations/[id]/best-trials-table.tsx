"use client";

import { useMemo } from "react";
import type { OptimisationView, TrialRow } from "#contracts/optimisation.ts";
import { DataTable } from "#ui/data-table.tsx";
import type { DataColumn } from "#ui/data-table-column.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { ProfitLoss } from "#ui/profit-loss.tsx";
import { useTableView } from "../../use-table-view.ts";
import {
  inFormOrder,
  parameterLabel,
  parameterOf,
  parameterText,
  parameterUnit,
} from "../parameter-words.ts";
import { inFigureOrder, trialFigure, trialFigureLabel, trialFigureText } from "../trial-figures.ts";
import type { ResultProps } from "./optimisation-result.tsx";
import { PromoteButtons } from "./promote-buttons.tsx";
import type { Promotion } from "./promote-dialog.tsx";
import { TrialFacts } from "./trial-facts.tsx";

export type BestTrialsTableProps = ResultProps & {
  pinnedTrial: number | null;
  onPin: (trial: number | null) => void;
  onPromote: (promotion: Promotion) => void;
};

type RankedTrial = TrialRow & { readonly rank: number };

/** Pixels of an open row: two lines of figures and the buttons. */
const DETAIL_HEIGHT = 200;

const RANK_FIRST = { id: "rank", desc: false };

/** The best trials with their parameters and figures, and what can be made of them. */
export function BestTrialsTable(props: BestTrialsTableProps) {
  const { view, summary, pinnedTrial, onPin, onPromote } = props;
  const { state, onStateChange } = useTableView(RANK_FIRST);
  // Memoised because the table works everything out anew when one of these is a new object.
  const rows = useMemo(
    () => summary.best.map((trial, i): RankedTrial => ({ ...trial, rank: i + 1 })),
    [summary],
  );
  const columns = useMemo(() => columnsOf(view, rows[0]), [view, rows]);
  return (
    <Panel flush>
      <DataTable
        ariaLabel="Best trials"
        rowLabel="trial"
        columns={columns}
        data={rows}
        getRowId={({ trial }) => String(trial)}
        onRowOpen={({ trial }) => onPin(trial === pinnedTrial ? null : trial)}
        highlightedRowId={pinnedTrial === null ? null : String(pinnedTrial)}
        rowDetail={{
          height: () => DETAIL_HEIGHT,
          render: (trial) => (
            <div // Within the view, however wide the table is that it stands in.
              className="sticky left-3 flex w-[calc(100vw-4.5rem)] flex-col gap-4 py-2 sm:w-[min(100%,calc(100vw-21rem))]"
            >
              <TrialFacts
                kind={view.strategyVersion.config.kind}
                objective={view.config.objective}
                trial={trial}
              />
              <PromoteButtons view={view} trial={trial} rank={trial.rank} onPromote={onPromote} />
            </div>
          ),
        }}
        toolbar={
          <p className="text-[13px] text-muted">
            Open a row for all its figures, to save it as a version or to backtest it.
          </p>
        }
        csvName={`best trials of ${view.strategyName}`}
        state={state}
        onStateChange={onStateChange}
        emptyState={
          <EmptyState title="No trial counts as the best">
            None made at least {formatInteger(view.config.tradesMin)} trades and has the objective.
            The map shows all of them.
          </EmptyState>
        }
      />
    </Panel>
  );
}

/** Figures that are shown until others are chosen; the objective always is. */
const SHOWN: ReadonlySet<string> = new Set([
  "sharpeRatio",
  "totalReturn",
  "drawdownMax",
  "trades",
  "valueAtRisk95",
  "conditionalValueAtRisk95",
]);

const RETURNS: ReadonlySet<string> = new Set(["totalReturn", "annualisedReturn"]);

function columnsOf(
  view: OptimisationView,
  first: RankedTrial | undefined,
): DataColumn<RankedTrial>[] {
  if (first === undefined) return [];
  const { kind } = view.strategyVersion.config;
  const { objective } = view.config;
  const others = inFigureOrder(Object.keys(first.figures)).filter((name) => name !== objective);
  return [
    { id: "rank", header: "Rank", value: ({ rank }) => rank, format: formatInteger },
    ...inFormOrder(kind, Object.keys(first.parameters)).map((name) => parameterColumn(kind, name)),
    figureColumn(objective, true),
    {
      id: "neighbours",
      header: "Neighbours",
      help: "Median objective of the combinations next to it: far below its own, it is a lone peak.",
      value: ({ neighbours }) => neighbours,
      format: (value) => trialFigureText(objective, value),
    },
    ...others.map((name) => figureColumn(name, SHOWN.has(name))),
    {
      id: "trial",
      header: "Trial",
      help: "Its place in the search.",
      value: ({ trial }) => trial + 1,
      format: formatInteger,
      hiddenByDefault: true,
    },
  ];
}

function parameterColumn(
  kind: OptimisationView["strategyVersion"]["config"]["kind"],
  name: string,
): DataColumn<RankedTrial> {
  const cellValue = ({ parameters }: RankedTrial) => parameters[name] ?? null;
  return {
    id: `parameter ${name}`,
    header: parameterLabel(kind, name),
    unit: parameterUnit(kind, name),
    help: parameterOf(kind, name)?.help,
    value: cellValue,
    cell: (row) => parameterText(kind, name, cellValue(row)),
    align: "right",
  };
}

function figureColumn(name: string, isShown: boolean): DataColumn<RankedTrial> {
  const figure = trialFigure(name);
  const cellValue = ({ figures }: RankedTrial) => figures[name] ?? null;
  const isPercent = figure?.format === "percent";
  return {
    id: name,
    header: trialFigureLabel(name),
    unit: isPercent ? undefined : figure?.unit,
    help: figure?.definition,
    value: cellValue,
    format: (value) => trialFigureText(name, value),
    ...(RETURNS.has(name)
      ? { cell: (row: RankedTrial) => <ProfitLoss value={cellValue(row)} as="percent" /> }
      : {}),
    ...(isPercent ? { csv: { unit: "fraction" } } : {}),
    hiddenByDefault: !isShown,
    align: "right",
  };
}
