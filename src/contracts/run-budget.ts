import { TRAININGS_MAX } from "./learning-run.ts";

export type BudgetFactors = {
  readonly groups: number;
  /** Baselines included. */
  readonly models: number;
  /** Divisions of the rows. */
  readonly folds: number;
  /** null: parameters as they are given. */
  readonly search: { readonly trials: number; readonly innerFolds: number } | null;
};

/** How often something is trained in a run. */
export type RunBudget = {
  readonly trainings: number;
  readonly isTooMany: boolean;
  /** "1 group × 5 models × 6 folds × 1 try" */
  readonly factors: string;
  /** Why it is refused; null when it is not. */
  readonly refusal: string | null;
};

/**
 * Counts the trainings of a run: every model on every fold and once on all rows, each again for every trial
 * and inner fold of its search. Null while something of it is no count.
 */
export function runBudget({ groups, models, folds, search }: BudgetFactors): RunBudget | null {
  const tries = 1 + (search === null ? 0 : search.trials * search.innerFolds);
  const trainings = groups * models * (folds + 1) * tries;
  if (!Number.isInteger(trainings) || trainings < 1) return null;
  const factors = [
    counted(groups, "group", "groups"),
    counted(models, "model", "models"),
    counted(folds + 1, "fold", "folds"),
    counted(tries, "try", "tries"),
  ].join(" × ");
  const isTooMany = trainings > TRAININGS_MAX;
  return {
    ...{ trainings, isTooMany, factors },
    refusal: isTooMany
      ? `${factors} are ${text(trainings)} trainings; at most ${text(TRAININGS_MAX)} are made`
      : null,
  };
}

function counted(count: number, one: string, many: string): string {
  return `${text(count)} ${count === 1 ? one : many}`;
}

function text(count: number): string {
  return count.toLocaleString("en-US");
}
