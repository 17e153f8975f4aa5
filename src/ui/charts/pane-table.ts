import type { DataColumn } from "../data-table-column.ts";
import { formatTimeUtc } from "../format.ts";
import type { Pane, PaneLine } from "./pane.ts";

/** One time of the charts, with the value of every line there; null is a gap. */
export type PaneTableRow = { timeMs: number; values: (number | null)[] };

function tableLines(panes: readonly Pane[]): { pane: Pane; line: PaneLine }[] {
  return panes.flatMap((pane) => pane.lines.map((line) => ({ pane, line })));
}

/** What the charts show, as rows: for those who do not see them, and for spreadsheets. */
export function paneTableRows(panes: readonly Pane[]): PaneTableRow[] {
  const lines = tableLines(panes);
  const rows = new Map<number, PaneTableRow>();
  for (const [index, { line }] of lines.entries()) {
    for (const [timeMs, value] of line.readout ?? line.points) {
      const row = rows.get(timeMs) ?? { timeMs, values: lines.map(() => null) };
      row.values[index] = value;
      rows.set(timeMs, row);
    }
  }
  return [...rows.values()].sort((left, right) => left.timeMs - right.timeMs);
}

export function paneTableColumns(panes: readonly Pane[]): DataColumn<PaneTableRow>[] {
  return [
    {
      id: "time",
      header: "Time",
      unit: "UTC",
      value: ({ timeMs }) => new Date(timeMs).toISOString(),
      cell: ({ timeMs }) => formatTimeUtc(timeMs).replace(" UTC", ""),
    },
    ...tableLines(panes).map(
      ({ pane, line }, index): DataColumn<PaneTableRow> => ({
        id: `${pane.id}-${line.name}`,
        header: line.name,
        value: ({ values }) => values[index] ?? null,
        format: pane.formatReadout ?? pane.format,
      }),
    ),
  ];
}
