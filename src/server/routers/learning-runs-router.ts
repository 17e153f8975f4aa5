import { z } from "zod";
import { LearningRunConfig, LearningRunName } from "#contracts/learning-run.ts";
import {
  deleteLearningRun,
  learningRunOf,
  learningRunsOf,
  renameLearningRun,
  restoreLearningRun,
  runDetailOf,
} from "#db/learning-runs.ts";
import { startCheckedRun } from "../learning-run-start.ts";
import { chartProcedure, editorProcedure, jobProcedure, memberProcedure, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.uuid() });
const Key = z.string().min(1).max(100);

export const learningRunsRouter = router({
  start: jobProcedure
    .input(
      z.strictObject({
        datasetVersionId: z.uuid(),
        name: LearningRunName,
        config: LearningRunConfig,
      }),
    )
    .mutation(({ ctx, input }) => startCheckedRun(ctx.database, ctx.owner, input)),

  list: memberProcedure
    .input(z.strictObject({ datasetId: z.uuid().optional() }).optional())
    .query(({ ctx, input }) =>
      learningRunsOf(ctx.database, ctx.workspaceId, input?.datasetId ?? null),
    ),

  get: memberProcedure
    .input(Id)
    .query(({ ctx, input }) => learningRunOf(ctx.database, ctx.workspaceId, input.id)),

  detail: chartProcedure
    .input(
      Id.extend({ model: Key, group: Key, member: z.number().int().min(0).max(10_000).optional() }),
    )
    .query(({ ctx, input: { id, ...key } }) => runDetailOf(ctx.database, ctx.workspaceId, id, key)),

  rename: editorProcedure
    .input(Id.extend({ name: LearningRunName }))
    .mutation(({ ctx, input }) =>
      renameLearningRun(ctx.database, ctx.workspaceId, input.id, input.name),
    ),

  delete: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => deleteLearningRun(ctx.database, ctx.workspaceId, input.id)),

  restore: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => restoreLearningRun(ctx.database, ctx.workspaceId, input.id)),
});
