"use client";

import { type ReactNode, useCallback, useMemo, useState } from "react";
import type { TimeWindow } from "#contracts/interval.ts";
import { Chart } from "./chart.tsx";
import type { ChartExport } from "./chart-export.ts";
import { ChartMenu } from "./chart-menu.tsx";
import { CHART_PALETTES } from "./chart-palette.ts";
import type { Pane } from "./pane.ts";
import { PaneHeads } from "./pane-heads.tsx";
import { paneLayout } from "./pane-layout.ts";
import { PanePictures } from "./pane-pictures.tsx";
import { PaneTabs } from "./pane-tabs.tsx";
import { PlotPointer } from "./plot-pointer.tsx";
import { RangeButtons } from "./range-buttons.tsx";
import { timeOption } from "./time-option.ts";
import { useIsNarrow } from "./use-is-narrow.ts";
import { useThemeName } from "./use-theme-name.ts";

export type TimePanesProps = {
  panes: readonly Pane[];
  /** The span shown. */
  window: TimeWindow;
  /** The span that was chosen, while the one before is still shown. */
  asked?: TimeWindow | undefined;
  /** Everything there is. */
  extent: TimeWindow;
  intervalMs: number;
  onWindowChange: (window: TimeWindow | null) => void;
  /** A span may be chosen soon, see RangeButtons. */
  onWindowNear?: ((window: TimeWindow) => void) | undefined;
  ariaLabel: string;
  formation?: TimeWindow | undefined;
  csvName?: string | undefined;
  /** Where every bar can be had, when the panes are thinned. */
  source?: ChartExport | undefined;
  loading?: boolean | undefined;
  /** Which pane shows first where there is room for one; absent: the first of them. */
  firstPaneId?: string | undefined;
  /** What there is to say of the time under the pointer: how its bar came about. */
  note?: ((timeMs: number) => string | null) | undefined;
  /** Stand in the row of the range buttons: beside them, and at its other end. */
  lead?: ReactNode;
  controls?: ReactNode;
};

/** At 390 px one pane at a time is enough, and it needs room for a finger. */
const NARROW_HEIGHT = 230;

/**
 * Panes stacked over one time axis: one crosshair, one zoom. Drag to zoom, double-click to reset;
 * with the keyboard, arrows move the crosshair, + and − zoom, Escape resets.
 */
export function TimePanes(props: TimePanesProps) {
  const { panes, window, extent, intervalMs, onWindowChange, formation } = props;
  const [pointedMs, setPointerMs] = useState<number | null>(null);
  // Other bars may have come under a pointer that stands still.
  const isInside = pointedMs !== null && pointedMs >= window.startMs && pointedMs <= window.endMs;
  const pointerMs = isInside ? pointedMs : null;
  const [paneId, setPaneId] = useState(props.firstPaneId ?? panes[0]?.id ?? "");
  const isNarrow = useIsNarrow();
  const palette = CHART_PALETTES[useThemeName()];
  const single = panes.find(({ id }) => id === paneId) ?? panes[0];

  // Memoised because the crosshair renders this often, and each new option makes ECharts draw every
  // point again: 60 ms for a report of 5,000 points a line.
  const layout = useMemo(
    () =>
      paneLayout(isNarrow && single !== undefined ? [{ ...single, height: NARROW_HEIGHT }] : panes),
    [isNarrow, single, panes],
  );
  const option = useCallback(
    () => timeOption({ layout, window, palette, formation }),
    [layout, window, palette, formation],
  );
  return (
    <div>
      <div className="flex flex-wrap items-center justify-between gap-2 px-2 pt-2 print:hidden">
        <div className="flex flex-wrap items-center gap-2">
          <RangeButtons
            extent={extent}
            window={props.asked ?? window}
            intervalMs={intervalMs}
            onWindowChange={onWindowChange}
            onWindowNear={props.onWindowNear}
          />
          {props.lead}
        </div>
        <div className="flex items-center gap-2">
          {props.loading === true ? (
            <span role="status" className="text-xs text-muted">
              Loading detail…
            </span>
          ) : null}
          {props.controls}
          <ChartMenu
            panes={panes}
            title={props.ariaLabel}
            csvName={props.csvName ?? "chart"}
            window={window}
            source={props.source}
          />
        </div>
      </div>
      {isNarrow ? <PaneTabs panes={panes} value={single?.id ?? ""} onChange={setPaneId} /> : null}
      <Chart
        option={option}
        height={layout.height}
        ariaLabel={props.ariaLabel}
        placeholder={<PanePictures layout={layout} window={window} />}
      >
        <PaneHeads
          layout={layout}
          pointerMs={pointerMs}
          intervalMs={intervalMs}
          note={pointerMs === null ? null : (props.note?.(pointerMs) ?? null)}
        />
        <PlotPointer
          layout={layout}
          window={window}
          asked={props.asked ?? window}
          extent={extent}
          intervalMs={intervalMs}
          pointerMs={pointerMs}
          onPointerChange={setPointerMs}
          onWindowChange={onWindowChange}
          ariaLabel={props.ariaLabel}
        />
      </Chart>
    </div>
  );
}
