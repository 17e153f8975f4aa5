"use client";

import { useMemo } from "react";
import type { DatasetConfig, DatasetPreview } from "#contracts/dataset.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import { sourceName } from "#quant/learning/features/feature-name.ts";
import { labelClasses } from "#quant/learning/labels/label-spec.ts";
import { datasetPanes } from "#ui/charts/dataset-panes.ts";
import { TimePanes } from "#ui/charts/time-panes.tsx";
import { labelWords } from "../label-words.ts";

type Props = {
  preview: Extract<DatasetPreview, { kind: "previewed" }>;
  config: DatasetConfig;
  feature: number;
  /** The span that was asked for; null: all of it. */
  zoom: TimeWindow | null;
  onZoom: (window: TimeWindow | null) => void;
  loading: boolean;
};

/** What the label is about, the label, and a feature. */
export function PreviewChart({ preview, config, feature, zoom, onZoom, loading }: Props) {
  const { series, span, features } = preview;
  const { label, intervalMs } = config;
  const name = features[Math.min(feature, features.length - 1)]?.name ?? "";
  // Memoised because a new array makes the chart draw everything again.
  const panes = useMemo(
    () =>
      datasetPanes({
        ...{ series, window: null, feature: name },
        source: sourceName(label.of),
        label: labelWords(label),
        classes: labelClasses(label),
      }),
    [series, name, label],
  );
  return (
    <TimePanes
      panes={panes}
      window={{ startMs: series.startMs, endMs: Math.max(series.endMs, series.startMs + 1) }}
      asked={zoom ?? span}
      extent={span}
      intervalMs={intervalMs}
      onWindowChange={onZoom}
      ariaLabel="Label and feature of the dataset"
      csvName="Preview of a dataset"
      loading={loading}
    />
  );
}
