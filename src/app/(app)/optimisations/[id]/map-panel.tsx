"use client";

import { useMemo } from "react";
import { type GridMeasure, trialGrid } from "#ui/charts/trial-grid.ts";
import { TrialHeatMap } from "#ui/charts/trial-heat-map.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { Panel } from "#ui/panel.tsx";
import { SelectField } from "#ui/select-field.tsx";
import { useUrlState } from "../../discover/use-url-state.ts";
import { OBJECTIVE_LABELS, OBJECTIVE_REFERENCE } from "../optimisation-words.ts";
import { inFormOrder, parameterLabel, parametersText } from "../parameter-words.ts";
import { inFigureOrder, trialFigureLabel, trialFigureText } from "../trial-figures.ts";
import { trialOfRow } from "../trial-of-row.ts";
import type { TrialChartProps } from "./trial-charts.tsx";

const MEASURES = [
  { value: "best", label: "Best over the rest" },
  { value: "median", label: "Median over the rest" },
];

/** The objective over two of the parameters, the others being what they may. */
export function MapPanel({ view, trials, pinnedRow, onPin, leftOut }: TrialChartProps) {
  const { params, set } = useUrlState();
  const { kind } = view.strategyVersion.config;
  const names = inFormOrder(kind, Object.keys(trials.parameters));
  const { objective } = view.config;
  const x = names.find((name) => name === params.get("x")) ?? names[0] ?? "";
  const y =
    names.find((name) => name === params.get("y") && name !== x) ??
    names.find((name) => name !== x) ??
    x;
  const measure: GridMeasure = params.get("measure") === "median" ? "median" : "best";
  // Memoised because it looks through every trial, and pinning one renders this.
  const grid = useMemo(
    () =>
      trialGrid({
        x: { name: x, column: trials.parameters[x] ?? [] },
        // One parameter alone is a map of a single row.
        y: {
          name: y,
          column: y === x ? trials.objective.map(() => "") : (trials.parameters[y] ?? []),
        },
        objective: trials.objective,
        ranked: trials.ranked,
        measure,
      }),
    [trials, x, y, measure],
  );
  if (trials.columns.count === 0) {
    return (
      <Panel>
        <EmptyState title="No trial was stored">There is nothing to draw.</EmptyState>
      </Panel>
    );
  }
  const options = names.map((name) => ({ value: name, label: parameterLabel(kind, name) }));
  const isSingle = names.length < 2;
  const hasRest = grid.cells.some(({ trialCount }) => trialCount > 1);
  return (
    <Panel flush>
      <div className="grid gap-3 border-b border-line px-4 py-3 sm:grid-cols-3">
        <SelectField
          label="Across"
          options={options}
          value={x}
          // The other axis keeps its parameter unless it is the same.
          onChange={(event) => set({ x: event.target.value, y: event.target.value === y ? x : y })}
        />
        {isSingle ? null : (
          <SelectField
            label="Up"
            options={options}
            value={y}
            onChange={(event) =>
              set({ y: event.target.value, x: event.target.value === x ? y : x })
            }
          />
        )}
        {hasRest ? (
          <SelectField
            label="A square shows"
            options={MEASURES}
            value={measure}
            onChange={(event) =>
              set({ measure: event.target.value === "median" ? "median" : null })
            }
          />
        ) : null}
      </div>
      <TrialHeatMap
        grid={grid}
        measure={measure}
        names={{
          x: parameterLabel(kind, x),
          y: isSingle ? "" : parameterLabel(kind, y),
          value: OBJECTIVE_LABELS[objective],
        }}
        reference={OBJECTIVE_REFERENCE[objective]}
        format={(value) => trialFigureText(objective, value)}
        describe={(row) => {
          const { parameters, figures } = trialOfRow(trials.columns, row);
          // The square has said both of its parameters and the objective.
          const { [x]: _x, [y]: _y, ...others } = parameters;
          const said = inFigureOrder(Object.keys(figures))
            .filter((name) => name !== objective)
            .map((name) => `${trialFigureLabel(name)} ${trialFigureText(name, figures[name])}`);
          return [parametersText(kind, others), ...said].filter((one) => one !== "").join(" · ");
        }}
        pinnedRow={pinnedRow}
        onPin={onPin}
      />
      <p className="border-t border-line px-4 py-2 text-[13px] text-muted">
        {grid.x.isBinned || grid.y.isBinned
          ? "A parameter with many values is drawn in spans of neighbouring ones. "
          : ""}
        {leftOut}
        {leftOut === "" && !grid.x.isBinned && !grid.y.isBinned ? "Every trial is drawn." : ""}
      </p>
    </Panel>
  );
}
