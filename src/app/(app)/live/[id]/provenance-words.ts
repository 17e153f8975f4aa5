import type { LegProvenance, ProvenanceRun } from "#contracts/live-series.ts";

/** How a bar came about. */
export const PROVENANCE_WORDS: Record<NonNullable<LegProvenance>, string> = {
  complete: "every trade live",
  backfilled: "every trade, some fetched later",
  partial: "trades missing",
  kline: "the venue's own bar",
  carried: "no trade: the close before",
};

/** How a bar of both legs came about: "every trade live", or a word for each leg where they differ. */
export function provenanceInWords({ legY, legX }: Pick<ProvenanceRun, "legY" | "legX">): string {
  const y = legY === null ? "not known" : PROVENANCE_WORDS[legY];
  const x = legX === null ? "not known" : PROVENANCE_WORDS[legX];
  return y === x ? y : `Y: ${y}; X: ${x}`;
}
