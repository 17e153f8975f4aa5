import type { ParameterSpace, SpaceReading } from "#quant/optimisation/parameter-space.ts";
import { parameterSpaceOfKind } from "#quant/optimisation/parameter-space-of-kind.ts";
import type { WalkForward } from "./backtest-plan.ts";
import type { StrategyConfig } from "./strategy.ts";

/** Trials of one book in one window at most: every window and book tries them all again. */
const WINDOW_TRIALS_MAX = 2_000;

/** Runs of all windows and books together. */
const RUNS_MAX = 500_000;

/** Why a strategy behind a model chooses no parameters in its windows: trials run without the gate. */
export const GATED_TRIALS =
  "A strategy behind a model cannot choose parameters in each window: they would be the best of the strategy alone";

/** Why a strategy behind a model is not optimised. */
export const GATED_OPTIMISATION =
  "A strategy behind a model cannot be optimised: its trials would be those of the strategy alone";

type Strategy = Pick<StrategyConfig, "kind" | "parameters">;
type Optimise = NonNullable<WalkForward["optimise"]>;

/** What cannot be, and the field of `optimise` that says so; null for the whole of it. */
export type TrialsObstacle = { readonly field: string | null; readonly message: string };

/** The combinations that every window tries, or why they cannot be tried. */
export function windowTrials(
  { kind, parameters }: Strategy,
  { space }: Optimise,
): { readonly space: ParameterSpace } | TrialsObstacle {
  const reading: SpaceReading = parameterSpaceOfKind(kind, {
    base: parameters,
    varied: space,
    pointsMax: WINDOW_TRIALS_MAX,
  });
  switch (reading.kind) {
    case "space":
      return { space: reading.space };
    case "too-large":
      return { field: null, message: `${reading.message} in each window` };
    case "refused": {
      const [issue] = reading.issues;
      return {
        field: issue?.field ?? null,
        message: issue?.message ?? "These values cannot be tried",
      };
    }
  }
}

/**
 * Why a walk-forward would run too often, or null.
 *
 * @param count.windows of the walk-forward
 * @param count.books that a window trades at most
 * @param count.combinations that each of them tries
 */
export function runsObstacle(count: {
  readonly windows: number;
  readonly books: number;
  readonly combinations: number;
}): TrialsObstacle | null {
  const { windows, books, combinations } = count;
  const runs = windows * books * combinations;
  if (runs <= RUNS_MAX) return null;
  const text = (value: number) => value.toLocaleString("en-US");
  return {
    field: null,
    message: `${text(windows)} windows × ${text(books)} books × ${text(combinations)} combinations are ${text(runs)} runs, at most ${text(RUNS_MAX)} are made`,
  };
}
