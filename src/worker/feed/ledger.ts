import type { BarProvenance } from "#contracts/bar-provenance.ts";

/** Span of time in which trades are missing, UTC ms, both ends included. */
export type Hole = { readonly afterMs: number; readonly beforeMs: number };

/** What is known of the completeness of a symbol's trades at a moment of the feed. */
export type Ledger = {
  /** Time of the first trade there is, UTC ms. */
  readonly firstTradeMs: number;
  /** Time of the newest trade: of what comes after it nothing is known. */
  readonly lastTradeMs: number;
  readonly holes: readonly Hole[];
};

/**
 * How a bar came about. All of its trades are there when there is a trade before it, one after it, and no
 * hole in between that reaches into it.
 */
export function provenanceOf(
  bar: { readonly startMs: number; readonly endMs: number; readonly backfilledCount: number },
  ledger: Ledger,
): Exclude<BarProvenance, "kline"> {
  const { startMs, endMs } = bar;
  const isWhole =
    ledger.firstTradeMs < startMs &&
    ledger.lastTradeMs >= endMs &&
    !ledger.holes.some(({ afterMs, beforeMs }) => afterMs < endMs && beforeMs >= startMs);
  if (!isWhole) return "partial";
  return bar.backfilledCount > 0 ? "backfilled" : "complete";
}
