import type { LegView } from "./strategy.ts";

/**
 * What a strategy trades, in a few words: "BTCUSDT / ETHUSDT", or how many pairs or instruments.
 *
 * @param books the instruments of every book
 */
export function subjectOf(books: readonly (readonly Pick<LegView, "symbol">[])[]): string {
  const [first = [], ...others] = books;
  if (others.length > 0) return `${books.length} pairs`;
  if (first.length > 2) return `${first.length} instruments`;
  return first.map(({ symbol }) => symbol).join(" / ");
}
