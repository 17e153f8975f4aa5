import { z } from "zod";
import { AppError } from "#contracts/error-code.ts";
import { GapState } from "#contracts/feed.ts";
import { InstrumentId } from "#contracts/instrument-id.ts";
import type { Venue } from "#contracts/market-data.ts";
import type { Database } from "#db/client.ts";
import { listBarDifferences } from "#db/feed-bar-differences.ts";
import { listFeedEvents } from "#db/feed-events.ts";
import { askGapAgain, listGaps } from "#db/feed-gaps.ts";
import { liveFeedStatuses } from "#db/feed-statuses.ts";
import { tradeDayProofs } from "#db/feed-trade-days.ts";
import { liveVenue } from "#db/live-venue.ts";
import { requireRateLimit } from "../rate-limit-rules.ts";
import { memberProcedure, ownerProcedure, router } from "../trpc.ts";

/** A feed writes once a second; one that has said nothing for this long is not running. */
const HEARD_WITHIN_MS = 10_000;
const ROWS_MAX = 1_000;

const OfInstrument = z.strictObject({ instrumentId: InstrumentId.optional() });

const GapId = z.strictObject({ id: z.number().int().positive() });

/** What the feed says of itself and what its ledger proves: common data, the same for everybody. */
export const feedRouter = router({
  status: memberProcedure.query(async ({ ctx }) => ({
    venue: await liveVenue(ctx.database.pool),
    feeds: await liveFeedStatuses(ctx.database.pool, HEARD_WITHIN_MS),
  })),

  proofs: memberProcedure
    .input(OfInstrument.prefault({}))
    .query(({ ctx, input }) =>
      ofVenue(ctx.database, (venue) =>
        tradeDayProofs(ctx.database.pool, venue, { ...input, limit: ROWS_MAX }),
      ),
    ),

  gaps: memberProcedure
    .input(OfInstrument.extend({ state: GapState.optional() }).prefault({}))
    .query(({ ctx, input }) =>
      ofVenue(ctx.database, (venue) =>
        listGaps(ctx.database.pool, venue, { ...input, limit: ROWS_MAX }),
      ),
    ),

  // The feed is common to all workspaces, so that whoever asks must be somebody.
  askGapAgain: ownerProcedure.input(GapId).mutation(async ({ ctx, input }) => {
    if (ctx.viewer.isGuest) {
      throw new AppError("forbidden", "A guest cannot have gaps asked for again: sign up first");
    }
    await requireRateLimit(ctx.database, ctx.env, "gap-again-workspace", ctx.workspaceId);
    await askGapAgain(ctx.database, input.id);
  }),

  differences: memberProcedure.query(({ ctx }) =>
    ofVenue(ctx.database, (venue) => listBarDifferences(ctx.database.pool, venue, ROWS_MAX)),
  ),

  events: memberProcedure
    .input(OfInstrument.prefault({}))
    .query(({ ctx, input }) => listFeedEvents(ctx.database.pool, { ...input, limit: ROWS_MAX })),
});

/** Rows of the venue that live data comes from; none before the first feed has run. */
async function ofVenue<Row>(
  database: Database,
  rows: (venue: Venue) => Promise<Row[]>,
): Promise<Row[]> {
  const venue = await liveVenue(database.pool);
  return venue === null ? [] : rows(venue);
}
