import { createHash } from "node:crypto";
import { canonicalJson } from "#contracts/canonical-json.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { Manifest } from "#contracts/manifest.ts";
import type { SeriesRef } from "#db/instruments.ts";

/** A series that went into a result, with the window that was read and how many bars lay in it. */
export type UsedSeries = {
  readonly series: SeriesRef;
  readonly window: TimeWindow;
  readonly bars: number;
};

/** Manifest of a result: what it was made of, so that anyone can make it again. */
export function manifestOf(
  config: unknown,
  used: readonly UsedSeries[],
  computed: { readonly codeHash: string; readonly atMs: number },
): Manifest {
  const data = used.map(({ series, window }) => ({
    symbol: series.symbol,
    venue: series.venue,
    contentHash: series.contentHash,
    window,
  }));
  return {
    configHash: sha256(canonicalJson(config)),
    dataHash: sha256(canonicalJson(data)),
    codeHash: computed.codeHash,
    series: used.map(({ series, bars }) => ({
      symbol: series.symbol,
      venue: series.venue,
      contentHash: series.contentHash,
      bars,
    })),
    computedAtMs: computed.atMs,
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
