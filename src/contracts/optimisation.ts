import { z } from "zod";
import { Metric } from "./backtest.ts";
import { JobView } from "./job.ts";
import { Manifest } from "./manifest.ts";
import { Objective } from "./objective.ts";
import { StrategyVersionView } from "./strategy.ts";

/** Values that one parameter takes: a range, both ends included, or a list. */
export const ParameterRange = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("range"),
      from: z.number(),
      to: z.number(),
      step: z.number().gt(0, "Must be above 0"),
    })
    .refine(({ from, to }) => from <= to, {
      message: "The end must not be below the start",
      path: ["to"],
    }),
  z.strictObject({
    kind: z.literal("values"),
    values: z
      .array(z.union([z.number(), z.string(), z.boolean(), z.null()]))
      .min(1)
      .max(1_000),
  }),
]);
export type ParameterRange = z.infer<typeof ParameterRange>;

/** More trials than this are refused, with their count. */
export const TRIALS_MAX = 100_000;

/** A model of all trials is asked before each: with more of them it costs more than the trials. */
export const TPE_TRIALS_MAX = 2_000;

export const OptimisationConfig = z.strictObject({
  /** Ranges by parameter; the others stay as the strategy has them. */
  space: z
    .record(z.string(), ParameterRange)
    .refine((space) => Object.keys(space).length > 0, "Choose a parameter to vary"),
  method: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("grid") }),
    z.strictObject({
      kind: z.literal("random"),
      trials: z.number().int().min(1).max(TRIALS_MAX),
      seed: z.number().int().min(0).max(4_294_967_295),
    }),
    z.strictObject({
      kind: z.literal("tpe"),
      trials: z
        .number()
        .int()
        .min(10)
        .max(TPE_TRIALS_MAX, "TPE tries at most 2,000: choose grid or random for more"),
      seed: z.number().int().min(0).max(4_294_967_295),
    }),
  ]),
  objective: Objective,
  /** Trials with fewer trades do not count as the best. */
  tradesMin: z.number().int().min(0).max(10_000),
});
export type OptimisationConfig = z.infer<typeof OptimisationConfig>;

/** A trial with its parameters and figures, by name. */
export const TrialRow = z.object({
  trial: z.number().int(),
  parameters: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
  figures: z.record(z.string(), z.number().nullable()),
  /** Median objective of its neighbours; null where it has none. */
  neighbours: z.number().nullable(),
});
export type TrialRow = z.infer<typeof TrialRow>;

/** What a finished optimisation says. */
export const OptimisationSummary = z.object({
  trials: z.number().int(),
  /** Combinations that the strategy's own rules forbid. */
  skipped: z.number().int(),
  /** Trials of the fast path; the others went through the event engine. */
  fastTrials: z.number().int(),
  /** The best, best first; VaR and CVaR are of these alone. */
  best: z.array(TrialRow),
  overfitting: z.object({
    /** Trials and runs on the same data before, carried along. */
    earlierTrials: z.number().int(),
    probabilisticSharpe: Metric,
    deflatedSharpe: Metric,
    /** The Sharpe ratio a year that the best of so many trials shows by chance. */
    expectedMaximumSharpe: Metric,
    minimumTrackRecordBars: Metric,
    /** Probability of backtest overfitting, by combinatorially symmetric cross-validation. */
    backtestOverfitting: Metric,
    /** Logits of that, for a histogram. */
    logits: z.array(z.number()),
  }),
  manifest: Manifest,
  durationMs: z.number(),
});
export type OptimisationSummary = z.infer<typeof OptimisationSummary>;

export const OptimisationListItem = z.object({
  id: z.uuid(),
  strategyId: z.uuid(),
  strategyName: z.string(),
  version: z.number().int(),
  subject: z.string(),
  method: z.string(),
  objective: Objective,
  trials: z.number().int().nullable(),
  bestObjective: z.number().nullable(),
  job: JobView.nullable(),
  createdAtMs: z.number(),
});
export type OptimisationListItem = z.infer<typeof OptimisationListItem>;

export const OptimisationView = z.object({
  id: z.uuid(),
  strategyId: z.uuid().nullable(),
  strategyName: z.string(),
  strategyVersion: StrategyVersionView,
  config: OptimisationConfig,
  /** How far it is, with the best so far; null before the first batch and after the end. */
  live: z
    .object({ trials: z.number().int(), trialsTotal: z.number().int(), best: TrialRow.nullable() })
    .nullable(),
  summary: OptimisationSummary.nullable(),
  synthetic: z.boolean(),
  job: JobView.nullable(),
  createdAtMs: z.number(),
});
export type OptimisationView = z.infer<typeof OptimisationView>;

/**
 * Trials as columns, for heat map and parallel coordinates; null is "no value". Choices are their text.
 * Of very many trials these are some, evenly spread.
 */
export const TrialColumns = z.object({
  count: z.number().int(),
  /** Which trial each row is, ascending: what TrialRow calls it. */
  trials: z.array(z.number().int()),
  parameters: z.record(
    z.string(),
    z.array(z.union([z.number(), z.string(), z.boolean(), z.null()])),
  ),
  figures: z.record(z.string(), z.array(z.number().nullable())),
});
export type TrialColumns = z.infer<typeof TrialColumns>;
