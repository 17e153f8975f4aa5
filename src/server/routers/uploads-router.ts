import { z } from "zod";
import { AppError } from "#contracts/error-code.ts";
import { BadRows, UploadFormat } from "#contracts/upload.ts";
import { found } from "#db/found.ts";
import { discardUpload, listUploads, uploadById } from "#db/uploads.ts";
import { editorProcedure, jobProcedure, memberProcedure, router } from "../trpc.ts";
import { importUploads, inspectUpload } from "../upload-jobs.ts";

const Id = z.strictObject({ id: z.uuid() });

export const uploadsRouter = router({
  list: memberProcedure.query(({ ctx }) => listUploads(ctx.database, ctx.workspaceId)),

  get: memberProcedure
    .input(Id)
    .query(async ({ ctx, input }) =>
      found(await uploadById(ctx.database, ctx.workspaceId, input.id), "upload"),
    ),

  inspect: jobProcedure
    .input(Id.extend({ format: UploadFormat.nullable() }))
    .mutation(async ({ ctx, input }) => ({
      jobId: await inspectUpload(ctx.database, ctx.owner, input.id, input.format),
    })),

  import: jobProcedure
    .input(z.strictObject({ ids: z.array(z.uuid()).min(1).max(500), badRows: BadRows }))
    .mutation(async ({ ctx, input: { ids: uploadIds, badRows } }) => {
      const barQuota = { barsMax: ctx.env.BARS_MAX, guestBarsMax: ctx.env.GUEST_BARS_MAX };
      const owner = { ...ctx.owner, barQuota };
      return { jobId: await importUploads(ctx.database, owner, { uploadIds, badRows }) };
    }),

  discard: editorProcedure.input(Id).mutation(async ({ ctx, input }) => {
    const outcome = await discardUpload(ctx.database, ctx.workspaceId, input.id);
    if (outcome === "not-found") throw new AppError("not-found", "There is no such upload");
    if (outcome === "being-imported") {
      throw new AppError("conflict", "The file is being imported: cancel the job first");
    }
  }),
});
