"use client";

import type { TrialRow } from "#contracts/optimisation.ts";
import { Button } from "#ui/button.tsx";
import { Panel } from "#ui/panel.tsx";
import { trialOfRow } from "../trial-of-row.ts";
import type { BestTrialsTableProps } from "./best-trials-table.tsx";
import { PromoteButtons } from "./promote-buttons.tsx";
import { TrialFacts } from "./trial-facts.tsx";
import { useTrials } from "./use-trials.ts";

/** The trial that was clicked in a table or a chart, with all that is known of it. */
export function PinnedTrial(props: BestTrialsTableProps) {
  const { summary, pinnedTrial } = props;
  if (pinnedTrial === null) return null;
  const rank = summary.best.findIndex(({ trial }) => trial === pinnedTrial);
  const known = summary.best[rank];
  if (known !== undefined) return <Pinned {...props} trial={known} rank={rank + 1} />;
  return <PinnedOfMany {...props} number={pinnedTrial} />;
}

/** A trial that is none of the best, out of all that were sent. */
function PinnedOfMany(props: BestTrialsTableProps & { number: number }) {
  const { trials } = useTrials(props.view, props.summary.trials);
  const row = trials?.columns.trials.indexOf(props.number) ?? -1;
  if (trials === null || row < 0) return null;
  return <Pinned {...props} trial={trialOfRow(trials.columns, row)} rank={null} />;
}

function Pinned(props: BestTrialsTableProps & { trial: TrialRow; rank: number | null }) {
  const { view, trial, rank, onPin, onPromote } = props;
  return (
    <Panel
      title={`Pinned: trial ${trial.trial + 1}`}
      lead={rank === null ? "Not among the best." : `Rank ${rank} by the objective.`}
      actions={
        <>
          <PromoteButtons view={view} trial={trial} rank={rank} onPromote={onPromote} />
          <Button size="sm" variant="quiet" onClick={() => onPin(null)}>
            Let go
          </Button>
        </>
      }
    >
      <TrialFacts
        kind={view.strategyVersion.config.kind}
        objective={view.config.objective}
        trial={trial}
      />
    </Panel>
  );
}
