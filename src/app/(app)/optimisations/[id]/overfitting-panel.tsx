"use client";

import type { OptimisationSummary } from "#contracts/optimisation.ts";
import { LogitHistogram } from "#ui/charts/logit-histogram.tsx";
import { FigureCard } from "#ui/figure-card.tsx";
import { formatInteger } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import { OVERFITTING_DEFINITIONS, type OverfittingFigureName } from "../overfitting-definitions.ts";
import type { Verdict } from "../overfitting-verdict.ts";

const FIGURES: readonly OverfittingFigureName[] = [
  "deflatedSharpe",
  "probabilisticSharpe",
  "expectedMaximumSharpe",
  "minimumTrackRecordBars",
  "backtestOverfitting",
];

/** How much of what was found is luck: the trials, the figures, and what they say together. */
export function OverfittingPanel(props: { summary: OptimisationSummary; verdict: Verdict }) {
  const { overfitting, trials } = props.summary;
  const { verdict } = props;
  return (
    <div className="flex flex-col gap-4">
      <Notice tone={verdict.tone} title={verdict.title}>
        <ul className="flex flex-col gap-1">
          {verdict.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Notice>
      <Panel
        title="Trials that count"
        lead="Trying again raises the bar, also after a search was deleted or cancelled."
      >
        <dl className="flex flex-wrap gap-x-10 gap-y-2">
          <Count term="In this search" count={trials} />
          <Count term="Earlier on the same data" count={overfitting.earlierTrials} />
          <Count term="Together" count={trials + overfitting.earlierTrials} />
        </dl>
      </Panel>
      <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-5">
        {FIGURES.map((name) => (
          <FigureCard
            key={name}
            figure={OVERFITTING_DEFINITIONS[name]}
            value={overfitting[name].value}
            reason={overfitting[name].reason}
          />
        ))}
      </div>
      {overfitting.logits.length === 0 ? null : (
        <Panel
          title="Does the best of one half stay good in the other?"
          lead="Each split of the time: the rank that the best of one half takes in the other, as a logit."
        >
          <LogitHistogram logits={overfitting.logits} />
        </Panel>
      )}
    </div>
  );
}

function Count({ term, count }: { term: string; count: number }) {
  return (
    <div>
      <dt className="text-[13px] text-muted">{term}</dt>
      <dd className="text-lg font-semibold tracking-tight tabular-nums">{formatInteger(count)}</dd>
    </div>
  );
}
