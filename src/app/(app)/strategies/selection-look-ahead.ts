import type { TimeWindow } from "#contracts/interval.ts";
import { formatDateUtc } from "#ui/format.ts";

/** What a pair was chosen by: the window of its scan, and where the data of both legs end. */
export type PairSelection = {
  readonly formation: TimeWindow;
  readonly dataEndMs: number | null;
};

/**
 * What must be said when a strategy trades bars by which its pair was chosen: of many pairs the best one
 * of a window looks good in that window, whatever it does later. Null when all that is traded is unseen.
 */
export function selectionLookAhead(
  { formation, dataEndMs }: PairSelection,
  trading: { readonly startMs: number | null; readonly endMs: number | null },
): string | null {
  const { startMs, endMs } = trading;
  if (startMs !== null && startMs >= formation.endMs) return null;
  if (endMs !== null && endMs <= formation.startMs) return null;
  const seen = `The scan read the data until ${formatDateUtc(formation.endMs)} and found this pair in them.`;
  return dataEndMs !== null && dataEndMs > formation.endMs
    ? `${seen} Trading before that date looks better than it is: start on ${formatDateUtc(formation.endMs)}.`
    : `${seen} Nothing that it has not seen is left to trade, so the result will look better than it is. Scan an earlier window, or add newer prices.`;
}
