import { z } from "zod";
import { Venue } from "#contracts/market-data.ts";
import { assertChanged, found } from "#db/found.ts";
import { deleteSeries, listSeries, seriesDetail } from "#db/instruments.ts";
import { barChart } from "../bar-chart.ts";
import { ChartRequest } from "../chart-request.ts";
import { chartProcedure, memberProcedure, ownerProcedure, router } from "../trpc.ts";

const SeriesId = z.strictObject({ seriesId: z.number().int().positive().max(2_147_483_647) });

export const instrumentsRouter = router({
  list: memberProcedure
    .input(z.strictObject({ venue: Venue.optional() }).optional())
    .query(({ ctx, input }) => listSeries(ctx.database, ctx.workspaceId, { venue: input?.venue })),

  series: memberProcedure
    .input(SeriesId)
    .query(async ({ ctx, input }) =>
      found(await seriesDetail(ctx.database, ctx.workspaceId, input.seriesId), "series"),
    ),

  bars: chartProcedure
    .input(SeriesId.extend(ChartRequest.shape))
    .query(async ({ ctx, input: { seriesId, window, points } }) => {
      const series = found(await seriesDetail(ctx.database, ctx.workspaceId, seriesId), "series");
      return barChart(ctx.database, series, { window: window ?? null, points });
    }),

  deleteSeries: ownerProcedure.input(SeriesId).mutation(async ({ ctx, input }) => {
    const deleted = await deleteSeries(ctx.database.pool, ctx.workspaceId, input.seriesId);
    assertChanged(deleted ? 1 : 0, "series of your own");
  }),
});
