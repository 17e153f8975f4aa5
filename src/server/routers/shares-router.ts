import { z } from "zod";
import { plainLine } from "#contracts/plain-text.ts";
import {
  ShareIncludeNotes,
  ShareIncludeSizes,
  ShareLifetimeDays,
  ShareToken,
} from "#contracts/share.ts";
import { createModelShare, createShare, revokeShare, sharesOf } from "#db/shares.ts";
import { newToken, tokenHash } from "../auth/session-token.ts";
import { BacktestChartInput, TradePlace } from "../chart-request.ts";
import { requireRateLimit } from "../rate-limit-rules.ts";
import { sharedModel } from "../shared-model.ts";
import {
  sharedReport,
  sharedReportLegs,
  sharedReportSeries,
  sharedReportVerification,
  verifySharedReport,
} from "../shared-report.ts";
import { editorProcedure, limitedProcedure, memberProcedure, router } from "../trpc.ts";

const openProcedure = limitedProcedure("share-open-address");
const Token = z.strictObject({ token: ShareToken });

export const sharesRouter = router({
  create: editorProcedure
    .input(
      z.strictObject({
        backtestId: z.uuid(),
        label: plainLine(80),
        includeSizes: ShareIncludeSizes,
        includeNotes: ShareIncludeNotes,
        lifetimeDays: ShareLifetimeDays,
      }),
    )
    .mutation(async ({ ctx, input }) => {
      await requireRateLimit(ctx.database, ctx.env, "share-create-workspace", ctx.workspaceId);
      const token = newToken();
      const share = { ...input, tokenHash: tokenHash(token) };
      const id = await createShare(ctx.database, ctx.workspaceId, share);
      return { id, token, path: `/r/${token}` };
    }),

  createModel: editorProcedure
    .input(
      z.strictObject({
        modelVersionId: z.uuid(),
        label: plainLine(80),
        lifetimeDays: ShareLifetimeDays,
      }),
    )
    .mutation(async ({ ctx, input }) => {
      await requireRateLimit(ctx.database, ctx.env, "share-create-workspace", ctx.workspaceId);
      const token = newToken();
      const share = { ...input, tokenHash: tokenHash(token) };
      const id = await createModelShare(ctx.database, ctx.workspaceId, share);
      return { id, token, path: `/r/m/${token}` };
    }),

  list: memberProcedure.query(({ ctx }) => sharesOf(ctx.database, ctx.workspaceId)),

  revoke: editorProcedure
    .input(z.strictObject({ id: z.uuid() }))
    .mutation(({ ctx, input }) => revokeShare(ctx.database, ctx.workspaceId, input.id)),

  open: openProcedure
    .input(Token)
    .query(({ ctx, input }) => sharedReport(ctx.database, input.token)),

  openModel: openProcedure
    .input(Token)
    .query(({ ctx, input }) => sharedModel(ctx.database, input.token)),

  openSeries: openProcedure
    .input(Token.extend(BacktestChartInput.shape))
    .query(({ ctx, input: { token, window = null, ...request } }) =>
      sharedReportSeries(ctx.database, token, { window, ...request }),
    ),

  openTradeLegs: openProcedure
    .input(Token.extend({ trade: TradePlace }))
    .query(({ ctx, input: { token, trade } }) => sharedReportLegs(ctx.database, token, trade)),

  verify: openProcedure
    .input(Token)
    .mutation(({ ctx, input }) => verifySharedReport(ctx, input.token)),

  verification: openProcedure
    .input(Token)
    .query(({ ctx, input }) => sharedReportVerification(ctx.database, input.token)),
});
