import { z } from "zod";
import { BacktestPlan } from "#contracts/backtest-plan.ts";
import { COMPARED_MAX } from "#contracts/compared-max.ts";
import { plainText } from "#contracts/plain-text.ts";
import { ownReport } from "#contracts/report-settings.ts";
import type { ReportTradeLeg } from "#contracts/report-view.ts";
import { StrategyKindName, Tag, Tags } from "#contracts/strategy.ts";
import { backtestSeriesOf } from "#db/backtest-series.ts";
import {
  annotateBacktest,
  backtestOf,
  backtestsOf,
  backtestTradeLegs,
  createBacktest,
  createBacktests,
  deleteBacktest,
  restoreBacktest,
} from "#db/backtests.ts";
import { ACTIVE_JOBS_MAX } from "#db/job-slots.ts";
import { startVerification, verificationOf } from "#db/verifications.ts";
import { backtestChart } from "../backtest-chart.ts";
import { compareBacktests } from "../backtest-comparison.ts";
import { BacktestChartInput, TradePlace } from "../chart-request.ts";
import { requireRateLimit } from "../rate-limit-rules.ts";
import { chartProcedure, editorProcedure, jobProcedure, memberProcedure, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.uuid() });
const Start = z.strictObject({
  strategyVersionId: z.uuid(),
  plan: BacktestPlan.default({ kind: "single" }),
});
/** More could not wait at the same time. */
const STARTED_MAX = ACTIVE_JOBS_MAX;
const Filters = z.strictObject({
  strategyId: z.uuid().optional(),
  strategyKind: StrategyKindName.optional(),
  planKind: z.enum(["single", "walk-forward"]).optional(),
  tag: Tag.optional(),
});

export const backtestsRouter = router({
  start: jobProcedure
    .input(Start)
    .mutation(({ ctx, input: { strategyVersionId, plan } }) =>
      createBacktest(ctx.database, ctx.owner, strategyVersionId, plan),
    ),

  startMany: jobProcedure
    .input(z.array(Start).min(1).max(STARTED_MAX))
    .mutation(({ ctx, input }) => createBacktests(ctx.database, ctx.owner, input)),

  list: memberProcedure
    .input(Filters.optional())
    .query(({ ctx, input }) => backtestsOf(ctx.database, ctx.workspaceId, input)),

  get: memberProcedure
    .input(Id)
    .query(({ ctx, input }) => backtestOf(ctx.database, ctx.workspaceId, input.id)),

  /** The same as its page reads it: a third of the bytes where there are many trades. */
  report: memberProcedure
    .input(Id)
    .query(async ({ ctx, input }) =>
      ownReport(await backtestOf(ctx.database, ctx.workspaceId, input.id)),
    ),

  tradeLegs: memberProcedure
    .input(Id.extend({ trade: TradePlace }))
    .query(
      ({ ctx, input: { id, trade } }): Promise<readonly ReportTradeLeg[]> =>
        backtestTradeLegs(ctx.database, ctx.workspaceId, id, trade),
    ),

  series: chartProcedure
    .input(Id.extend(BacktestChartInput.shape))
    .query(async ({ ctx, input: { id, window = null, ...request } }) => {
      const series = await backtestSeriesOf(ctx.database, ctx.workspaceId, id);
      return backtestChart(ctx.database, series, { window, ...request });
    }),

  compare: memberProcedure
    .input(z.strictObject({ ids: z.array(z.uuid()).min(2).max(COMPARED_MAX) }))
    .query(async ({ ctx, input }) => {
      await requireRateLimit(ctx.database, ctx.env, "compare-user", ctx.viewer.userId);
      return compareBacktests(ctx.database, ctx.workspaceId, input.ids);
    }),

  verify: jobProcedure.input(Id).mutation(({ ctx, input: { id } }) => {
    const { workspaceId, userId } = ctx.owner;
    const wanted = { workspaceId, createdBy: userId, backtestId: id, shareId: null };
    return startVerification(ctx.database, wanted);
  }),

  verification: memberProcedure
    .input(Id)
    .query(({ ctx, input }) => verificationOf(ctx.database, ctx.workspaceId, input.id)),

  annotate: editorProcedure
    .input(Id.extend({ tags: Tags, notes: plainText(10_000) }))
    .mutation(({ ctx, input: { id, ...words } }) =>
      annotateBacktest(ctx.database, ctx.workspaceId, id, words),
    ),

  delete: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => deleteBacktest(ctx.database, ctx.workspaceId, input.id)),

  restore: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => restoreBacktest(ctx.database, ctx.workspaceId, input.id)),
});
