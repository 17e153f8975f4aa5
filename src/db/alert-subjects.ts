import { z } from "zod";
import { AlertRuleView, type AlertSubject } from "#contracts/alert.ts";
import { intervalLabel } from "#contracts/bar-intervals.ts";

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
 * What a rule `r` is about. A pair that was taken off the watchlist and put on it again with the same
 * settings has a new id and is the same to its rules.
 */
export const SUBJECT_JOINS = `
  left join lateral (
    select w.live_pair_id from watched_pair w
     where w.workspace_id = r.workspace_id and r.config -> 'subject' ->> 'kind' = 'pair'
       and (w.id = (r.config -> 'subject' ->> 'watchedPairId')::uuid
         or w.live_pair_id = r.live_pair_id)
     order by w.id = (r.config -> 'subject' ->> 'watchedPairId')::uuid desc limit 1
  ) watched on true
  left join live_pair pair on pair.id = coalesce(watched.live_pair_id, r.live_pair_id)
  left join instrument leg_y on leg_y.id = pair.instrument_y
  left join instrument leg_x on leg_x.id = pair.instrument_x
  left join instrument on instrument.id = r.instrument_id`;

/** Columns of SUBJECT_JOINS for subjectOf. */
export const SUBJECT_COLUMNS = `
  watched.live_pair_id as "livePairId", leg_y.symbol as "symbolY", leg_x.symbol as "symbolX",
  (pair.settings ->> 'intervalMs')::float8 as "intervalMs",
  instrument.symbol as "symbol", instrument.market as "market"`;

export const SubjectRow = z.object({
  livePairId: z.uuid().nullable(),
  symbolY: z.string().nullable(),
  symbolX: z.string().nullable(),
  intervalMs: z.number().nullable(),
  symbol: z.string().nullable(),
  market: z.string().nullable(),
});
type SubjectRow = z.infer<typeof SubjectRow>;

/** What a rule is about, in words, and whether it is still there. */
export function subjectOf(
  subject: AlertSubject,
  row: SubjectRow,
): { readonly subjectTitle: string; readonly hasSubject: boolean } {
  switch (subject.kind) {
    case "pair":
      return { subjectTitle: pairTitle(row), hasSubject: row.livePairId !== null };
    case "feed":
      return { subjectTitle: instrumentTitle(row), hasSubject: row.symbol !== null };
    case "job":
      return { subjectTitle: "Jobs", hasSubject: true };
  }
}

function pairTitle({ symbolY, symbolX, intervalMs }: SubjectRow): string {
  if (symbolY === null || symbolX === null) return "A pair that is watched no longer";
  return `${symbolY} / ${symbolX}${intervalMs === null ? "" : ` (${intervalLabel(intervalMs)})`}`;
}

function instrumentTitle({ symbol, market }: SubjectRow): string {
  if (symbol === null) return "An instrument that is no longer there";
  return market === "usdm" ? `${symbol} (USD-M)` : symbol;
}
