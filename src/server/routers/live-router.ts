import { z } from "zod";
import { liveEvents } from "../live/live-events.ts";
import { processLiveHub } from "../live/process-live-hub.ts";
import { memberProcedure, router, toStreamError } from "../trpc.ts";

/** Number of the last alert that a reader has, as an event was given it. */
const LastEventId = z.string().regex(/^\d{1,15}$/, "is not a number of ours");

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
});
