import type { RowRejection } from "#contracts/market-data.ts";
import { formatInteger } from "#ui/format.ts";

const SHOWN_MAX = 200;

type RejectionListProps = { rejections: readonly RowRejection[]; total: number };

/** Rows that were refused, each with its line, the field at fault and why. */
export function RejectionList({ rejections, total }: RejectionListProps) {
  if (rejections.length === 0) return <p className="px-4 py-3 text-muted text-sm">None.</p>;
  const shown = rejections.slice(0, SHOWN_MAX);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="max-h-80 overflow-auto" tabIndex={0} aria-label="Rejected rows">
      <table className="w-full text-sm">
        <thead className="sticky top-0 bg-surface text-left text-muted text-xs">
          <tr>
            <th className="px-4 py-2 text-right font-medium">Line</th>
            <th className="px-4 py-2 font-medium">Field</th>
            <th className="px-4 py-2 font-medium">Reason</th>
            <th className="px-4 py-2 font-medium">Row</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {shown.map(({ line, field, reason, text }) => (
            <tr key={`${line} ${field} ${text}`}>
              <td className="px-4 py-1.5 text-right tabular-nums">{line}</td>
              <td className="px-4 py-1.5">{field}</td>
              <td className="px-4 py-1.5">{reason}</td>
              <td className="max-w-64 truncate px-4 py-1.5 font-mono text-xs" title={text}>
                {text}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < total ? (
        <p className="px-4 py-2 text-muted text-xs">
          The first {formatInteger(shown.length)} of {formatInteger(total)}.
        </p>
      ) : null}
    </section>
  );
}
