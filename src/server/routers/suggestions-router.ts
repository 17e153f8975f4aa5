import { suggestedPairsOf } from "#db/suggested-pairs.ts";
import { memberProcedure, router } from "../trpc.ts";

export const suggestionsRouter = router({
  list: memberProcedure.query(({ ctx }) => suggestedPairsOf(ctx.database, ctx.workspaceId)),
});
