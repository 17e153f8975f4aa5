import type { Objective } from "#contracts/objective.ts";
import type { OptimisationSummary } from "#contracts/optimisation.ts";
import { bestTrials } from "#quant/optimisation/best-trials.ts";
import {
  NEAREST_TRIALS,
  neighbourhoodStability,
} from "#quant/optimisation/neighbourhood-stability.ts";
import { type OverfittingReason, overfittingPanel } from "#quant/optimisation/overfitting-panel.ts";
import { firstTrials, trialColumns } from "#quant/optimisation/trial-columns.ts";
import { TAIL_TRIALS } from "#quant/optimisation/trial-tails.ts";
import { rankedBy, requireSpace, type TrialsInput } from "./run-trials.ts";

/** What finished trials are judged by. */
export type JudgeTrialsInput = Omit<TrialsInput, "key"> & {
  readonly count: number;
  readonly objective: Objective;
  readonly tradesMin: number;
  readonly isGrid: boolean;
  readonly periodsPerYear: number;
  /** Runs and trials on the same data before. */
  readonly earlierTrials: number;
};

/** The best trials with what was tried around them. */
export type JudgedTrials = {
  /** Rows, best first; none without an objective. */
  readonly best: readonly { readonly row: number; readonly neighbours: number | null }[];
};

export type OverfittingOfTrials = OptimisationSummary["overfitting"];

/** The best trials, each with the median of its neighbours. */
export function bestOfTrials(input: JudgeTrialsInput): JudgedTrials {
  const columns = firstTrials(trialColumns(input.layout, input.memory), input.count);
  const objective = rankedBy(columns, input.count, input);
  const rows = bestTrials(objective, TAIL_TRIALS).filter((row) =>
    Number.isFinite(objective[row] ?? Number.NaN),
  );
  const around = neighbourhoodStability({
    space: requireSpace(input.strategy.kind, input.space),
    point: columns.point,
    objective,
    rows,
    rule: input.isGrid ? { kind: "grid" } : { kind: "nearest", count: NEAREST_TRIALS },
  });
  return { best: around.map(({ row, median }) => ({ row, neighbours: median })) };
}

/** Points of a histogram at most; more would say the same. */
const LOGITS_MAX = 1_000;

const REASON_WORDS: Record<OverfittingReason, string> = {
  "no-sharpe": "the best trial has no Sharpe ratio",
  "no-distribution": "the moments of the returns are none of a distribution",
  "too-few-trials": "there are too few trials",
  "too-few-bars": "there are too few bars",
  "not-above-benchmark": "the Sharpe ratio is not above what is to be beaten",
};

/** How much of the search may be luck. */
export function overfittingOfTrials(
  input: JudgeTrialsInput & { readonly chosen: number },
): OverfittingOfTrials {
  const columns = firstTrials(trialColumns(input.layout, input.memory), input.count);
  const { overfitting, reasons, ...panel } = overfittingPanel({
    columns,
    trials: input.count,
    chosen: input.chosen,
    periodsPerYear: input.periodsPerYear,
    earlierTrials: input.earlierTrials,
  });
  const metric = (value: number | null, reason: OverfittingReason | undefined) => ({
    value,
    reason: value === null && reason !== undefined ? REASON_WORDS[reason] : null,
  });
  return {
    earlierTrials: panel.earlierTrials,
    probabilisticSharpe: metric(panel.probabilisticSharpe, reasons.probabilisticSharpe),
    deflatedSharpe: metric(panel.deflatedSharpe, reasons.deflatedSharpe),
    expectedMaximumSharpe: metric(panel.expectedMaximum, reasons.expectedMaximum),
    minimumTrackRecordBars: metric(panel.trackRecordBars, reasons.trackRecordBars),
    backtestOverfitting: metric(overfitting?.value ?? null, reasons.overfitting),
    logits: overfitting === null ? [] : thinned(overfitting.logits),
  };
}

function thinned(logits: Float64Array): number[] {
  const ascending = logits.filter(Number.isFinite).sort();
  if (ascending.length <= LOGITS_MAX) return [...ascending];
  return Array.from(
    { length: LOGITS_MAX },
    (_, i) => ascending[Math.floor(((i + 0.5) * ascending.length) / LOGITS_MAX)] ?? 0,
  );
}
