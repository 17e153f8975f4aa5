import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { UploadReport, UploadView } from "#contracts/upload.ts";
import { formatInteger } from "#ui/format.ts";
import { UiLink } from "#ui/link-context.tsx";
import { Panel } from "#ui/panel.tsx";
import { Time } from "#ui/time.tsx";
import { ButtonLink } from "../../../button-link.tsx";
import { RejectionList } from "../rejection-list.tsx";
import { NoteList } from "./note-list.tsx";
import { leftOutCount } from "./upload-stage.ts";

type ImportedPanelProps = {
  uploads: readonly UploadView[];
  /** Whether nothing else is left to do on this page. */
  isNextStep: boolean;
};

/** What the files brought, a row a series, and the step that follows. */
export function ImportedPanel({ uploads, isNextStep }: ImportedPanelProps) {
  if (uploads.length === 0) return null;
  const series = uploads.flatMap(({ id, report }) =>
    (report?.series ?? []).map((row) => ({ ...row, uploadId: id })),
  );
  // Many files are mostly of one kind: what was done to all of them is said once.
  const notes = [...new Set(uploads.flatMap(({ report }) => report?.notes ?? []))];
  return (
    <Panel
      title="Imported"
      lead="The series are on the Markets page; the next step is to choose among which to look for pairs."
      actions={
        <ButtonLink href="/discover/universes/new" variant={isNextStep ? "primary" : "secondary"}>
          Create a universe
        </ButtonLink>
      }
      flush
    >
      <SeriesTable series={series} />
      {notes.length === 0 ? null : (
        <div className="border-line border-t px-4 py-3">
          <NoteList notes={notes} />
        </div>
      )}
      {uploads.map((upload) => (
        <RefusedRows key={upload.id} upload={upload} />
      ))}
    </Panel>
  );
}

type ImportedSeries = UploadReport["series"][number] & { readonly uploadId: string };

function SeriesTable({ series }: { series: readonly ImportedSeries[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="max-h-[28rem] overflow-auto" tabIndex={0} aria-label="Imported series">
      <table className="w-full text-sm tabular-nums">
        <thead className="sticky top-0 bg-surface text-muted text-xs">
          <tr className="text-right [&>th]:px-4 [&>th]:py-2 [&>th]:font-medium">
            <th className="text-left">Symbol</th>
            <th>Interval</th>
            <th className="text-left">First bar</th>
            <th className="text-left">Last bar</th>
            <th>Added</th>
            <th>Replaced</th>
            <th>Missing</th>
            <th>Duplicates</th>
            <th>Rejected</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {series.map((row) => (
            <tr
              key={`${row.uploadId} ${row.symbol} ${row.intervalMs}`}
              className="text-right [&>td]:whitespace-nowrap [&>td]:px-4 [&>td]:py-1.5"
            >
              <td className="text-left font-medium">
                {row.seriesId === null ? (
                  row.symbol
                ) : (
                  <UiLink href={`/markets/${row.seriesId}`} className="hover:underline">
                    {row.symbol}
                  </UiLink>
                )}
              </td>
              <td>{intervalLabel(row.intervalMs)}</td>
              <td className="text-left">
                <Time ms={row.firstOpenTimeMs} intervalMs={row.intervalMs} />
              </td>
              <td className="text-left">
                <Time ms={row.lastOpenTimeMs} intervalMs={row.intervalMs} />
              </td>
              <td>{formatInteger(row.addedCount)}</td>
              <td>{formatInteger(row.replacedCount)}</td>
              <td>{formatInteger(row.missingCount)}</td>
              <td>{formatInteger(row.duplicateCount)}</td>
              <td>{formatInteger(row.rejectedCount)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RefusedRows({ upload }: { upload: UploadView }) {
  const { report } = upload;
  const count = leftOutCount(report);
  if (report === null || count === 0) return null;
  return (
    <details className="border-line border-t">
      <summary className="min-h-6 cursor-pointer px-4 py-2 text-sm">
        {upload.fileName}: {formatInteger(count)} {count === 1 ? "row was" : "rows were"} not
        imported
        {report.duplicateCount > 0
          ? ` (${formatInteger(report.duplicateCount)} of them duplicates)`
          : ""}
      </summary>
      <RejectionList rejections={report.rejections} total={count} />
    </details>
  );
}
