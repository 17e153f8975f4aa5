import { z } from "zod";
import { Venue } from "#contracts/market-data.ts";
import { barsBetween } from "#db/bars.ts";
import { assertChanged, found } from "#db/found.ts";
import { deleteSeries, listSeries, seriesDetail } from "#db/instruments.ts";
import { ChartRequest } from "../chart-request.ts";
import { chartSeries } from "../chart-series.ts";
import { memberProcedure, ownerProcedure, router } from "../trpc.ts";

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

  bars: memberProcedure
    .input(SeriesId.extend(ChartRequest.shape))
    .query(async ({ ctx, input: { seriesId, window, points } }) => {
      const series = found(await seriesDetail(ctx.database, ctx.workspaceId, seriesId), "series");
      const bars = await barsBetween(ctx.database, seriesId, window);
      const lines = { close: bars.close, volume: bars.volume };
      return chartSeries(
        { ...series, openTimeMs: bars.openTimeMs, lines },
        { window: window ?? null, points },
      );
    }),

  deleteSeries: ownerProcedure.input(SeriesId).mutation(async ({ ctx, input }) => {
    const deleted = await deleteSeries(ctx.database.pool, ctx.workspaceId, input.seriesId);
    assertChanged(deleted ? 1 : 0, "series of your own");
  }),
});
