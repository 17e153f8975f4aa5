import { HistoryRequest } from "#contracts/history.ts";
import { startHistory } from "../history-jobs.ts";
import { jobProcedure, router } from "../trpc.ts";

/** The venues' own bars, from before their trades were recorded. */
export const historyRouter = router({
  start: jobProcedure.input(HistoryRequest).mutation(async ({ ctx, input }) => ({
    jobId: await startHistory(ctx.database, ctx.viewer, input),
  })),
});
