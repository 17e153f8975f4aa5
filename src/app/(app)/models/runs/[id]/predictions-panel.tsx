"use client";

import { type ReactNode, useMemo, useState } from "react";
import type { TimeWindow } from "#contracts/interval.ts";
import type { RunDetail } from "#contracts/learning-run.ts";
import { learningPanes } from "#ui/charts/learning-panes.ts";
import { TimePanes } from "#ui/charts/time-panes.tsx";
import { Panel } from "#ui/panel.tsx";

type Props = {
  predictions: RunDetail["predictions"];
  classes: readonly string[];
  sourceName: string;
  isForecast: boolean;
  intervalMs: number;
  csvName: string;
  /** Of several that were learned together only the first is there to be drawn. */
  isOfFirst: boolean;
  /** Of several, which is drawn. */
  choice: ReactNode;
};

/** What was said of the test rows over time, on what the label is about. */
export function PredictionsPanel(props: Props) {
  const { predictions, classes, sourceName, isForecast, intervalMs, csvName } = props;
  const { timeMs } = predictions;
  const startMs = timeMs[0];
  const endMs = timeMs.at(-1);
  const [zoom, setZoom] = useState<TimeWindow | null>(null);
  const from = zoom?.startMs ?? startMs ?? 0;
  const to = zoom?.endMs ?? endMs ?? 0;
  // Memoised because a new array makes the chart draw everything again.
  const panes = useMemo(
    () =>
      learningPanes({
        ...predictions,
        ...{ classes, sourceName, isForecast, window: { startMs: from, endMs: to } },
      }),
    [predictions, classes, sourceName, isForecast, from, to],
  );
  if (startMs === undefined || endMs === undefined) return null;
  const extent = { startMs, endMs: Math.max(endMs, startMs + 1) };
  return (
    <Panel title="Predictions" lead={leadOf(props)} actions={props.choice} flush>
      <TimePanes
        panes={panes}
        window={zoom ?? extent}
        extent={extent}
        intervalMs={intervalMs}
        onWindowChange={setZoom}
        ariaLabel="Predictions of the test rows over time"
        csvName={csvName}
      />
    </Panel>
  );
}

function leadOf({ classes, isForecast, isOfFirst }: Props): string {
  const first = isOfFirst ? " Of the first of the pairs or instruments." : "";
  if (isForecast) return `Each bar as it was forecast at the bar before.${first}`;
  if (classes.length === 2) {
    return `Test rows only. Zoomed in, ▲ and ▼ say which class was said at a bar, knowing nothing after it.${first}`;
  }
  return `Test rows only: what was said at a bar, knowing nothing after it, and what came.${first}`;
}
