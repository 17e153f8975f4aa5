import { InvalidInputError } from "../invalid-input-error.ts";
import { normalCdf, normalQuantile } from "../stats/normal-distribution.ts";
import {
  COMBINED_LAWS,
  COMBINED_PROBABILITIES,
  type CombinedLaw,
  type CombinedLaws,
} from "./combined-p-value-table.ts";
import { type LagOption, lagsMaxDefault } from "./lag-selection.ts";

const PROBABILITY_SCORES = COMBINED_PROBABILITIES.map(normalQuantile);

/**
 * Combined p-value of an Engle–Granger test in both directions: the probability that the better of
 * the two directions of two independent walks looks at least this good.
 *
 * Taking the smaller of the two p-values rejects 9 % of independent pairs at a nominal 5. The law of
 * that smaller value was simulated by number of bars and of lags; it is interpolated in normal scores, in
 * 1 / bars between lengths, and between lags in their share: of the bars for fixed lags, of Schwert's
 * largest lag for a search.
 *
 * @param smallerPValue the smaller p-value of the two directions, in [0, 1]
 * @param options.trend deterministic terms of the first step
 * @param options.lags of the tests
 * @param options.bars bars of the pair, ≥ 30; the longest simulated law (1,000 bars, AIC 2,500) serves
 *   longer samples. More fixed lags than were simulated (a quarter of the bars, for 500 bars an eighth,
 *   for 1,000 a sixteenth) and a search beyond Schwert's lag get the last law, which rejects less than it
 *   says
 * @returns p in [0, 1]; 0 and 1 for 0 and 1
 * @throws {InvalidInputError} "out-of-range": no p-value, or no bars
 *
 * Cost: O(1). Source: scripts/simulate-combined-p-value.ts. Checked: the size tests beside
 * cointegratedPair.
 */
export function combinedPValue(
  smallerPValue: number,
  options: {
    readonly trend: "c" | "ct";
    readonly lags: LagOption;
    readonly bars: number;
  },
): number {
  const { trend, lags, bars } = options;
  if (!(smallerPValue >= 0 && smallerPValue <= 1)) {
    throw new InvalidInputError("out-of-range", "a p-value is between 0 and 1");
  }
  if (!(bars > 0)) throw new InvalidInputError("out-of-range", "a pair has bars");
  if (smallerPValue === 0 || smallerPValue === 1) return smallerPValue;
  const rows = COMBINED_LAWS[lags.kind][trend];
  const scoreOf = (row: CombinedLaws): number =>
    scoreAmong(lawsOf(row, lags, trend), shareOfLags(lags, bars), smallerPValue);
  const longer = rows.findIndex((row) => row.bars >= bars);
  if (longer === 0) return normalCdf(scoreOf(rows[0]!));
  if (longer < 0) return normalCdf(scoreOf(rows.at(-1)!));
  const short = rows[longer - 1]!;
  const long = rows[longer]!;
  const weight = (1 / short.bars - 1 / bars) / (1 / short.bars - 1 / long.bars);
  const from = scoreOf(short);
  return normalCdf(from + weight * (scoreOf(long) - from));
}

/** Where a number of lags stands, so that it means the same for other numbers of bars. */
function shareOfLags(lags: LagOption, bars: number): number {
  if (lags.kind === "fixed") return lags.lags / bars;
  return lags.lagsMax === undefined ? 1 : lags.lagsMax / lagsMaxDefault(bars, 0);
}

/** A law where its lags stand. */
type PlacedLaw = { readonly share: number; readonly quantiles: readonly number[] };

function lawsOf(
  { bars, laws }: CombinedLaws,
  lags: LagOption,
  trend: "c" | "ct",
): readonly PlacedLaw[] {
  const placed = laws.map(
    ({ lags: count, quantiles }: CombinedLaw): PlacedLaw => ({
      share: lags.kind === "fixed" ? count / bars : count / lagsMaxDefault(bars, 0),
      quantiles,
    }),
  );
  if (lags.kind === "fixed") return placed;
  // A search that may try no lag is no search. Beyond 250 bars a lag more or less is none to speak of.
  const none = COMBINED_LAWS.fixed[trend].find((row) => row.bars === bars)?.laws[0];
  return none === undefined ? placed : [{ share: 0, quantiles: none.quantiles }, ...placed];
}

/** Normal score of the combined p-value between the laws on both sides of a share of lags. */
function scoreAmong(laws: readonly PlacedLaw[], share: number, smallerPValue: number): number {
  const above = laws.findIndex((law) => law.share >= share);
  if (above === 0) return scoreIn(laws[0]!.quantiles, smallerPValue);
  if (above < 0) return scoreIn(laws.at(-1)!.quantiles, smallerPValue);
  const fewer = laws[above - 1]!;
  const more = laws[above]!;
  const weight = (share - fewer.share) / (more.share - fewer.share);
  const from = scoreIn(fewer.quantiles, smallerPValue);
  return from + weight * (scoreIn(more.quantiles, smallerPValue) - from);
}

/** Normal score of the combined p-value; below the table its ratio to the smaller one stays. */
function scoreIn(quantiles: readonly number[], smallerPValue: number): number {
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
