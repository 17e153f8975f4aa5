import { z } from "zod";
import { PAIRS_MAX } from "#contracts/books-max.ts";
import { TimeWindow } from "#contracts/interval.ts";
import {
  MODEL_FILE_MAX,
  ModelBook,
  ModelName,
  ModelReason,
  ModelStage,
  PREDICTED_BOOKS_MAX,
} from "#contracts/model.ts";
import { plainText } from "#contracts/plain-text.ts";
import { found } from "#db/found.ts";
import { gateModelOf, gateModelsOf, unlearnedByGate } from "#db/gate-models.ts";
import {
  deleteModel,
  modelOf,
  modelsOf,
  moveModelVersion,
  renameModel,
  restoreModel,
  rollBackModel,
} from "#db/models.ts";
import type { Context } from "../context.ts";
import { modelDrift } from "../model-drift.ts";
import { predictBooks } from "../model-predictions.ts";
import { importModel, type Registry, registerRunModel } from "../model-registry.ts";
import { chartProcedure, editorProcedure, memberProcedure, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.uuid() });
const Version = z.number().int().min(1).max(1_000_000);
const Key = z.string().min(1).max(100);

function registryOf({ database, env }: Pick<Context, "database" | "env">): Registry {
  return { database, secret: env.NEXTAUTH_SECRET };
}

export const modelsRouter = router({
  list: memberProcedure.query(({ ctx }) => modelsOf(ctx.database, ctx.workspaceId)),

  /** Every version by name, with the bars that it has seen: what a strategy may stand behind. */
  gates: memberProcedure.query(({ ctx }) => gateModelsOf(ctx.database, ctx.workspaceId)),

  /** Which of some pairs or instruments a gate has not learned from, and whether a single run is refused for it. */
  gateBooks: memberProcedure
    .input(
      z.strictObject({
        modelVersionId: z.uuid(),
        books: z.array(ModelBook).min(1).max(PAIRS_MAX),
      }),
    )
    .query(async ({ ctx, input: { modelVersionId, books } }) => {
      const { pool } = ctx.database;
      const model = found(await gateModelOf(pool, ctx.workspaceId, modelVersionId), "model");
      return unlearnedByGate(pool, model, books);
    }),

  get: memberProcedure
    .input(Id)
    .query(({ ctx, input }) => modelOf(ctx.database, ctx.workspaceId, input.id)),

  /** A trained model of a run becomes a new model, or a new version of one. */
  register: editorProcedure
    .input(
      z.strictObject({
        runId: z.uuid(),
        model: Key,
        group: Key,
        as: z.discriminatedUnion("kind", [
          z.strictObject({ kind: z.literal("new"), name: ModelName, notes: plainText(10_000) }),
          z.strictObject({ kind: z.literal("version"), modelId: z.uuid() }),
        ]),
      }),
    )
    .mutation(({ ctx, input }) => registerRunModel(registryOf(ctx), ctx.owner, input)),

  import: editorProcedure
    .input(z.strictObject({ name: ModelName, file: z.string().max(MODEL_FILE_MAX) }))
    .mutation(({ ctx, input }) => importModel(registryOf(ctx), ctx.owner, input)),

  move: editorProcedure
    .input(Id.extend({ version: Version, stage: ModelStage, reason: ModelReason }))
    .mutation(({ ctx, input: { id, ...wanted } }) =>
      moveModelVersion(ctx.database, ctx.owner, { modelId: id, ...wanted }),
    ),

  rollBack: editorProcedure
    .input(Id.extend({ reason: ModelReason }))
    .mutation(({ ctx, input: { id, reason } }) =>
      rollBackModel(ctx.database, ctx.owner, { modelId: id, reason }),
    ),

  /** What the live version says of pairs or instruments after their newest closed bars. */
  predict: chartProcedure
    .input(Id.extend({ books: z.array(ModelBook).min(1).max(PREDICTED_BOOKS_MAX) }))
    .query(({ ctx, input }) =>
      predictBooks(ctx.database, ctx.workspaceId, { modelId: input.id, books: input.books }),
    ),

  drift: chartProcedure
    .input(Id.extend({ version: Version, book: ModelBook, window: TimeWindow }))
    .query(({ ctx, input: { id, ...wanted } }) =>
      modelDrift(ctx.database, ctx.workspaceId, { modelId: id, ...wanted }),
    ),

  rename: editorProcedure
    .input(Id.extend({ name: ModelName, notes: plainText(10_000) }))
    .mutation(({ ctx, input: { id, ...described } }) =>
      renameModel(ctx.database, ctx.workspaceId, id, described),
    ),

  delete: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => deleteModel(ctx.database, ctx.workspaceId, input.id)),

  restore: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => restoreModel(ctx.database, ctx.workspaceId, input.id)),
});
