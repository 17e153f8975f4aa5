import type { LegView } from "#contracts/leg-view.ts";
import type { Queryable } from "./client.ts";
import { StoredBooks } from "./strategy-version-view.ts";

/** Names the instruments of books; one that is gone is called by its number. */
export type BookNames = (books: unknown) => LegView[][];

/**
 * Names of all instruments of a list of strategies in one query.
 *
 * @param stored books by id, as STRATEGY_BOOKS answers them, of every row
 */
export async function bookNames(client: Queryable, stored: readonly unknown[]): Promise<BookNames> {
  const ids = new Set(stored.flatMap((books) => StoredBooks.parse(books).flat()));
  const { rows } = await client.query<LegView>(
    `select id as "instrumentId", symbol, venue from instrument where id = any($1::int[])`,
    [[...ids]],
  );
  const known = new Map(rows.map((leg) => [leg.instrumentId, leg]));
  return (books) =>
    StoredBooks.parse(books).map((book) =>
      book.map(
        (instrumentId) =>
          known.get(instrumentId) ?? { instrumentId, symbol: `#${instrumentId}`, venue: "" },
      ),
    );
}
