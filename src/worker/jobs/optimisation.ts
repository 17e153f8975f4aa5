import { AppError } from "#contracts/error-code.ts";
import type { JobParams } from "#contracts/job.ts";
import type { OptimisationConfig, OptimisationSummary, TrialRow } from "#contracts/optimisation.ts";
import { runWindow } from "#contracts/run-window.ts";
import {
  FIGURE_COLUMN,
  PARAMETER_COLUMN,
  type StoredTrialColumn,
} from "#contracts/trial-columns.ts";
import { earlierTrialCount } from "#db/earlier-trials.ts";
import {
  type OptimisationTask,
  optimisationTask,
  saveOptimisationResult,
  writeOptimisationLive,
} from "#db/optimisation-results.ts";
import { optimisationSpace } from "#db/optimisation-space.ts";
import {
  type ParameterSpace,
  SPACE_POINTS_MAX,
  type SpaceRequest,
  valuesOfPoint,
} from "#quant/optimisation/parameter-space.ts";
import {
  firstTrials,
  type TrialColumns,
  type TrialLayout,
  trialBytes,
  trialColumns,
} from "#quant/optimisation/trial-columns.ts";
import { openStrategyOfKind, STRATEGIES } from "#quant/strategies/strategy-kinds.ts";
import type { ParameterValue } from "#quant/strategies/strategy-parameters.ts";
import type { TrialsInput, TrialsPlan } from "../compute/run-trials.ts";
import type { JobContext, JobEnding } from "./job-context.ts";
import { loadMarket } from "./load-market.ts";
import { manifestOf } from "./manifest.ts";
import { searchTrials, type TrialSearch } from "./search-trials.ts";
import { strategyRunInput } from "./strategy-run-input.ts";

type Ran = {
  readonly input: TrialsInput;
  readonly space: ParameterSpace;
  readonly columns: TrialColumns;
  readonly plan: TrialsPlan;
  readonly search: TrialSearch;
  readonly earlierTrials: number;
};

/** Tries parameters on the threads, and stores every trial with what the best of them is worth. */
export async function runOptimisation(
  context: JobContext,
  params: Extract<JobParams, { kind: "optimisation" }>,
): Promise<JobEnding> {
  const startedAtMs = Date.now();
  const { database, job } = context;
  const task = await optimisationTask(database.pool, job.workspaceId, params.optimisationId);
  if (task === null) throw new AppError("not-found", "The optimisation was deleted");
  const { config, optimisation } = task;
  const space = optimisationSpace(config, { ...optimisation, space: inFormOrder(task) });
  const earlierTrials = await earlierTrialCount(database.pool, job.workspaceId, {
    ...task,
    plan: null,
    before: task.createdAt,
  });
  const market = await loadMarket(context, config, {
    instrumentIds: [...new Set(config.books.flat())],
    window: runWindow(config, warmUpMax(config, space)),
    inside: { span: config.trading, finer: "best" },
  });
  const shared = {
    key: `${job.id} ${job.attempt}`,
    strategy: strategyRunInput(config, market, null),
    space: requestOf(space),
  };
  const { signal } = context;
  const plan = await context.compute.run("plan-trials", shared, { signal });
  const layout: TrialLayout = {
    parameters: space.axes.map(({ name }) => name),
    capacity: trialCount(task, space),
    bars: plan.tradedBars,
  };
  const memory = new SharedArrayBuffer(trialBytes(layout));
  const input: TrialsInput = { ...shared, layout, memory };
  const columns = trialColumns(layout, memory);
  const search = await searchTrials(context, {
    input,
    space,
    columns,
    optimisation,
    plan,
    onLive: (live) => {
      const best = live.bestRow === null ? null : trialRow(columns, space, live.bestRow);
      return writeOptimisationLive(database.pool, params.optimisationId, {
        trials: live.trials,
        trialsTotal: layout.capacity,
        best,
      });
    },
  });
  const judged = await judge(context, task, { input, space, columns, plan, search, earlierTrials });
  const summary: OptimisationSummary = {
    ...judged,
    trials: search.trials,
    skipped: search.skipped,
    fastTrials: plan.isFast ? search.trials : 0,
    manifest: manifestOf({ config, optimisation }, market.used, {
      codeHash: context.codeHash,
      atMs: Date.now(),
      insideBars: market.insideBars,
    }),
    durationMs: Date.now() - startedAtMs,
  };
  const stored = storedColumns(firstTrials(columns, search.trials), space);
  return {
    kind: "succeeded",
    result: { trials: search.trials },
    write: (client) =>
      saveOptimisationResult(client, params.optimisationId, { summary, columns: stored }),
  };
}

/**
 * The space with its axes in the order of the strategy's form, in which what a signal is made of comes before
 * the levels that it is compared with: trials that share a signal follow each other.
 */
