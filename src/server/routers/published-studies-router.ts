import { z } from "zod";
import { PublishedStudyConfig } from "#contracts/published-study.ts";
import {
  deletePublishedStudy,
  publishedStudiesOf,
  publishedStudyOf,
  restorePublishedStudy,
  startPublishedStudy,
} from "#db/published-studies.ts";
import { editorProcedure, jobProcedure, memberProcedure, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.uuid() });

export const publishedStudiesRouter = router({
  start: jobProcedure
    .input(PublishedStudyConfig)
    .mutation(({ ctx, input }) => startPublishedStudy(ctx.database, ctx.owner, input)),

  list: memberProcedure.query(({ ctx }) => publishedStudiesOf(ctx.database, ctx.workspaceId)),

  get: memberProcedure
    .input(Id)
    .query(({ ctx, input }) => publishedStudyOf(ctx.database, ctx.workspaceId, input.id)),

  delete: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => deletePublishedStudy(ctx.database, ctx.workspaceId, input.id)),

  restore: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => restorePublishedStudy(ctx.database, ctx.workspaceId, input.id)),
});
