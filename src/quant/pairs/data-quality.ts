/** How good the bars of one instrument are on the common axis of a universe. */
export type DataQuality = {
  /** Share of the axis without a price, in [0, 1]. */
  readonly missingShare: number;
  /** Share of the steps between prices at which the price stood still, in [0, 1]. */
  readonly frozenShare: number;
  /** Index of the first and the last price; −1 where there is none. */
  readonly first: number;
  readonly last: number;
};

/**
 * Data quality: what is missing from a series, and how often it did not move.
 *
 * A step goes from one price to the next that is there, however many bars are missing between them.
 *
 * @param prices one value a bar of the common axis, oldest first, NaN where there is no price
 * @returns shares and the span of the prices; an empty series is missing altogether
 *
 * Cost: O(n).
 */
export function dataQuality(prices: Float64Array): DataQuality {
  let present = 0;
  let frozen = 0;
  let first = -1;
  let last = -1;
  for (let t = 0; t < prices.length; t++) {
    const price = prices[t]!;
    if (Number.isNaN(price)) continue;
    if (first < 0) first = t;
    else if (price === prices[last]!) frozen++;
    last = t;
    present++;
  }
  return {
    missingShare: prices.length === 0 ? 1 : 1 - present / prices.length,
    frozenShare: present < 2 ? 0 : frozen / (present - 1),
    first,
    last,
  };
}

/** What an instrument must not exceed. */
export type QualityBounds = {
  readonly missingShareMax: number;
  readonly frozenShareMax: number;
};

/**
 * Verdict on the data of an instrument.
 *
 * @param quality of its prices
 * @param bounds shares in [0, 1]; a share equal to its bound is good enough
 * @returns the reason for leaving the instrument out, null to keep it
 */
export function qualityReason(
  quality: DataQuality,
  bounds: QualityBounds,
): "too-many-missing" | "too-often-frozen" | null {
  if (quality.missingShare > bounds.missingShareMax) return "too-many-missing";
  return quality.frozenShare > bounds.frozenShareMax ? "too-often-frozen" : null;
}
