import { z } from "zod";
import { ScanPairRow } from "./scan.ts";
import { ScanStage } from "./scan-funnel.ts";

/**
 * Which pairs of a scan are listed: the tested ones, those whose p-value or q-value lies below the
 * significance, those that could not be tested, or those that stand at one stage of the funnel.
 */
export const ScanPairShow = z.enum(["all", "below", "discovered", "refused", ...ScanStage.options]);
export type ScanPairShow = z.infer<typeof ScanPairShow>;

/** What pairs can be ordered by: figures of ScanPairRow and its funnel, or both symbols. */
export const ScanPairSortBy = z.enum([
  "symbols",
  "observations",
  "hedgeRatio",
  "statisticYx",
  "statisticXy",
  "pValueYx",
  "pValueXy",
  "pValue",
  "qValue",
  "halfLifeBars",
  "correlation",
  "rank",
  "cluster",
  "combinedPValue",
  "johansenPValue",
  "hurst",
  "meanCrossings",
]);
export type ScanPairSortBy = z.infer<typeof ScanPairSortBy>;

/** Pairs that a list has at most: more would be a download that nobody reads. */
export const LISTED_PAIRS_MAX = 1_000;

/** Pairs of a scan as a page asks for them. A pair without the figure of the order comes last. */
export const ScanPairListRequest = z.strictObject({
  scanId: z.uuid(),
  show: ScanPairShow.default("all"),
  sort: z
    .strictObject({ by: ScanPairSortBy, desc: z.boolean() })
    .default({ by: "pValue", desc: false }),
  /** Words, each of which occurs in a symbol of the pair, in any case. */
  search: z.string().max(100).default(""),
  limit: z.number().int().min(1).max(LISTED_PAIRS_MAX).default(LISTED_PAIRS_MAX),
});
export type ScanPairListRequest = z.infer<typeof ScanPairListRequest>;

/** The first pairs in the order that was asked for, and how many there are in all. */
export type ScanPairList = { readonly rows: readonly ScanPairRow[]; readonly matchCount: number };

/** A pair as the heat map shows it. */
export const HeatMapPair = ScanPairRow.pick({
  instrumentY: true,
  instrumentX: true,
  symbolY: true,
  symbolX: true,
  refusal: true,
  pValueYx: true,
  pValueXy: true,
  qValue: true,
  halfLifeBars: true,
  correlation: true,
}).extend({
  /** Where the funnel left it; null without a funnel. */
  stage: ScanStage.nullable(),
});
export type HeatMapPair = z.infer<typeof HeatMapPair>;

/** Symbols that a heat map has at most: more squares than a screen has room for tell nothing. */
export const HEAT_MAP_SYMBOLS_MAX = 100;

/** All pairs among some symbols of a scan: of a large one those of the pairs with the smallest p-values. */
export type ScanHeatMap = {
  /** In alphabetical order. */
  readonly symbols: readonly string[];
  /** Instruments of the whole scan. */
  readonly instrumentCount: number;
  readonly pairs: readonly HeatMapPair[];
};
