"use client";

import { useMemo, useState } from "react";
import type { ClusterPoint } from "#contracts/scan-clusters.ts";
import { Button } from "../button.tsx";
import { CsvButton } from "../csv-button.tsx";
import { Chart } from "./chart.tsx";
import { CHART_PALETTES } from "./chart-palette.ts";
import { type ClusterProjection, clusterMapCsv, clusterMapOption } from "./cluster-map-option.ts";
import { clusterName } from "./cluster-style.ts";
import { useThemeName } from "./use-theme-name.ts";

export type ClusterMapProps = {
  points: readonly ClusterPoint[];
  /** The cluster that stands out; null: none. */
  chosen: number | null;
  onChoose: (cluster: number | null) => void;
  csvName?: string | undefined;
};

const PROJECTIONS: readonly { id: ClusterProjection; label: string }[] = [
  { id: "tsne", label: "t-SNE" },
  { id: "pca", label: "Components" },
];

/** Instruments that move alike lie near each other; its table form is the list of clusters beside it. */
export function ClusterMap({ points, chosen, onChoose, csvName }: ClusterMapProps) {
  const hasTsne = points.some(({ tsne }) => tsne !== null);
  const [wanted, setWanted] = useState<ClusterProjection>("tsne");
  const [hovered, setHovered] = useState<number | null>(null);
  const palette = CHART_PALETTES[useThemeName()];
  const projection = hasTsne ? wanted : "pca";
  // Memoised because hovering renders this, and a new option draws every point again.
  const option = useMemo(
    () => clusterMapOption({ points, projection, chosen, palette }),
    [points, projection, chosen, palette],
  );
  // Stable, because the chart listens to its events anew when they change.
  const onPick = useMemo(
    () => (index: number) => {
      const cluster = points[index]?.cluster ?? null;
      onChoose(cluster === chosen ? null : cluster);
    },
    [points, chosen, onChoose],
  );
  const point = hovered === null ? undefined : points[hovered];
  return (
    <figure>
      <figcaption className="flex min-h-11 flex-wrap items-center justify-between gap-x-6 gap-y-1 px-3 py-2 text-[13px]">
        <span className="text-muted">
          {point === undefined
            ? "Instruments that move alike lie near each other. Click one to choose its cluster."
            : `${point.symbol}: ${clusterName(point.cluster)}`}
        </span>
        <div className="flex flex-wrap items-center gap-1">
          {hasTsne ? (
            <fieldset className="flex gap-1">
              <legend className="sr-only">Projection</legend>
              {PROJECTIONS.map(({ id, label }) => (
                <Button
                  key={id}
                  size="sm"
                  variant={projection === id ? "secondary" : "quiet"}
                  aria-pressed={projection === id}
                  onClick={() => setWanted(id)}
                >
                  {label}
                </Button>
              ))}
            </fieldset>
          ) : null}
          <CsvButton name={csvName ?? "clusters"} csv={() => clusterMapCsv(points)} />
        </div>
      </figcaption>
      <Chart
        option={option}
        height={380}
        ariaLabel={`Map of ${points.length} instruments in ${new Set(points.map(({ cluster }) => cluster).filter((cluster) => cluster >= 0)).size} clusters. The list of clusters has the same.`}
        onHover={setHovered}
        onPick={onPick}
      />
    </figure>
  );
}
