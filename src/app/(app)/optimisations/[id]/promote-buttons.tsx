import type { OptimisationView, TrialRow } from "#contracts/optimisation.ts";
import { Button } from "#ui/button.tsx";
import type { Promotion } from "./promote-dialog.tsx";

export type PromoteButtonsProps = {
  view: OptimisationView;
  trial: Pick<TrialRow, "trial" | "parameters">;
  onPromote: (promotion: Promotion) => void;
};

/** What can be made of a trial; nothing where its strategy was deleted. */
export function PromoteButtons({ view, trial, onPromote }: PromoteButtonsProps) {
  if (view.strategyId === null) return null;
  return (
    <span className="inline-flex flex-wrap gap-2">
      <Button size="sm" onClick={() => onPromote({ trial, isBacktested: false })}>
        Save as version
      </Button>
      <Button size="sm" onClick={() => onPromote({ trial, isBacktested: true })}>
        Backtest it
      </Button>
    </span>
  );
}
