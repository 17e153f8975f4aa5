import type { ScanConfig } from "./scan.ts";
import type { ScanFunnelConfig, ScanPresetName } from "./scan-funnel.ts";

/** What a preset sets: all of a scan but its universe and period. */
export type ScanPreset = Pick<ScanConfig, "lags" | "direction" | "significance"> & {
  readonly funnel: ScanFunnelConfig;
};

const PUBLISHED = {
  prices: "level",
  quality: { missingShareMax: 0, frozenShareMax: 1 },
  test: { kind: "naive" },
} as const satisfies Partial<ScanFunnelConfig>;

/**
 * Presets of a scan. "honest" is the default; "thesis" and "service" reproduce published results,
 * their naive test included.
 *
 * "honest" corrects by Benjamini–Hochberg. Its promise of 5 % false finds is for independent tests, and
 * pairs that share a leg are not: 5 to 8 % are false. But the false ones come of legs that look stationary
 * by chance, and these the check of unit roots leaves out first: then 3 to 4 % are. Benjamini–Yekutieli
 * would hold 1 % and miss half of the pairs that return slowly. See docs/research-combined-p-value.md.
 */
export const SCAN_PRESETS: Readonly<Record<Exclude<ScanPresetName, "custom">, ScanPreset>> = {
  honest: {
    lags: { kind: "aic" },
    direction: "smaller-of-both-doubled",
    significance: 0.05,
    funnel: {
      preset: "honest",
      prices: "log",
      quality: { missingShareMax: 0.05, frozenShareMax: 0.5 },
      clustering: { kind: "none" },
      test: {
        kind: "calibrated",
        requiresUnitRoots: true,
        requiresJohansen: true,
        correction: "benjamini-hochberg",
      },
      filters: {
        hurstMax: 0.5,
        halfLifeBarsMax: 260,
        meanCrossingsMin: 12,
        correlationMin: null,
      },
    },
  },
  thesis: {
    lags: { kind: "aic" },
    direction: "y-on-x",
    significance: 0.1,
    funnel: {
      ...PUBLISHED,
      preset: "thesis",
      clustering: { kind: "optics", components: 5, minSamples: 3, epsMax: 5, xi: 0.05 },
      filters: {
        hurstMax: 0.5,
        halfLifeBarsMax: 260,
        meanCrossingsMin: 48,
        correlationMin: null,
      },
    },
  },
  service: {
    lags: { kind: "aic" },
    direction: "y-on-x",
    significance: 0.05,
    funnel: {
      ...PUBLISHED,
      preset: "service",
      clustering: { kind: "optics", components: 5, minSamples: 5, epsMax: 10, xi: 0.1 },
      filters: {
        hurstMax: 0.5,
        halfLifeBarsMax: 260,
        meanCrossingsMin: 12,
        correlationMin: null,
      },
    },
  },
};
