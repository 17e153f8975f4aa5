import type { LegView } from "./leg-view.ts";

/**
 * Symbols of the legs of books; with the venue where two venues have an instrument of one name, so that
 * equal symbols are the same instrument.
 *
 * @param books legs of every book
 * @returns symbols of every book
 */
export function bookSymbols(books: readonly (readonly LegView[])[]): readonly string[][] {
  const instruments = new Map<string, Set<number>>();
  for (const { symbol, instrumentId } of books.flat()) {
    instruments.set(symbol, (instruments.get(symbol) ?? new Set()).add(instrumentId));
  }
  return books.map((legs) =>
    legs.map(({ symbol, venue }) =>
      (instruments.get(symbol)?.size ?? 0) > 1 ? `${symbol} (${venue})` : symbol,
    ),
  );
}
