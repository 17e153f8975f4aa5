import type { WalkForward } from "#contracts/backtest-plan.ts";
import { Objective } from "#contracts/optimisation.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import { bestTrials } from "#quant/optimisation/best-trials.ts";
import { createGridSampler } from "#quant/optimisation/grid-sampler.ts";
import { valuesOfPoint } from "#quant/optimisation/parameter-space.ts";
import { parameterSpaceOfKind } from "#quant/optimisation/parameter-space-of-kind.ts";
import { trialColumns, writeTrialPoint } from "#quant/optimisation/trial-columns.ts";
import type { ChooseConfig } from "#quant/walk-forward/walk-forward-settings.ts";
import { rankedBy } from "./run-trials.ts";
import type { StrategyInput } from "./strategy-input.ts";
import { createTrialRunner } from "./trial-runner.ts";

/** Trials of one book in one window at most: every window and book tries them all again. */
const WINDOW_TRIALS_MAX = 2_000;

/**
 * What chooses parameters on the formation bars of a window: every combination is run on the very bars that
 * teach it, and the best one trades what comes after.
 *
 * @throws {InvalidInputError} an objective or a space that cannot be
 */
export function chooseParameters(
  strategy: Pick<StrategyInput, "kind" | "parameters" | "riskFreeRateAnnual">,
  optimise: NonNullable<WalkForward["optimise"]>,
): ChooseConfig {
  const objective = Objective.safeParse(optimise.objective);
  if (!objective.success) {
    throw new InvalidInputError("out-of-range", `${optimise.objective} cannot be maximised`);
  }
  const reading = parameterSpaceOfKind(strategy.kind, {
    base: strategy.parameters,
    varied: optimise.space,
    pointsMax: WINDOW_TRIALS_MAX,
  });
  if (reading.kind === "too-large") throw new InvalidInputError("out-of-range", reading.message);
  if (reading.kind === "refused") {
    const issues = reading.issues.map(({ field, message }) => `${field}: ${message}`);
    throw new InvalidInputError("out-of-range", issues.join("; "));
  }
  const { space } = reading;
  const points = createGridSampler(space).ask(space.size);
  return (formation, { instruments }, { costs, rules, sizing, periodsPerYear }) => {
    const bars = formation.openTimeMs.length;
    const runner = createTrialRunner({
      kind: strategy.kind,
      bars: formation,
      places: { formationFrom: 0, formationTo: bars, tradingFrom: 0 },
      books: [instruments],
      costs,
      sizing,
      rules,
      periodsPerYear,
      riskFreeRateAnnual: strategy.riskFreeRateAnnual,
    });
    const columns = trialColumns({ parameters: [], capacity: points.length, bars });
    points.forEach((point, row) => {
      runner.run(writeTrialPoint(columns, row, { space, point }));
      runner.write(columns, row);
    });
    const ranked = rankedBy(columns, points.length, { objective: objective.data, tradesMin: 1 });
    const [best] = bestTrials(ranked, 1);
    const isFound = best !== undefined && Number.isFinite(ranked[best] ?? Number.NaN);
    const point = isFound ? points[best] : undefined;
    return {
      values: point === undefined ? strategy.parameters : valuesOfPoint(space, point),
      trials: points.length,
    };
  };
}
