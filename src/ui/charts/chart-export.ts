import type { TimeWindow } from "#contracts/interval.ts";

/** Bars behind a chart as rows: the time as text, then a value for each line. */
export type ExportedRows = {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  /** The window has more bars than a table can show. */
  readonly isCut: boolean;
};

/** Where every bar of a chart can be had: what is drawn is thinned to what a screen can show. */
export type ChartExport = {
  readonly csvHref: (window: TimeWindow) => string;
  readonly rows: (window: TimeWindow) => Promise<ExportedRows>;
};
