import { formatInteger, formatPercent } from "#ui/format.ts";
import { Panel } from "#ui/panel.tsx";
import { ScrollRegion } from "#ui/scroll-region.tsx";
import { type ThesisRow, thesisRows } from "../thesis-rows.ts";
import type { RunResultProps } from "./run-result.tsx";

/** The published accuracy of trends and ours, side by side. */
export function ThesisComparison({ summary }: { summary: RunResultProps["summary"] }) {
  const rows = thesisRows(summary);
  return (
    <Panel
      title="Trend accuracy by two definitions"
      lead={`Mean over ${formatInteger(summary.groups.length)} ${summary.groups.length === 1 ? "pair" : "pairs"}, each counting the same however few trends it has: of a single one the share is 0 % or 100 %.`}
      flush
    >
      <ScrollRegion ariaLabel="Trend accuracy by two definitions">
        <table className="w-full text-sm">
          <thead>
            <tr className="border-b border-line text-muted">
              <Head>Model</Head>
              <Head>Trends counted</Head>
              <Head isNumber>Published definition</Head>
              <Head isNumber>Against the last value</Head>
              <Head isNumber>Pairs</Head>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rows.map((row) => (
              <Accuracies key={row.key} row={row} />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="border-t border-line px-4 py-3 text-sm text-muted">
        Why they differ: the published definition compares the mean of the next three bars with the
        mean of the ten before. A spread that has moved for ten bars stands far from that mean
        already, so the trend “comes true” by what has happened. Against the last value only what is
        still to come counts, which is all that could be traded: there 50 % is a coin.
      </p>
    </Panel>
  );
}

function Head(props: { children: string; isNumber?: boolean }) {
  return (
    <th
      scope="col"
      className={`px-4 py-2 font-medium ${props.isNumber === true ? "text-right" : "text-left"}`}
    >
      {props.children}
    </th>
  );
}

function Accuracies({ row }: { row: ThesisRow }) {
  const { name, span, published, againstLast, pairs } = row;
  return (
    <tr>
      <th scope="row" className="px-4 py-1.5 text-left font-normal">
        {name}
      </th>
      <td className="px-4 py-1.5 text-muted">{pairs === 0 ? "It says no trend" : span}</td>
      <Percent value={published} />
      <Percent value={againstLast} />
      <td className="px-4 py-1.5 text-right tabular-nums">{formatInteger(pairs)}</td>
    </tr>
  );
}

function Percent({ value }: { value: number | null }) {
  return (
    <td
      title={value === null ? undefined : String(value)}
      className="px-4 py-1.5 text-right whitespace-nowrap tabular-nums"
    >
      {formatPercent(value, { digits: 1 })}
    </td>
  );
}
