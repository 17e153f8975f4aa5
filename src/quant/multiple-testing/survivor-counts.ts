/** How many tests survive each correction for their number. */
export type SurvivorCounts = {
  readonly benjaminiHochberg: number;
  readonly benjaminiYekutieli: number;
};

/**
 * Survivors: how many of many tests each correction of the false discovery rate leaves.
 *
 * The largest k for which m p₍ₖ₎ / k, times Σ 1/i for Benjamini–Yekutieli, is below the level.
 *
 * @param pValues in [0, 1], any order; NaN for a test that was not made
 * @param level of the false discovery rate, a fraction
 * @returns counts; see SurvivorCounts
 *
 * Cost: O(m log m). Convention: the tests whose q-value by benjaminiHochberg and benjaminiYekutieli is
 * below the level. Source: Benjamini and Hochberg (1995), Benjamini and Yekutieli (2001).
 */
export function survivorCounts(pValues: Float64Array, level: number): SurvivorCounts {
  const sorted = pValues.filter((p) => !Number.isNaN(p)).sort();
  const m = sorted.length;
  let harmonic = 0;
  for (let i = m; i >= 1; i--) harmonic += 1 / i;
  const countBelow = (factor: number): number => {
    for (let k = m; k >= 1; k--) if ((sorted[k - 1]! / (k / m)) * factor < level) return k;
    return 0;
  };
  return { benjaminiHochberg: countBelow(1), benjaminiYekutieli: countBelow(harmonic) };
}
