import { z } from "zod";
import { OptimisationConfig, TRIALS_MAX } from "#contracts/optimisation.ts";
import { chartTrials } from "#db/optimisation-trials.ts";
import {
  createOptimisation,
  deleteOptimisation,
  optimisationOf,
  optimisationsOf,
  promoteTrial,
  restoreOptimisation,
} from "#db/optimisations.ts";
import { chartProcedure, editorProcedure, jobProcedure, memberProcedure, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.uuid() });

/** Figures of trials that are sent at once, and trials unless more are asked for. */
const FIGURES_MAX = 12;
const CHART_TRIALS = 20_000;

export const optimisationsRouter = router({
  start: jobProcedure
    .input(z.strictObject({ strategyVersionId: z.uuid(), config: OptimisationConfig }))
    .mutation(({ ctx, input: { strategyVersionId, config } }) =>
      createOptimisation(ctx.database, ctx.owner, strategyVersionId, config),
    ),

  list: memberProcedure
    .input(z.strictObject({ strategyId: z.uuid().optional() }).optional())
    .query(({ ctx, input }) =>
      optimisationsOf(ctx.database, ctx.workspaceId, input?.strategyId ?? null),
    ),

  get: memberProcedure
    .input(Id)
    .query(({ ctx, input }) => optimisationOf(ctx.database, ctx.workspaceId, input.id)),

  trials: chartProcedure
    .input(
      Id.extend({
        figures: z.array(z.string().max(100)).min(1).max(FIGURES_MAX),
        trialsMax: z.number().int().min(1).max(TRIALS_MAX).default(CHART_TRIALS),
      }),
    )
    .query(({ ctx, input: { id, ...wanted } }) =>
      chartTrials(ctx.database, ctx.workspaceId, id, wanted),
    ),

  promote: editorProcedure
    .input(Id.extend({ trial: z.number().int().min(0).max(TRIALS_MAX) }))
    .mutation(({ ctx, input: { id, trial } }) =>
      promoteTrial(ctx.database, ctx.workspaceId, id, trial),
    ),

  delete: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => deleteOptimisation(ctx.database, ctx.workspaceId, input.id)),

  restore: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => restoreOptimisation(ctx.database, ctx.workspaceId, input.id)),
});
