import { z } from "zod";
import { plainText } from "#contracts/plain-text.ts";
import { NewStrategyConfig, StrategyFile, StrategyName, Tags } from "#contracts/strategy.ts";
import { StrategyPreviewRequest } from "#contracts/strategy-preview.ts";
import { found } from "#db/found.ts";
import {
  addStrategyVersion,
  archiveStrategy,
  createStrategy,
  deleteStrategy,
  duplicateStrategy,
  renameStrategy,
  requirePricedPeriods,
  restoreStrategy,
  strategiesOf,
  strategyOf,
} from "#db/strategies.ts";
import { strategyFile, strategyFromFile } from "#db/strategy-files.ts";
import { strategyPreview } from "../strategy-preview.ts";
import { chartProcedure, editorProcedure, memberProcedure, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.uuid() });
const Notes = plainText(10_000).default("");

export const strategiesRouter = router({
  list: memberProcedure.query(({ ctx }) => strategiesOf(ctx.database, ctx.workspaceId)),

  get: memberProcedure
    .input(Id)
    .query(({ ctx, input }) => strategyOf(ctx.database, ctx.workspaceId, input.id)),

  create: editorProcedure
    .input(
      z.strictObject({
        name: StrategyName,
        notes: Notes,
        tags: Tags.default([]),
        config: NewStrategyConfig,
      }),
    )
    .mutation(async ({ ctx, input }) => {
      await requirePricedPeriods(ctx.database.pool, ctx.workspaceId, input.config);
      return createStrategy(ctx.database, ctx.workspaceId, input);
    }),

  addVersion: editorProcedure
    .input(Id.extend({ config: NewStrategyConfig }))
    .mutation(async ({ ctx, input: { id, config } }) => {
      await requirePricedPeriods(ctx.database.pool, ctx.workspaceId, config);
      return addStrategyVersion(ctx.database, ctx.workspaceId, id, config);
    }),

  rename: editorProcedure
    .input(Id.extend({ name: StrategyName, notes: Notes, tags: Tags.optional() }))
    .mutation(({ ctx, input: { id, name, notes, tags } }) =>
      renameStrategy(ctx.database, ctx.workspaceId, id, {
        ...{ name, notes },
        ...(tags === undefined ? {} : { tags }),
      }),
    ),

  duplicate: editorProcedure.input(Id).mutation(async ({ ctx, input }) => ({
    id: await duplicateStrategy(ctx.database, ctx.workspaceId, input.id),
  })),

  exportFile: memberProcedure.input(Id).query(async ({ ctx, input }) => {
    const { versions, ...strategy } = await strategyOf(ctx.database, ctx.workspaceId, input.id);
    const { config } = found(versions[0], "strategy");
    return strategyFile(ctx.database.pool, ctx.workspaceId, { ...strategy, config });
  }),

  importFile: editorProcedure
    .input(z.strictObject({ file: StrategyFile }))
    .mutation(async ({ ctx, input }) => {
      const strategy = await strategyFromFile(ctx.database.pool, ctx.workspaceId, input.file);
      await requirePricedPeriods(ctx.database.pool, ctx.workspaceId, strategy.config);
      return createStrategy(ctx.database, ctx.workspaceId, strategy);
    }),

  preview: chartProcedure
    .input(StrategyPreviewRequest)
    .query(({ ctx, input }) => strategyPreview(ctx.database, ctx.workspaceId, input)),

  archive: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => archiveStrategy(ctx.database, ctx.workspaceId, input.id, true)),

  unarchive: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => archiveStrategy(ctx.database, ctx.workspaceId, input.id, false)),

  delete: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => deleteStrategy(ctx.database, ctx.workspaceId, input.id)),

  restore: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => restoreStrategy(ctx.database, ctx.workspaceId, input.id)),
});
