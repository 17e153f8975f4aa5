import { z } from "zod";
import { plainLine } from "#contracts/plain-text.ts";
import {
  ShareIncludeNotes,
  ShareIncludeSizes,
  ShareLifetimeDays,
  ShareToken,
} from "#contracts/share.ts";
import { createShare, revokeShare, sharesOf } from "#db/shares.ts";
import { newToken, tokenHash } from "../auth/session-token.ts";
import { BacktestChartInput } from "../chart-request.ts";
import { requireRateLimit } from "../rate-limit-rules.ts";
import {
  sharedReport,
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

  list: memberProcedure.query(({ ctx }) => sharesOf(ctx.database, ctx.workspaceId)),

  revoke: editorProcedure
    .input(z.strictObject({ id: z.uuid() }))
    .mutation(({ ctx, input }) => revokeShare(ctx.database, ctx.workspaceId, input.id)),

  open: openProcedure
    .input(Token)
    .query(({ ctx, input }) => sharedReport(ctx.database, input.token)),

  openSeries: openProcedure
    .input(Token.extend(BacktestChartInput.shape))
    .query(({ ctx, input: { token, window = null, ...request } }) =>
      sharedReportSeries(ctx.database, token, { window, ...request }),
    ),

  verify: openProcedure
    .input(Token)
    .mutation(({ ctx, input }) => verifySharedReport(ctx, input.token)),

  verification: openProcedure
    .input(Token)
    .query(({ ctx, input }) => sharedReportVerification(ctx.database, input.token)),
});
