import { InvalidInputError } from "../invalid-input-error.ts";
import { normalCdf, normalQuantile } from "../stats/normal-distribution.ts";
import {
  COMBINED_PROBABILITIES,
  COMBINED_QUANTILES,
  type CombinedQuantiles,
  type LagCriterion,
} from "./combined-p-value-table.ts";

const PROBABILITY_SCORES = COMBINED_PROBABILITIES.map(normalQuantile);

/**
 * Combined p-value of an Engle–Granger test in both directions: the probability that the better of
 * the two directions of two independent walks looks at least this good.
 *
 * Taking the smaller of the two p-values rejects 9 % of independent pairs at a nominal 5. The law of
 * that smaller value was simulated; interpolated in normal scores, and in 1 / bars between lengths.
 *
 * @param smallerPValue the smaller p-value of the two directions, in [0, 1]
 * @param options.trend deterministic terms of the first step
 * @param options.criterion how lags were chosen
 * @param options.bars bars of the pair; the law of 60 serves shorter and the longest simulated one
 *   (2,500, or 1,000) longer samples
 * @returns p in [0, 1]; 0 and 1 for 0 and 1
 * @throws {InvalidInputError} "out-of-range": no p-value, or no bars
 *
 * Cost: O(1). Source: scripts/simulate-combined-p-value.ts. Checked: the size test beside it.
 */
export function combinedPValue(
  smallerPValue: number,
  options: {
    readonly trend: "c" | "ct";
    readonly criterion: LagCriterion;
    readonly bars: number;
  },
): number {
  const { trend, criterion, bars } = options;
  if (!(smallerPValue >= 0 && smallerPValue <= 1)) {
    throw new InvalidInputError("out-of-range", "a p-value is between 0 and 1");
  }
  if (!(bars > 0)) throw new InvalidInputError("out-of-range", "a pair has bars");
  if (smallerPValue === 0 || smallerPValue === 1) return smallerPValue;
  const rows = COMBINED_QUANTILES[criterion][trend];
  const longer = rows.findIndex((row) => row.bars >= bars);
  if (longer === 0) return normalCdf(scoreIn(rows[0]!, smallerPValue));
  if (longer < 0) return normalCdf(scoreIn(rows.at(-1)!, smallerPValue));
  const short = rows[longer - 1]!;
  const long = rows[longer]!;
  const share = (1 / short.bars - 1 / bars) / (1 / short.bars - 1 / long.bars);
  const from = scoreIn(short, smallerPValue);
  return normalCdf(from + share * (scoreIn(long, smallerPValue) - from));
}

/** Normal score of the combined p-value; below the table its ratio to the smaller one stays. */
function scoreIn({ quantiles }: CombinedQuantiles, smallerPValue: number): number {
  const next = quantiles.findIndex((quantile) => quantile >= smallerPValue);
  if (next === 0) {
    return normalQuantile((smallerPValue / quantiles[0]!) * COMBINED_PROBABILITIES[0]!);
  }
  const above = next < 0 ? quantiles.length - 1 : next;
  const lower = normalQuantile(quantiles[above - 1]!);
  const slope =
    (PROBABILITY_SCORES[above]! - PROBABILITY_SCORES[above - 1]!) /
    (normalQuantile(quantiles[above]!) - lower);
  return PROBABILITY_SCORES[above - 1]! + slope * (normalQuantile(smallerPValue) - lower);
}
