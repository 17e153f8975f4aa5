import { z } from "zod";
import { LiveBacktestInput, LiveSpan } from "#contracts/live-series.ts";
import { ChartRequest } from "../chart-request.ts";
import { liveEvents } from "../live/live-events.ts";
import { liveSeries } from "../live/live-series.ts";
import { miniBacktest } from "../live/mini-backtest.ts";
import { processLiveHub } from "../live/process-live-hub.ts";
import { shownBars } from "../live/shown-bars.ts";
import { chartProcedure, memberProcedure, router, toStreamError } from "../trpc.ts";

/** Number of the last alert that a reader has, as an event was given it. */
const LastEventId = z.string().regex(/^\d{1,15}$/, "is not a number of ours");

const SeriesInput = LiveSpan.extend({
  points: ChartRequest.shape.points,
  /** Window of the z-score for this chart; that of the pair unless told. */
  zScoreWindowBars: z.number().int().min(3).max(5_000).optional(),
  candles: z.boolean().default(false),
});

export const liveRouter = router({
  events: memberProcedure
    .input(z.strictObject({ lastEventId: LastEventId.optional() }).optional())
    .subscription(async function* ({ ctx, input, signal }) {
      const { sessionId, viewer } = ctx.session;
      const reader = { sessionId, userId: viewer.userId, workspaceId: ctx.workspaceId };
      const never = new AbortController().signal;
      try {
        yield* liveEvents(processLiveHub(ctx), reader, {
          lastEventId: input?.lastEventId,
          signal: signal ?? never,
        });
      } catch (error) {
        throw toStreamError(error, ctx, "live.events");
      }
    }),

  series: chartProcedure.input(SeriesInput).query(async ({ ctx, input }) => {
    const { points, candles, zScoreWindowBars, ...span } = input;
    const change = zScoreWindowBars === undefined ? {} : { zScoreWindowBars };
    const shown = await shownBars(ctx.database, ctx.workspaceId, span, change);
    return liveSeries(shown, { points, candles });
  }),

  miniBacktest: chartProcedure.input(LiveBacktestInput).query(async ({ ctx, input }) => {
    const shown = await shownBars(ctx.database, ctx.workspaceId, input);
    return miniBacktest(shown, input);
  }),
});
