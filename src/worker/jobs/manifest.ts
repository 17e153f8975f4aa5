import { createHash } from "node:crypto";
import { canonicalJson } from "#contracts/canonical-json.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { Manifest } from "#contracts/manifest.ts";
import type { SeriesRef } from "#db/instruments.ts";

/**
 * A series that went into a result, with the window that was read and how many bars lay in it. `barsHash`: of
 * the bars that were read; left out where they are not at hand as columns, then the series' own hash counts.
 */
export type UsedSeries = {
  readonly series: SeriesRef;
  readonly window: TimeWindow;
  readonly bars: number;
  readonly barsHash?: string;
  /** Of finer bars; left out of those of the strategy's own interval. */
  readonly intervalMs?: number;
};

/** Manifest of a result: what it was made of, so that anyone can make it again. */
export function manifestOf(
  config: unknown,
  used: readonly UsedSeries[],
  computed: {
    readonly codeHash: string;
    readonly atMs: number;
    readonly insideBars?: Manifest["insideBars"];
  },
): Manifest {
  const hashed = used.map(({ series: { symbol, venue, contentHash }, barsHash, ...read }) => ({
    ...read,
    series: { symbol, venue, contentHash: barsHash ?? contentHash },
  }));
  const data = hashed.map(({ series, window, intervalMs }) => ({
    ...series,
    window,
    ...(intervalMs === undefined ? {} : { intervalMs }),
  }));
  const { insideBars } = computed;
  return {
    configHash: sha256(canonicalJson(config)),
    dataHash: sha256(canonicalJson(data)),
    codeHash: computed.codeHash,
    hashedBars: used.every(({ barsHash }) => barsHash !== undefined) ? "read" : "whole-series",
    series: hashed.map(({ series, bars, intervalMs }) => ({
      ...series,
      bars,
      ...(intervalMs === undefined ? {} : { intervalMs }),
    })),
    ...(insideBars === undefined ? {} : { insideBars }),
    computedAtMs: computed.atMs,
  };
}

/** Hash of a text, hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
