"use client";

import type { ScanPairRow } from "#contracts/scan.ts";

export type PValueHeatMapProps = {
  rows: readonly ScanPairRow[];
  /** In the order they are drawn. */
  symbols: readonly string[];
  onOpen: (row: ScanPairRow) => void;
  csvName?: string | undefined;
};

export function PValueHeatMap(props: PValueHeatMapProps) {
  return <div>{props.symbols.length}</div>;
}