function inFormOrder({ config, optimisation }: OptimisationTask): OptimisationConfig["space"] {
  const order = Object.keys(STRATEGIES[config.kind].parameters);
  const axes = Object.entries(optimisation.space);
  return Object.fromEntries(axes.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
}

/** Trials that there can be: all of a grid, or as many as were asked for. */
function trialCount({ optimisation: { method } }: OptimisationTask, space: ParameterSpace): number {
  return method.kind === "grid" ? space.size : Math.min(method.trials, space.size);
}

/** The same space as plain data. */
function requestOf({ base, axes }: ParameterSpace): SpaceRequest {
  return {
    base,
    varied: Object.fromEntries(axes.map(({ name, values }) => [name, values])),
    pointsMax: SPACE_POINTS_MAX,
  };
}

/** Warm-up of whatever may be tried: more of a window never needs less. */
function warmUpMax(
  { kind, parameters }: OptimisationTask["config"],
  { axes }: ParameterSpace,
): number {
  const ends = axes.flatMap(({ name, values }) =>
    [values[0], values.at(-1)].map((value) => [name, value ?? null] as const),
  );
  const largest = Object.fromEntries(axes.map(({ name, values }) => [name, lastNumber(values)]));
  const tried = [{}, largest, ...ends.map((end) => Object.fromEntries([end]))];
  return Math.max(...tried.map((varied) => warmUpOf(kind, { ...parameters, ...varied })));
}

/** Null, the rule switched off, stands behind all numbers. */
function lastNumber(values: readonly ParameterValue[]): ParameterValue {
  return values.findLast((value) => value !== null) ?? null;
}

/** 0 of values that a rule between fields forbids: they are not run. */
function warmUpOf(
  kind: OptimisationTask["config"]["kind"],
  parameters: OptimisationTask["config"]["parameters"],
): number {
  const opening = openStrategyOfKind(kind, parameters);
  return opening.kind === "valid" ? opening.open.warmUpBars : 0;
}

const NO_BEST: OptimisationSummary["overfitting"] = {
  earlierTrials: 0,
  probabilisticSharpe: { value: null, reason: "no trial has a value to be ranked by" },
  deflatedSharpe: { value: null, reason: "no trial has a value to be ranked by" },
  expectedMaximumSharpe: { value: null, reason: "no trial has a value to be ranked by" },
  minimumTrackRecordBars: { value: null, reason: "no trial has a value to be ranked by" },
  backtestOverfitting: { value: null, reason: "no trial has a value to be ranked by" },
  logits: [],
};

async function judge(
  context: JobContext,
  { optimisation }: OptimisationTask,
  { input, space, columns, plan, search, earlierTrials }: Ran,
): Promise<Pick<OptimisationSummary, "best" | "overfitting">> {
  context.progress(0.92, "Judging the trials");
  if (search.bestRow === null) return { best: [], overfitting: { ...NO_BEST, earlierTrials } };
  const { signal } = context;
  const judging = {
    ...input,
    count: search.trials,
    objective: optimisation.objective,
    tradesMin: optimisation.tradesMin,
    isGrid: optimisation.method.kind === "grid",
    periodsPerYear: plan.periodsPerYear,
    earlierTrials,
  };
  const measureBest = async () => {
    const { best } = await context.compute.run("best-of-trials", judging, { signal });
    const points = best.map(({ row }) => columns.point[row] ?? 0);
    const { key, strategy, space: request } = input;
    const tails = await context.compute.run(
      "tails-of-trials",
      { key, strategy, space: request, points },
      { signal },
    );
    return best.map(({ row, neighbours }, i): TrialRow => {
      const { figures, ...trial } = trialRow(columns, space, row);
      return {
        ...trial,
        figures: {
          ...figures,
          valueAtRisk95: tails[i]?.valueAtRisk ?? null,
          conditionalValueAtRisk95: tails[i]?.conditionalValueAtRisk ?? null,
        },
        neighbours,
      };
    });
  };
  const [overfitting, best] = await Promise.all([
    context.compute.run(
      "overfitting-of-trials",
      { ...judging, chosen: search.bestRow },
      { signal },
    ),
    measureBest(),
  ]);
  return { best, overfitting };
}

function trialRow(columns: TrialColumns, space: ParameterSpace, row: number): TrialRow {
  const values = valuesOfPoint(space, columns.point[row] ?? 0);
  const figures = Object.entries(columns.figures).map(([name, column]) => {
    const value = column[row] ?? Number.NaN;
    return [name, Number.isFinite(value) ? value : null] as const;
  });
  return {
    trial: row,
    parameters: Object.fromEntries(space.axes.map(({ name }) => [name, values[name] ?? null])),
    figures: Object.fromEntries(figures),
    neighbours: null,
  };
}

function storedColumns(columns: TrialColumns, { axes }: ParameterSpace): StoredTrialColumn[] {
  const parameters = axes.map(({ name, values, isOrdered }): StoredTrialColumn => {
    const column = columns.parameters[name] ?? new Float64Array();
    return {
      name: PARAMETER_COLUMN + name,
      choices: isOrdered ? null : [...values],
      values: column,
    };
  });
  const figures = Object.entries(columns.figures).map(
    ([name, values]): StoredTrialColumn => ({ name: FIGURE_COLUMN + name, choices: null, values }),
  );
  return [...parameters, ...figures];
}
