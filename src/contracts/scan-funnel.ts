import { z } from "zod";

/** Settings that belong together by name; "custom" once any of them was changed. */
export const ScanPresetName = z.enum(["honest", "thesis", "service", "custom"]);
export type ScanPresetName = z.infer<typeof ScanPresetName>;

const Share = z.number().min(0).max(1);

/**
 * Which pairs are candidates: those within clusters of the instruments' PCA loadings on returns,
 * standardised; of given groups; all; or, for comparison, those that a baseline without a test would
 * trade: the nearest normalised prices, or the highest correlations of returns.
 */
export const ScanClustering = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  /** Instruments of the same group, as instruments carry it; those without one make no pairs. */
  z.strictObject({ kind: z.literal("group") }),
  z.strictObject({
    kind: z.literal("optics"),
    components: z.number().int().min(1).max(50),
    minSamples: z.number().int().min(2).max(100),
    /** Largest distance that counts, in standard deviations of the loadings; null: any. */
    epsMax: z.number().positive().max(1_000).nullable(),
    xi: z.number().gt(0).lt(1),
  }),
  z.strictObject({
    kind: z.literal("dbscan"),
    components: z.number().int().min(1).max(50),
    minSamples: z.number().int().min(1).max(100),
    eps: z.number().positive().max(1_000),
  }),
  z.strictObject({ kind: z.literal("distance"), pairs: z.number().int().min(1).max(1_000) }),
  z.strictObject({ kind: z.literal("correlation"), pairs: z.number().int().min(1).max(1_000) }),
]);
export type ScanClustering = z.infer<typeof ScanClustering>;

/**
 * What decides whether a pair is cointegrated at the scan's significance.
 * "calibrated": both legs I(1), Engle–Granger in both directions with the combined p-value.
 * "naive": ADF on the residual of the second leg on the first, as if the residual were a given series.
 */
export const ScanTest = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("calibrated"),
    /** Both legs must have one unit root: ADF at 5 % on the price and on its change. */
    requiresUnitRoots: z.boolean(),
    /** Johansen's trace test (restricted constant) must reject "no cointegration" too. */
    requiresJohansen: z.boolean(),
    correction: z.enum(["none", "benjamini-hochberg", "benjamini-yekutieli"]),
  }),
  z.strictObject({ kind: z.literal("naive") }),
]);
export type ScanTest = z.infer<typeof ScanTest>;

/** Bounds that a pair must keep after the test; null: the figure is stated but decides nothing. */
export const ScanFilters = z.strictObject({
  /** Simplified R/S of the spread, strictly below. */
  hurstMax: z.number().min(0).max(2).nullable(),
  /** Half-life of the spread in bars, strictly below. */
  halfLifeBarsMax: z.number().positive().nullable(),
  /** Crossings of the spread's mean, strictly more. */
  meanCrossingsMin: z.number().int().min(0).nullable(),
  /** Correlation of returns, at least. */
  correlationMin: z.number().min(-1).max(1).nullable(),
});
export type ScanFilters = z.infer<typeof ScanFilters>;

/** A funnel from the universe to its pairs. A scan without one tests all pairs and filters none. */
export const ScanFunnelConfig = z.strictObject({
  preset: ScanPresetName,
  prices: z.enum(["log", "level"]),
  quality: z.strictObject({
    /** Share of the common bars that an instrument may lack. */
    missingShareMax: Share,
    /** Share of its bars at which the price may stand still. */
    frozenShareMax: Share,
  }),
  clustering: ScanClustering,
  test: ScanTest,
  filters: ScanFilters,
});
export type ScanFunnelConfig = z.infer<typeof ScanFunnelConfig>;

/** The stages in their order. A pair stands at the one where it fell out, or at "passed". */
export const ScanStage = z.enum([
  "quality",
  "clustering",
  "baseline",
  "unit-roots",
  "cointegration",
  "correction",
  "johansen",
  "hurst",
  "half-life",
  "mean-crossings",
  "correlation",
  "passed",
]);
export type ScanStage = z.infer<typeof ScanStage>;

/** Why a pair fell out. A refusal by the mathematics (too short, constant, collinear) is "refused". */
export const ScanReason = z.enum([
  "too-many-missing",
  "too-often-frozen",
  "other-cluster",
  "no-cluster",
  "not-selected",
  "leg-stationary",
  "leg-integrated-twice",
  "refused",
  "not-cointegrated",
  "not-after-correction",
  "johansen-does-not-agree",
  "hurst-too-high",
  "half-life-too-long",
  "no-mean-reversion",
  "too-few-crossings",
  "correlation-too-low",
]);
export type ScanReason = z.infer<typeof ScanReason>;

/** One step of the funnel: how many pairs came to it, and what fell out for which reason. */
export const ScanFunnelStep = z.object({
  stage: ScanStage,
  entered: z.number().int(),
  passed: z.number().int(),
  reasons: z.array(z.object({ reason: ScanReason, count: z.number().int() })),
});
export type ScanFunnelStep = z.infer<typeof ScanFunnelStep>;

/** What a method without a test would trade, the best first, to hold the funnel against. */
export const ScanBaseline = z.object({
  /** "distance": smallest sum of squared distances of prices that start from 1; "correlation": of returns. */
  kind: z.enum(["distance", "correlation"]),
  pairs: z.array(
    z.object({
      instrumentY: z.number().int(),
      instrumentX: z.number().int(),
      symbolY: z.string(),
      symbolX: z.string(),
      value: z.number(),
      /** Where the funnel left it; null: it was no candidate. */
      stage: ScanStage.nullable(),
    }),
  ),
});
export type ScanBaseline = z.infer<typeof ScanBaseline>;

/** Counts of the whole funnel. Only candidates, the pairs within clusters, have rows. */
export const ScanFunnelSummary = z.object({
  instrumentCount: z.number().int(),
  /** Instruments with data good enough. */
  keptInstrumentCount: z.number().int(),
  clusterCount: z.number().int(),
  /** Instruments in a cluster. */
  assignedCount: z.number().int(),
  candidateCount: z.number().int(),
  passedCount: z.number().int(),
  steps: z.array(ScanFunnelStep),
  /** Absent where there are too many instruments, or too few bars that all of them have. */
  baselines: z.array(ScanBaseline).optional(),
});
export type ScanFunnelSummary = z.infer<typeof ScanFunnelSummary>;

/** What the funnel found of one candidate. A figure is null when the pair fell out before it was needed. */
export const ScanPairFunnel = z.object({
  stage: ScanStage,
  reason: ScanReason.nullable(),
  /**
   * The p-value that was judged: combined, or the naive one of leg Y on leg X. null for a pair that
   * did not come to the test; its combinedPValue is stated all the same.
   */
  pValue: z.number().nullable(),
  /** Position among the pairs that passed, from 1; null for others. */
  rank: z.number().int().nullable(),
  cluster: z.number().int().nullable(),
  combinedPValue: z.number().nullable(),
  johansenPValue: z.number().nullable(),
  hurst: z.number().nullable(),
  meanCrossings: z.number().int().nullable(),
});
export type ScanPairFunnel = z.infer<typeof ScanPairFunnel>;
