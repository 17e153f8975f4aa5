import type { OptimisationView, TrialRow } from "#contracts/optimisation.ts";
import { Button } from "#ui/button.tsx";
import type { Promotion } from "./promote-dialog.tsx";

export type PromoteButtonsProps = {
  view: OptimisationView;
  trial: Pick<TrialRow, "trial" | "parameters">;
  /** Place among the best, from 1; null when it is none of them. */
  rank: number | null;
  onPromote: (promotion: Promotion) => void;
};

/** What can be made of a trial; nothing where its strategy was deleted. */
export function PromoteButtons({ view, trial, rank, onPromote }: PromoteButtonsProps) {
  if (view.strategyId === null) return null;
  // Several trials are on the page at once, and a reader hears which one is meant.
  const which = rank === null ? `trial ${trial.trial + 1}` : `rank ${rank}`;
  return (
    <span className="inline-flex flex-wrap gap-2">
      <Button
        size="sm"
        aria-label={`Save as version: ${which}`}
        onClick={() => onPromote({ trial, isBacktested: false })}
      >
        Save as version
      </Button>
      <Button
        size="sm"
        aria-label={`Backtest it: ${which}`}
        onClick={() => onPromote({ trial, isBacktested: true })}
      >
        Backtest it
      </Button>
    </span>
  );
}
