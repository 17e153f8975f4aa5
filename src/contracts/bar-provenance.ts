import { z } from "zod";

/**
 * How a bar of a venue came about.
 * complete: every trade of it was received live; late ones are counted.
 * backfilled: every trade of it is there, some fetched after a gap.
 * partial: trades of it are missing or may be (the first and last of a recording, an open gap).
 * kline: the venue's own bar, from the time before its trades were recorded.
 */
export const BarProvenance = z.enum(["complete", "backfilled", "partial", "kline"]);
export type BarProvenance = z.infer<typeof BarProvenance>;

/** As stored: the numbers never change their meaning. */
export const BAR_PROVENANCE_CODES = {
  complete: 1,
  backfilled: 2,
  partial: 3,
  kline: 4,
} as const satisfies Record<BarProvenance, number>;

/** Meaning of a stored number; null for a bar of an upload or the demo set. */
export function barProvenance(code: number | null): BarProvenance | null {
  if (code === null) return null;
  const found = BarProvenance.options.find((name) => BAR_PROVENANCE_CODES[name] === code);
  if (found === undefined) throw new Error(`Invariant: ${code} is a bar provenance`);
  return found;
}
