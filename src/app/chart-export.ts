import type { TimeWindow } from "#contracts/interval.ts";
import type { ChartExport, ExportedRows } from "#ui/charts/chart-export.ts";
import { csvTable } from "./csv-table.ts";

/** What a table on the screen can hold; the server refuses more. */
const TABLE_ROWS = 2_000;

/** Every bar behind a chart, by the address of its export. */
export function chartExport(
  path: string,
  query: Readonly<Record<string, string | number>> = {},
): ChartExport {
  const href = (window: TimeWindow, extra: Readonly<Record<string, number>> = {}): string => {
    const search = new URLSearchParams();
    const all = { ...query, from: window.startMs, to: window.endMs, ...extra };
    // A zoom by hand lies between milliseconds.
    for (const [key, value] of Object.entries(all)) {
      search.set(key, typeof value === "number" ? String(Math.round(value)) : value);
    }
    return `${path}?${search.toString()}`;
  };
  return {
    csvHref: (window) => href(window),
    rows: async (window): Promise<ExportedRows> => {
      const answer = await fetch(href(window, { rows: TABLE_ROWS }));
      if (!answer.ok) throw new Error("The server did not answer. Try again in a moment.");
      const { header, rows } = csvTable(await answer.text());
      return { header, rows, isCut: rows.length === TABLE_ROWS };
    },
  };
}
