import { z } from "zod";
import { UniverseInput } from "#contracts/universe.ts";
import {
  createUniverse,
  deleteUniverse,
  restoreUniverse,
  universeOf,
  universesOf,
  updateUniverse,
} from "#db/universes.ts";
import { editorProcedure, memberProcedure, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.uuid() });

export const universesRouter = router({
  list: memberProcedure.query(({ ctx }) => universesOf(ctx.database, ctx.workspaceId)),

  get: memberProcedure
    .input(Id)
    .query(({ ctx, input }) => universeOf(ctx.database, ctx.workspaceId, input.id)),

  create: editorProcedure.input(UniverseInput).mutation(async ({ ctx, input }) => ({
    id: await createUniverse(ctx.database, ctx.workspaceId, input),
  })),

  update: editorProcedure
    .input(Id.extend(UniverseInput.shape))
    .mutation(({ ctx, input: { id, ...universe } }) =>
      updateUniverse(ctx.database, ctx.workspaceId, id, universe),
    ),

  delete: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => deleteUniverse(ctx.database, ctx.workspaceId, input.id)),

  restore: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => restoreUniverse(ctx.database, ctx.workspaceId, input.id)),
});
