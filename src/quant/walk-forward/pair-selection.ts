import type { LagOption } from "../cointegration/lag-selection.ts";
import type { InvalidInputCode } from "../invalid-input-error.ts";
import type { BaselineKind } from "../pairs/baseline-selection.ts";
import type { UniverseClustering } from "../pairs/cluster-universe.ts";
import type { QualityBounds } from "../pairs/data-quality.ts";
import type { PValueCorrection } from "../pairs/judge-candidates.ts";
import type { VerdictBounds } from "../pairs/pair-verdict.ts";

/** What decides whether a pair is cointegrated; as the scan's own settings. */
export type FunnelTest =
  | {
      readonly kind: "calibrated";
      readonly requiresUnitRoots: boolean;
      readonly requiresJohansen: boolean;
      readonly correction: PValueCorrection;
    }
  | { readonly kind: "naive" };

/** Which pairs are candidates: those within clusters, or the first of a baseline. */
export type FunnelClustering =
  | UniverseClustering
  | { readonly kind: BaselineKind; readonly pairs: number };

/** The funnel of a scan: quality, clusters, unit roots, cointegration, correction, filters. */
export type FunnelSettings = {
  readonly prices: "log" | "level";
  readonly quality: QualityBounds;
  readonly clustering: FunnelClustering;
  readonly test: FunnelTest;
  readonly lags: LagOption;
  /** Of the test and of what is left after the correction. */
  readonly significance: number;
  readonly filters: Omit<VerdictBounds, "significance" | "requiresJohansen">;
};

/**
 * What survivors of the funnel are ordered by, the best first: the smallest p-value, the shortest half-life,
 * the most crossings of the mean, the smallest Hurst exponent. Equal ones, and all whose figure is missing,
 * are in the order of the scan: by p-value, then half-life, then place.
 */
export const PAIR_RANKINGS = ["p-value", "half-life", "mean-crossings", "hurst"] as const;
export type PairRanking = (typeof PAIR_RANKINGS)[number];

/**
 * How the books of a window are chosen; closed. "funnel": pairs, the first `count` survivors of the scan's
 * funnel. "baseline": pairs, the first `count` of a method without a test. "fixed": always the same, by places
 * in the market: leg Y and leg X, or all instruments of a basket.
 */
export type PairSelection =
  | {
      readonly kind: "funnel";
      readonly funnel: FunnelSettings;
      readonly rankBy: PairRanking;
      readonly count: number;
    }
  | {
      readonly kind: "baseline";
      readonly baseline: BaselineKind;
      readonly quality: QualityBounds;
      readonly count: number;
    }
  | { readonly kind: "fixed"; readonly books: readonly (readonly number[])[] };

/**
 * Figures of a pair over the formation bars; null where there is no answer, or the selection does not need
 * one. p-value: the one that was judged; q-value: after the correction for all that were tested.
 */
export type PairFigures = {
  readonly observations: number;
  readonly pValue: number | null;
  readonly qValue: number | null;
  readonly johansenPValue: number | null;
  readonly hedgeRatio: number | null;
  readonly halfLifeBars: number | null;
  readonly hurst: number | null;
  readonly meanCrossings: number | null;
  readonly correlation: number | null;
};

/** What is traded together: a pair (leg Y first), or a basket. `rank` from 1, the best. */
export type ChosenBook = {
  /** Places in the market's instruments. */
  readonly instruments: readonly number[];
  readonly rank: number;
  /** Null of a basket. */
  readonly figures: PairFigures | null;
};

/** What the selection of a window saw; a window without books says here where they were lost. */
export type SelectionCounts = {
  readonly instruments: number;
  /** Instruments with data good enough, not delisted. */
  readonly keptInstruments: number;
  readonly candidates: number;
  /** Candidates that came to the test and had a p-value: all that the correction counts. */
  readonly tested: number;
  /** Candidates that passed everything; of them the first are chosen. */
  readonly passed: number;
};

/** The books of a window, the best first. */
export type SelectedBooks = {
  readonly books: readonly ChosenBook[];
  readonly counts: SelectionCounts;
  /** Why nothing could be selected from these bars at all, such as too few that all instruments have. */
  readonly refusal: { readonly code: InvalidInputCode; readonly message: string } | null;
};
