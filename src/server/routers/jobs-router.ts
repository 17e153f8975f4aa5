import { z } from "zod";
import { assertChanged, found } from "#db/found.ts";
import { activeJobs, jobById, recentJobs, requestJobCancel } from "#db/jobs.ts";
import { editorProcedure, memberProcedure, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.uuid() });

export const jobsRouter = router({
  active: memberProcedure.query(({ ctx }) => activeJobs(ctx.database, ctx.workspaceId)),

  list: memberProcedure.query(({ ctx }) => recentJobs(ctx.database, ctx.workspaceId)),

  get: memberProcedure
    .input(Id)
    .query(async ({ ctx, input }) =>
      found(await jobById(ctx.database, ctx.workspaceId, input.id), "job"),
    ),

  cancel: editorProcedure.input(Id).mutation(async ({ ctx, input }) => {
    const known = await requestJobCancel(ctx.database, ctx.workspaceId, input.id);
    assertChanged(known ? 1 : 0, "job");
  }),
});
