"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { Button } from "#ui/button.tsx";
import { ParallelCoordinates } from "#ui/charts/parallel-coordinates.tsx";
import {
  BEST_LINES,
  type Brush,
  brushedRows,
  figureAxis,
  LINES_MAX,
  parallelAxis,
} from "#ui/charts/parallel-lines.ts";
import { formatInteger } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { OBJECTIVE_LABELS } from "../optimisation-words.ts";
import { inFormOrder, parameterLabel } from "../parameter-words.ts";
import type { TrialChartProps } from "./trial-charts.tsx";

type Brushes = Readonly<Record<string, Brush>>;

/** Every trial a line over all its parameters to its objective. */
export function ParallelPanel({ view, trials, pinnedRow, onPin, leftOut }: TrialChartProps) {
  const [brushes, setBrushes] = useState<Brushes>({});
  // A brush is drawn at once; the lines follow when there is time.
  const settled = useDeferredValue(brushes);
  const { kind } = view.strategyVersion.config;
  const label = OBJECTIVE_LABELS[view.config.objective];
  // Memoised because it looks through every trial, and each movement of a brush renders this.
  const axes = useMemo(
    () => [
      ...inFormOrder(kind, Object.keys(trials.parameters)).map((name) =>
        parallelAxis(parameterLabel(kind, name), trials.parameters[name] ?? []),
      ),
      figureAxis(label, trials.objective),
    ],
    [trials, kind, label],
  );
  const { ranked } = trials;
  const within = useMemo(() => brushedRows(axes, settled, ranked), [axes, settled, ranked]);
  const isBrushed = Object.keys(brushes).length > 0;
  const onBrush = (name: string, brush: Brush | null) => {
    setBrushes(({ [name]: _old, ...others }) =>
      brush === null ? others : { ...others, [name]: brush },
    );
  };
  const best = within.at(-1) ?? null;
  return (
    <Panel
      flush
      title="All parameters"
      lead="Each line is a trial, the better the stronger. Drag along an axis to keep what crosses it there."
      actions={
        <>
          {best === null ? null : (
            <Button size="sm" onClick={() => onPin(best === pinnedRow ? null : best)}>
              {best === pinnedRow ? "Let go" : isBrushed ? "Pin the best of these" : "Pin the best"}
            </Button>
          )}
          <Button size="sm" variant="quiet" disabled={!isBrushed} onClick={() => setBrushes({})}>
            Clear spans
          </Button>
        </>
      }
    >
      <ParallelCoordinates
        axes={axes}
        ranked={ranked}
        brushes={brushes}
        shownBrushes={settled}
        onBrush={onBrush}
        pinnedRow={pinnedRow}
        ariaLabel={`Parameters and ${label} of ${formatInteger(within.length)} trials as lines. The list of best trials has the same figures.`}
      />
      <p
        role="status"
        className="border-t border-line px-4 py-2 text-[13px] text-muted tabular-nums"
      >
        {isBrushed
          ? `${formatInteger(within.length)} of ${formatInteger(trials.columns.count)} trials within the spans. `
          : `${formatInteger(within.length)} trials. `}
        {within.length > LINES_MAX
          ? `Drawn: the ${BEST_LINES} best and ${formatInteger(LINES_MAX - BEST_LINES)} picked from the others. `
          : ""}
        {leftOut}
      </p>
    </Panel>
  );
}
