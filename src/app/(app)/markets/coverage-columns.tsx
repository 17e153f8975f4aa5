import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { venueName } from "#contracts/venue.ts";
import { csvTime, type DataColumn } from "#ui/data-table-column.ts";
import { formatInteger } from "#ui/format.ts";
import { Time } from "#ui/time.tsx";
import { SourceBadge } from "./source-badge.tsx";

/** What is counted, where the name of the column does not say it. */
const COUNTED: Readonly<Record<string, string>> = {
  missing: "bars",
  duplicates: "rows",
  rejected: "rows",
};

/** Two decisions a row answers: is the data there for my dates, and can I trust it. */
export const COVERAGE_COLUMNS: readonly DataColumn<SeriesCoverage>[] = [
  { id: "symbol", header: "Symbol", value: (row) => row.symbol },
  { id: "group", header: "Group", value: (row) => row.group, hiddenByDefault: true },
  {
    id: "source",
    header: "Source",
    value: (row) => venueName(row.venue),
    cell: (row) => <SourceBadge venue={row.venue} />,
  },
  {
    id: "interval",
    header: "Interval",
    value: (row) => row.intervalMs,
    cell: (row) => intervalLabel(row.intervalMs),
    csv: { value: (row) => intervalLabel(row.intervalMs) },
    align: "right",
  },
  {
    id: "first",
    header: "First bar",
    value: (row) => row.firstOpenTimeMs,
    cell: (row) => <Time ms={row.firstOpenTimeMs} intervalMs={row.intervalMs} />,
    csv: csvTime((row) => row.firstOpenTimeMs),
  },
  {
    id: "last",
    header: "Last bar",
    value: (row) => row.lastOpenTimeMs,
    cell: (row) => <Time ms={row.lastOpenTimeMs} intervalMs={row.intervalMs} />,
    csv: csvTime((row) => row.lastOpenTimeMs),
  },
  count("bars", "Bars", "Bars that are stored.", (row) => row.barCount),
  count(
    "gaps",
    "Gaps",
    "Runs of missing bars between the first and the last.",
    (row) => row.gapCount,
  ),
  count("missing", "Missing", "Bars missing in all gaps together.", (row) => row.missingCount),
  count(
    "duplicates",
    "Duplicates",
    "Rows of uploads whose time stood in the file before; the first was kept.",
    (row) => row.duplicateCount,
  ),
  count(
    "rejected",
    "Rejected",
    "Rows of uploads that were not imported; the series lists them with line and reason.",
    (row) => row.rejectedCount,
  ),
];

function count(
  id: string,
  header: string,
  help: string,
  value: (row: SeriesCoverage) => number,
): DataColumn<SeriesCoverage> {
  return { id, header, help, value, format: formatInteger, csv: { unit: COUNTED[id] } };
}
