/** What the address holds for "none": absent means the usual one. */
const NONE = "none";

/** The benchmark that is drawn without a word: all legs in equal parts if there is one, else the first. */
export function usualBenchmark(benchmarks: readonly { readonly kind: string }[]): number {
  return Math.max(
    0,
    benchmarks.findIndex(({ kind }) => kind === "equal-weight"),
  );
}

/**
 * Benchmarks that are drawn over the equity, as the address has them.
 *
 * @param text places by commas; absent: the usual one
 * @param count how many the report has
 * @param usual place of the usual one
 */
export function shownBenchmarks(text: string | null, count: number, usual: number): number[] {
  if (text === null) return usual < count ? [usual] : [];
  if (text === NONE) return [];
  const places = text.split(",").filter((part) => /^\d{1,2}$/.test(part));
  return [...new Set(places.map(Number))].filter((place) => place < count).sort((a, b) => a - b);
}

/** The address's form of them; null where they are what is shown without a word. */
export function benchmarksText(places: readonly number[], usual: number): string | null {
  if (places.length === 0) return NONE;
  return places.length === 1 && places[0] === usual ? null : places.join(",");
}
