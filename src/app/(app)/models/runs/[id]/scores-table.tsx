import type { RunResult } from "#contracts/learning-run.ts";
import { formatFigure } from "#ui/format-figure.ts";
import { ScrollRegion } from "#ui/scroll-region.tsx";
import { inScoreOrder, scoreDefinition } from "../../score-definitions.ts";

type Scores = Pick<RunResult, "scores" | "intervals">;

/** Every score of a model with its interval; beside those of all rows those of one pair or instrument. */
export function ScoresTable(props: { columns: readonly { title: string; scores: Scores }[] }) {
  const { columns } = props;
  const names = inScoreOrder([
    ...new Set(columns.flatMap(({ scores }) => Object.keys(scores.scores))),
  ]);
  return (
    <ScrollRegion ariaLabel="Scores and their intervals">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line text-muted">
            <th scope="col" className="px-4 py-2 text-left font-medium">
              Score
            </th>
            {columns.map(({ title }) => (
              <th key={title} scope="col" className="px-4 py-2 text-right font-medium">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {names.map((name) => (
            <tr key={name}>
              <th
                scope="row"
                title={scoreDefinition(name).definition}
                className="px-4 py-1.5 text-left font-normal"
              >
                {scoreDefinition(name).label}
              </th>
              {columns.map(({ title, scores }) => (
                <Score key={title} name={name} of={scores} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Score({ name, of }: { name: string; of: Scores }) {
  const { format } = scoreDefinition(name);
  const value = of.scores[name] ?? null;
  const interval = of.intervals[name];
  return (
    <td className="px-4 py-1.5 text-right tabular-nums">
      <span title={value === null ? undefined : String(value)}>{formatFigure(format, value)}</span>
      {interval === undefined ? null : (
        <span
          title={`${interval.lower} to ${interval.upper}`}
          className="block text-[13px] text-muted"
        >
          {formatFigure(format, interval.lower)} to {formatFigure(format, interval.upper)}
        </span>
      )}
    </td>
  );
}
