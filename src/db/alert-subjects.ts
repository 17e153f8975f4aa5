import { z } from "zod";
import { AlertRuleView, type AlertSubject } from "#contracts/alert.ts";
import { intervalLabel } from "#contracts/bar-intervals.ts";
import { SYNTHETIC_VENUES } from "#contracts/venue.ts";

const SYNTHETIC = SYNTHETIC_VENUES.map((venue) => `'${venue}'`).join(", ");

/** What of a rule is kept as JSON; the rest has columns. */
export const StoredRule = AlertRuleView.pick({
  subject: true,
  operator: true,
  threshold: true,
  hysteresis: true,
  cooldownMs: true,
  severity: true,
});
export type StoredRule = z.infer<typeof StoredRule>;

/**
 * What a rule `r` is about. A pair lives as long as a rule is about it, also when it is watched no longer;
 * put on the watchlist again it is the same pair under a new number.
 */
export const SUBJECT_JOINS = `
  left join live_pair pair on pair.id = r.live_pair_id
  left join watched_pair watched
    on watched.live_pair_id = r.live_pair_id and watched.workspace_id = r.workspace_id
  left join instrument leg_y on leg_y.id = pair.instrument_y
  left join instrument leg_x on leg_x.id = pair.instrument_x
  left join instrument on instrument.id = r.instrument_id`;

/** Whether a program generated the prices that a rule is about; of SUBJECT_JOINS. */
export const IS_SYNTHETIC = `(
  coalesce(leg_y.venue in (${SYNTHETIC}), false) or coalesce(leg_x.venue in (${SYNTHETIC}), false)
  or coalesce(instrument.venue in (${SYNTHETIC}), false))`;

/** Columns of SUBJECT_JOINS for SubjectRow. */
export const SUBJECT_COLUMNS = `
  pair.id as "livePairId", watched.id as "watchedPairId",
  leg_y.symbol as "symbolY", leg_x.symbol as "symbolX",
  (pair.settings ->> 'intervalMs')::float8 as "intervalMs",
  instrument.symbol as "symbol", instrument.market as "market",
  ${IS_SYNTHETIC} as "synthetic"`;

export const SubjectRow = z.object({
  livePairId: z.uuid().nullable(),
  watchedPairId: z.uuid().nullable(),
  symbolY: z.string().nullable(),
  symbolX: z.string().nullable(),
  intervalMs: z.number().nullable(),
  symbol: z.string().nullable(),
  market: z.string().nullable(),
  /** Whether a program generated its prices. */
  synthetic: z.boolean(),
});
type SubjectRow = z.infer<typeof SubjectRow>;

/** What a rule is about as it is now, in words too, and whether it is still there. */
export function subjectOf(
  subject: AlertSubject,
  row: SubjectRow,
): {
  readonly subject: AlertSubject;
  readonly subjectTitle: string;
  readonly hasSubject: boolean;
} {
  switch (subject.kind) {
    case "pair": {
      const watchedPairId = row.watchedPairId ?? subject.watchedPairId;
      return {
        subject: { ...subject, watchedPairId },
        subjectTitle: pairTitle(row),
        hasSubject: row.livePairId !== null,
      };
    }
    case "feed":
      return { subject, subjectTitle: instrumentTitle(row), hasSubject: row.symbol !== null };
    case "job":
      return { subject, subjectTitle: "Jobs", hasSubject: true };
  }
}

function pairTitle({ symbolY, symbolX, intervalMs }: SubjectRow): string {
  if (symbolY === null || symbolX === null) return "A pair that is no longer there";
  return `${symbolY} / ${symbolX}${intervalMs === null ? "" : ` (${intervalLabel(intervalMs)})`}`;
}

function instrumentTitle({ symbol, market }: SubjectRow): string {
  if (symbol === null) return "An instrument that is no longer there";
  return market === "usdm" ? `${symbol} (USD-M)` : symbol;
}
