"use client";

import { useMemo } from "react";
import type { StrategyPreview } from "#contracts/strategy-preview.ts";
import { STRATEGIES, type StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import { signalPanes } from "#ui/charts/signal-panes.ts";
import { TimePanes } from "#ui/charts/time-panes.tsx";
import { useZoom } from "#ui/charts/use-zoom.ts";

type Props = {
  preview: Extract<StrategyPreview, { kind: "previewed" }>;
  kind: StrategyKind;
  loading: boolean;
};

/** Prices, the figures of the strategy, and where it would enter and leave. */
export function PreviewChart({ preview, kind, loading }: Props) {
  const { series, instruments, signals } = preview;
  const { startMs, endMs } = series;
  const { chosen, window, onWindowChange } = useZoom({ series });
  // Memoised because a new array makes the chart draw everything again.
  const panes = useMemo(
    () =>
      signalPanes({
        series,
        window: chosen,
        symbols: instruments.map(({ symbol }) => symbol),
        figures: STRATEGIES[kind].figures,
        signals,
      }),
    [series, chosen, instruments, kind, signals],
  );
  return (
    <TimePanes
      panes={panes}
      window={chosen === null ? { startMs, endMs } : window}
      extent={{ startMs, endMs }}
      intervalMs={series.intervalMs}
      onWindowChange={onWindowChange}
      ariaLabel={`Signals of ${STRATEGIES[kind].label}`}
      csvName="Preview of signals"
      loading={loading}
    />
  );
}
