import type { WalkForward } from "#contracts/backtest-plan.ts";
import { windowTrials } from "#contracts/walk-forward-trials.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import { bestTrials } from "#quant/optimisation/best-trials.ts";
import { createGridSampler } from "#quant/optimisation/grid-sampler.ts";
import { valuesOfPoint } from "#quant/optimisation/parameter-space.ts";
import { trialColumns, writeTrialPoint } from "#quant/optimisation/trial-columns.ts";
import type { ChooseConfig } from "#quant/walk-forward/walk-forward-settings.ts";
import { rankedBy } from "./run-trials.ts";
import type { StrategyInput } from "./strategy-input.ts";
import { createTrialRunner } from "./trial-runner.ts";

/**
 * What chooses parameters on the formation bars of a window: every combination is run on the very bars that
 * teach it, and the best one trades what comes after.
 *
 * @throws {InvalidInputError} a space that cannot be
 */
export function chooseParameters(
  strategy: Pick<StrategyInput, "kind" | "parameters" | "riskFreeRateAnnual">,
  optimise: NonNullable<WalkForward["optimise"]>,
): ChooseConfig {
  const { objective } = optimise;
  const found = windowTrials(strategy, optimise);
  if (!("space" in found)) {
    const { field, message } = found;
    throw new InvalidInputError("out-of-range", field === null ? message : `${field}: ${message}`);
  }
  const { space } = found;
  const points = createGridSampler(space).ask(space.size);
  return (
    formation,
    { instruments },
    { costs, rules, sizing, protection, finer, periodsPerYear },
  ) => {
    const bars = formation.openTimeMs.length;
    const runner = createTrialRunner({
      kind: strategy.kind,
      bars: formation,
      places: { formationFrom: 0, formationTo: bars, tradingFrom: 0 },
      books: [instruments],
      costs,
      sizing,
      rules,
      protection,
      finer,
      periodsPerYear,
      riskFreeRateAnnual: strategy.riskFreeRateAnnual,
    });
    const columns = trialColumns({ parameters: [], capacity: points.length, bars });
    points.forEach((point, row) => {
      runner.run(writeTrialPoint(columns, row, { space, point }));
      runner.write(columns, row);
    });
    const ranked = rankedBy(columns, points.length, { objective, tradesMin: 1 });
    const [best] = bestTrials(ranked, 1);
    const isFound = best !== undefined && Number.isFinite(ranked[best] ?? Number.NaN);
    const point = isFound ? points[best] : undefined;
    return {
      values: point === undefined ? strategy.parameters : valuesOfPoint(space, point),
      trials: points.length,
    };
  };
}
