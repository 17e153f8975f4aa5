"use client";

import { useMemo } from "react";
import type { StrategyConfig } from "#contracts/strategy.ts";
import type { StrategyPreview } from "#contracts/strategy-preview.ts";
import { STRATEGIES } from "#quant/strategies/strategy-kinds.ts";
import type { PaneThreshold } from "#ui/charts/pane.ts";
import { signalPanes } from "#ui/charts/signal-panes.ts";
import { TimePanes } from "#ui/charts/time-panes.tsx";
import { useZoom } from "#ui/charts/use-zoom.ts";

type Props = {
  preview: Extract<StrategyPreview, { kind: "previewed" }>;
  config: Pick<StrategyConfig, "kind" | "parameters">;
  loading: boolean;
};

/** Prices, the figures of the strategy, and where it would enter and leave. */
export function PreviewChart({ preview, config, loading }: Props) {
  const { kind, parameters } = config;
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
        levels: levelsOf(parameters),
      }),
    [series, chosen, instruments, kind, signals, parameters],
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

const LEVELS = [
  { names: ["entryZScore", "entryDeviations"], label: "entry", colour: "entry" },
  { names: ["exitZScore", "exitDeviations"], label: "exit", colour: "exit" },
  { names: ["stopZScore"], label: "stop", colour: "stop" },
] as const;

/** Distances from the mean at which the strategy acts, on both sides. */
function levelsOf(parameters: StrategyConfig["parameters"]): PaneThreshold[] {
  return LEVELS.flatMap(({ names, label, colour }) => {
    const value = names.map((name) => parameters[name]).find((one) => typeof one === "number");
    if (typeof value !== "number") return [];
    return (value === 0 ? [0] : [value, -value]).map((one) => ({ value: one, label, colour }));
  });
}
