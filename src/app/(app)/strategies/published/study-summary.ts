import type { PublishedStudyResult, StudyVariant } from "#contracts/published-study.ts";

/** Middle of values, the mean of the two middle ones of an even number; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** One variant over all pairs. */
export type VariantSummary = {
  readonly medianReturn: number | null;
  readonly medianSharpe: number | null;
  readonly profitable: number;
  readonly pairs: number;
};

/** What a variant made of all pairs together. */
export function variantSummary(
  { rlrt }: Pick<PublishedStudyResult, "rlrt">,
  variant: StudyVariant,
): VariantSummary {
  const figures = rlrt.map(({ runs }) => runs[variant].figures);
  return {
    medianReturn: median(figures.map(({ totalReturn }) => totalReturn)),
    medianSharpe: median(figures.flatMap(({ sharpeRatio }) => sharpeRatio ?? [])),
    profitable: figures.filter(({ totalReturn }) => totalReturn > 0).length,
    pairs: rlrt.length,
  };
}
