import { z } from "zod";
import { InstrumentId } from "#contracts/instrument-id.ts";
import { TickerRequest } from "#contracts/ticker.ts";
import { found } from "#db/found.ts";
import { liveVenue } from "#db/live-venue.ts";
import { marketRows } from "#db/market-tickers.ts";
import { tickerChart } from "../ticker-chart.ts";
import { chartProcedure, memberProcedure, router } from "../trpc.ts";

/** More than any venue lists; the page filters in the browser. */
const ROWS_MAX = 5_000;

const Search = z.strictObject({
  search: z.string().trim().max(40).default(""),
  limit: z.number().int().min(1).max(ROWS_MAX).default(ROWS_MAX),
});

/** Instruments of the venue that live data comes from: common data, the same for everybody. */
export const marketsRouter = router({
  list: memberProcedure.input(Search.prefault({})).query(async ({ ctx, input }) => {
    const venue = await liveVenue(ctx.database.pool);
    if (venue === null) return { venue: null, rows: [] };
    return {
      venue,
      rows: await marketRows(ctx.database.pool, ctx.workspaceId, venue, input),
    };
  }),

  get: memberProcedure
    .input(z.strictObject({ instrumentId: InstrumentId }))
    .query(async ({ ctx, input: { instrumentId } }) => {
      const venue = await liveVenue(ctx.database.pool);
      const filter = { instrumentId, limit: 1 };
      const rows =
        venue === null ? [] : await marketRows(ctx.database.pool, ctx.workspaceId, venue, filter);
      return found(rows[0], "instrument");
    }),

  candles: chartProcedure
    .input(TickerRequest)
    .query(async ({ ctx, input }) =>
      found(await tickerChart(ctx.database, ctx.workspaceId, input), "series"),
    ),
});
