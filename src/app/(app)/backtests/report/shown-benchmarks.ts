/** What the address holds for "none": absent means the first. */
const NONE = "none";

/**
 * Benchmarks that are drawn over the equity, as the address has them.
 *
 * @param text places by commas; absent: the first one
 * @param count how many the report has
 */
export function shownBenchmarks(text: string | null, count: number): number[] {
  if (text === null) return count > 0 ? [0] : [];
  if (text === NONE) return [];
  const places = text.split(",").filter((part) => /^\d{1,2}$/.test(part));
  return [...new Set(places.map(Number))].filter((place) => place < count).sort((a, b) => a - b);
}

/** The address's form of them; null where they are what is shown without a word. */
export function benchmarksText(places: readonly number[]): string | null {
  if (places.length === 0) return NONE;
  return places.length === 1 && places[0] === 0 ? null : places.join(",");
}
