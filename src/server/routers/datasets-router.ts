import { z } from "zod";
import { DatasetConfig, DatasetName, DatasetPreviewRequest } from "#contracts/dataset.ts";
import { plainText } from "#contracts/plain-text.ts";
import { datasetBarsOf } from "#db/dataset-bars.ts";
import {
  addDatasetVersion,
  createDataset,
  datasetOf,
  datasetsOf,
  deleteDataset,
  renameDataset,
  restoreDataset,
} from "#db/datasets.ts";
import { datasetPreview } from "../dataset-preview.ts";
import { chartProcedure, editorProcedure, memberProcedure, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.uuid() });
const Described = z.strictObject({ name: DatasetName, notes: plainText(10_000).default("") });

export const datasetsRouter = router({
  list: memberProcedure.query(({ ctx }) => datasetsOf(ctx.database, ctx.workspaceId)),

  get: memberProcedure
    .input(Id)
    .query(({ ctx, input }) => datasetOf(ctx.database, ctx.workspaceId, input.id)),

  bars: chartProcedure
    .input(z.strictObject({ versionId: z.uuid() }))
    .query(({ ctx, input }) => datasetBarsOf(ctx.database, ctx.workspaceId, input.versionId)),

  preview: chartProcedure
    .input(DatasetPreviewRequest)
    .query(({ ctx, input }) => datasetPreview(ctx.database, ctx.workspaceId, input)),

  create: editorProcedure
    .input(Described.extend({ config: DatasetConfig }))
    .mutation(({ ctx, input }) => createDataset(ctx.database, ctx.workspaceId, input)),

  addVersion: editorProcedure
    .input(Id.extend({ config: DatasetConfig }))
    .mutation(({ ctx, input }) =>
      addDatasetVersion(ctx.database, ctx.workspaceId, input.id, input.config),
    ),

  rename: editorProcedure
    .input(Id.extend(Described.shape))
    .mutation(({ ctx, input: { id, ...described } }) =>
      renameDataset(ctx.database, ctx.workspaceId, id, described),
    ),

  delete: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => deleteDataset(ctx.database, ctx.workspaceId, input.id)),

  restore: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => restoreDataset(ctx.database, ctx.workspaceId, input.id)),
});
