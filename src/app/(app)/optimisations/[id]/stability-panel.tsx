"use client";

import { NeighbourScatter } from "#ui/charts/neighbour-scatter.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { formatPercent } from "#ui/format.ts";
import { Notice } from "#ui/notice.tsx";
import { Panel } from "#ui/panel.tsx";
import type { Tone } from "#ui/tone.ts";
import { OBJECTIVE_LABELS, OBJECTIVE_REFERENCE } from "../optimisation-words.ts";
import { parametersText } from "../parameter-words.ts";
import { GROUND_LABELS, GROUND_SENTENCES, type Ground, groundOf } from "../stability-words.ts";
import { trialFigureText } from "../trial-figures.ts";
import type { ResultProps } from "./optimisation-result.tsx";

export type StabilityPanelProps = ResultProps & {
  pinnedTrial: number | null;
  onPin: (trial: number | null) => void;
};

const TONES: Readonly<Record<Ground, Tone>> = {
  plateau: "good",
  slope: "warn",
  "lone-peak": "bad",
  unknown: "neutral",
  "not-good": "warn",
};

/** Whether what is good about the best trials is good around them as well. */
export function StabilityPanel({ view, summary, pinnedTrial, onPin }: StabilityPanelProps) {
  const { kind } = view.strategyVersion.config;
  const { objective } = view.config;
  const [best] = summary.best;
  if (best === undefined) {
    return (
      <Panel>
        <EmptyState title="There is no best trial">
          Without one there is nothing whose neighbours could be looked at.
        </EmptyState>
      </Panel>
    );
  }
  const own = best.figures[objective] ?? null;
  const { ground, kept } = groundOf(own, best.neighbours, OBJECTIVE_REFERENCE[objective]);
  const format = (value: number) => trialFigureText(objective, value);
  const points = summary.best.flatMap((trial, i) => {
    const value = trial.figures[objective] ?? null;
    if (value === null || trial.neighbours === null) return [];
    const words = `Rank ${i + 1}: ${parametersText(kind, trial.parameters)}. ${format(value)}, neighbours ${format(trial.neighbours)}`;
    return [{ trial: trial.trial, rank: i + 1, own: value, neighbours: trial.neighbours, words }];
  });
  return (
    <Panel
      title="Neighbours"
      lead="The best trials against the median of the combinations next to them."
    >
      <div className="flex flex-col gap-4">
        <Notice tone={TONES[ground]} title={GROUND_LABELS[ground]}>
          <p>
            {GROUND_SENTENCES[ground]}
            {kept === null || best.neighbours === null || own === null
              ? ""
              : ` The best has ${format(own)}, the median of its neighbours ${format(best.neighbours)}: ${kept > 0 ? `${formatPercent(kept, { digits: 0 })} of it` : "nothing of it"} is left.`}
          </p>
        </Notice>
        {points.length < 2 ? null : (
          <>
            <NeighbourScatter
              points={points}
              label={OBJECTIVE_LABELS[objective]}
              format={format}
              pinnedTrial={pinnedTrial}
              onPin={onPin}
            />
            <p className="text-[13px] text-muted">
              On the dashed line a trial is as good as its neighbours. High above it stand lone
              peaks. Click a point to pin its trial.
            </p>
          </>
        )}
      </div>
    </Panel>
  );
}
