import type { Pane } from "./pane.ts";
import { type ReportPanesInput, reportPanes } from "./report-panes.ts";

/** The panes of a report that draw what the strategy saw, and no others. */
export function figureOnlyPanes(
  input: Pick<
    ReportPanesInput,
    "series" | "window" | "book" | "bookPlace" | "trades" | "thresholds"
  >,
): Pane[] {
  const panes = reportPanes({ ...input, benchmarks: [], symbols: [], shownInstruments: [] });
  return panes.filter(({ id }) => id.startsWith("figure-"));
}
