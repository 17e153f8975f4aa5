"use client";

import type { ShownModelCard } from "#contracts/shared-model.ts";
import { FigureLabel } from "#ui/figure-label.tsx";
import { formatFigure } from "#ui/format-figure.ts";
import { ScrollRegion } from "#ui/scroll-region.tsx";
import { inScoreOrder, scoreDefinition } from "./score-definitions.ts";

/** How a model did on rows that it had not seen, each score with how far luck could have moved it. */
export function ScoreTable({ scores }: { scores: ShownModelCard["scores"] }) {
  return (
    <ScrollRegion ariaLabel="Scores out of sample">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line text-muted">
            <th scope="col" className="px-3 py-2 text-left font-medium">
              Score
            </th>
            <th scope="col" className="px-3 py-2 text-right font-medium">
              Value
            </th>
            <th scope="col" className="px-3 py-2 text-right font-medium">
              95 % interval
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {inScoreOrder(Object.keys(scores)).map((name) => (
            <ScoreRow key={name} name={name} score={scores[name]} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

type Score = ShownModelCard["scores"][string];

function ScoreRow({ name, score }: { name: string; score: Score | undefined }) {
  const figure = scoreDefinition(name);
  const { value = null, lower = null, upper = null } = score ?? {};
  const text = (number: number | null) => formatFigure(figure.format, number);
  return (
    <tr>
      <th scope="row" className="px-3 py-1 text-left font-normal">
        <FigureLabel figure={figure} />
      </th>
      <td
        title={value === null ? undefined : String(value)}
        className={`${NUMBER_CLASS} whitespace-nowrap`}
      >
        {text(value)}
      </td>
      <td
        title={lower === null || upper === null ? undefined : `${lower} to ${upper}`}
        className={`${NUMBER_CLASS} text-muted`}
      >
        {lower === null || upper === null ? text(null) : `${text(lower)} to ${text(upper)}`}
      </td>
    </tr>
  );
}

const NUMBER_CLASS = "px-3 py-1 text-right tabular-nums";
