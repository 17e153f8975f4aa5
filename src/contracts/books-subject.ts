import type { LegView } from "./leg-view.ts";

/**
 * What a strategy trades or a model learns from, in a few words: "BTCUSDT / ETHUSDT", or how many pairs or
 * instruments.
 *
 * @param books the instruments of every book; of a model by itself each instrument is one
 */
export function subjectOf(books: readonly (readonly Pick<LegView, "symbol">[])[]): string {
  const [first = [], ...others] = books;
  if (others.length > 0) {
    const isPairs = books.every(({ length }) => length === 2);
    return `${books.length} ${isPairs ? "pairs" : "instruments"}`;
  }
  if (first.length > 2) return `${first.length} instruments`;
  return first.map(({ symbol }) => symbol).join(" / ");
}
