import { z } from "zod";
import { RetireReason, WatchInput, WatchNotes, watchSettings } from "#contracts/watch.ts";
import {
  addWatchedPair,
  removeWatchedPair,
  reorderWatchedPairs,
  restoreWatchedPair,
  retireWatchedPair,
  setWatchedPairNotes,
  watchedPairOf,
  watchedPairsOf,
} from "#db/watched-pairs.ts";
import { editorProcedure, memberProcedure, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.uuid() });
const IDS_MAX = 1_000;

export const watchRouter = router({
  list: memberProcedure.query(({ ctx }) => watchedPairsOf(ctx.database.pool, ctx.workspaceId)),

  get: memberProcedure
    .input(Id)
    .query(({ ctx, input }) => watchedPairOf(ctx.database.pool, ctx.workspaceId, input.id)),

  add: editorProcedure.input(WatchInput).mutation(({ ctx, input }) => {
    const { instrumentY, instrumentX } = input;
    const config = { instrumentY, instrumentX, settings: watchSettings(input) };
    return addWatchedPair(ctx.database, ctx.viewer, config);
  }),

  remove: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => removeWatchedPair(ctx.database, ctx.workspaceId, input.id)),

  reorder: editorProcedure
    .input(z.strictObject({ ids: z.array(z.uuid()).max(IDS_MAX) }))
    .mutation(({ ctx, input }) => reorderWatchedPairs(ctx.database, ctx.workspaceId, input.ids)),

  setNotes: editorProcedure
    .input(Id.extend({ notes: WatchNotes }))
    .mutation(({ ctx, input }) =>
      setWatchedPairNotes(ctx.database, ctx.workspaceId, input.id, input.notes),
    ),

  retire: editorProcedure
    .input(Id.extend({ reason: RetireReason }))
    .mutation(({ ctx, input }) =>
      retireWatchedPair(ctx.database, ctx.workspaceId, input.id, input.reason),
    ),

  restore: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => restoreWatchedPair(ctx.database, ctx.viewer, input.id)),
});
