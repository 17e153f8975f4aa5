import { z } from "zod";
import { backtestSeriesOf } from "#db/backtest-series.ts";
import {
  backtestOf,
  backtestsOf,
  createBacktest,
  deleteBacktest,
  restoreBacktest,
} from "#db/backtests.ts";
import { backtestChart } from "../backtest-chart.ts";
import { ChartRequest } from "../chart-request.ts";
import { chartProcedure, editorProcedure, jobProcedure, memberProcedure, router } from "../trpc.ts";

const Id = z.strictObject({ id: z.uuid() });

export const backtestsRouter = router({
  start: jobProcedure
    .input(z.strictObject({ strategyVersionId: z.uuid() }))
    .mutation(({ ctx, input }) => createBacktest(ctx.database, ctx.owner, input.strategyVersionId)),

  list: memberProcedure
    .input(z.strictObject({ strategyId: z.uuid().optional() }).optional())
    .query(({ ctx, input }) =>
      backtestsOf(ctx.database, ctx.workspaceId, input?.strategyId ?? null),
    ),

  get: memberProcedure
    .input(Id)
    .query(({ ctx, input }) => backtestOf(ctx.database, ctx.workspaceId, input.id)),

  series: chartProcedure
    .input(Id.extend(ChartRequest.shape))
    .query(async ({ ctx, input: { id, window = null, points } }) => {
      const series = await backtestSeriesOf(ctx.database, ctx.workspaceId, id);
      return backtestChart(ctx.database, series, { window, points });
    }),

  delete: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => deleteBacktest(ctx.database, ctx.workspaceId, input.id)),

  restore: editorProcedure
    .input(Id)
    .mutation(({ ctx, input }) => restoreBacktest(ctx.database, ctx.workspaceId, input.id)),
});
