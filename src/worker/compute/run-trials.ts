import type { Objective } from "#contracts/objective.ts";
import type { ParameterSpace, SpaceRequest } from "#quant/optimisation/parameter-space.ts";
import { parameterSpaceOfKind } from "#quant/optimisation/parameter-space-of-kind.ts";
import {
  type TrialColumns,
  type TrialLayout,
  trialColumns,
  writeTrialPoint,
} from "#quant/optimisation/trial-columns.ts";
import { trialTails } from "#quant/optimisation/trial-tails.ts";
import type { StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import { keptValue } from "./kept-value.ts";
import type { StrategyInput } from "./strategy-input.ts";
import { sizingOf, strategyMarket } from "./strategy-market.ts";
import { createTrialRunner, type TrialRunner } from "./trial-runner.ts";

/** What the tasks of one optimisation share; trials lie in memory that the threads share. */
export type TrialsInput = {
  /** Names the optimisation: what a thread has made ready for it serves its next task. */
  readonly key: string;
  readonly strategy: StrategyInput;
  readonly space: SpaceRequest;
  readonly layout: TrialLayout;
  readonly memory: SharedArrayBuffer;
};

/** Where an optimisation is run: what its memory must hold. */
export type TrialsPlan = {
  readonly tradedBars: number;
  readonly periodsPerYear: number;
  readonly isFast: boolean;
};

/** Tails of trials, for the best ones. */
export type TrialTailsOf = {
  readonly valueAtRisk: number | null;
  readonly conditionalValueAtRisk: number | null;
};

type Ready = { readonly runner: TrialRunner; readonly plan: TrialsPlan };

const ready = keptValue<Ready>();

/** Lays the bars of an optimisation out and says how many are traded. */
export function planTrials({ key, strategy }: Pick<TrialsInput, "key" | "strategy">): TrialsPlan {
  return readyFor(key, strategy).plan;
}

/** Runs points of the space and writes rows from `firstRow` on. */
export function runTrials(
  input: TrialsInput & { readonly points: readonly number[]; readonly firstRow: number },
): void {
  const { runner } = readyFor(input.key, input.strategy);
  const space = requireSpace(input.strategy.kind, input.space);
  const columns = trialColumns(input.layout, input.memory);
  input.points.forEach((point, i) => {
    const row = input.firstRow + i;
    const values = writeTrialPoint(columns, row, { space, point });
    runner.run(values);
    runner.write(columns, row);
  });
}

/** The figures of trials that need their returns in order. */
export function tailsOfTrials(
  input: Omit<TrialsInput, "layout" | "memory"> & { readonly points: readonly number[] },
): TrialTailsOf[] {
  const { runner } = readyFor(input.key, input.strategy);
  const space = requireSpace(input.strategy.kind, input.space);
  const scratch = trialColumns({ parameters: [], capacity: 1, bars: 0 });
  return input.points.map((point) => {
    const equity = runner.run(writeTrialPoint(scratch, 0, { space, point }));
    return trialTails(equity, input.strategy.rules.initialCash);
  });
}

/**
 * The space of an optimisation.
 *
 * @throws {Error} it was checked when the optimisation was started
 */
export function requireSpace(kind: StrategyKind, request: SpaceRequest): ParameterSpace {
  const reading = parameterSpaceOfKind(kind, request);
  if (reading.kind !== "space") throw new Error(`Invariant: the space is ${reading.kind}`);
  return reading.space;
}

/** What trials are ranked by. */
export type Ranking = { readonly objective: Objective; readonly tradesMin: number };

/**
 * The rank of a trial: larger is better, −∞ where the figure is undefined or the trades are too few.
 *
 * @returns called with a row that was written
 */
export function rankingOf({ figures }: TrialColumns, by: Ranking): (row: number) => number {
  const values = figures[by.objective];
  return (row) => {
    const value = values[row] ?? Number.NaN;
    const isCounted = (figures.trades[row] ?? 0) >= by.tradesMin && !Number.isNaN(value);
    return isCounted ? value : Number.NEGATIVE_INFINITY;
  };
}

/** Ranks of the first rows. */
export function rankedBy(columns: TrialColumns, count: number, by: Ranking): Float64Array {
  const rank = rankingOf(columns, by);
  return Float64Array.from({ length: count }, (_, row) => rank(row));
}

function readyFor(key: string, strategy: StrategyInput): Ready {
  return ready(key, () => {
    const market = strategyMarket(strategy);
    const { bars, periodsPerYear, tradingFrom } = market;
    const { kind, books, costs, rules, riskFreeRateAnnual } = strategy;
    const runner = createTrialRunner({
      kind,
      bars,
      places: market,
      books,
      costs,
      sizing: sizingOf(strategy, bars.openTimeMs.subarray(0, tradingFrom)),
      rules,
      protection: strategy.protection,
      finer: market.finer,
      periodsPerYear,
      riskFreeRateAnnual,
    });
    const tradedBars = bars.openTimeMs.length - tradingFrom;
    return { runner, plan: { tradedBars, periodsPerYear, isFast: runner.isFast } };
  });
}
