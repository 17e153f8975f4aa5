type Named = { readonly symbol: string };

const BOOKS_NAMED = 2;
const INSTRUMENTS_NAMED = 4;

/**
 * What a strategy trades, in a few words: pairs as "Y / X", many instruments by the first of them. A book
 * of two is a pair.
 */
export function booksInWords(books: readonly (readonly Named[])[]): string {
  const isPairs = books.every((instruments) => instruments.length === 2);
  if (!isPairs) {
    return cut(
      books.flat().map(({ symbol }) => symbol),
      INSTRUMENTS_NAMED,
    );
  }
  return cut(
    books.map((instruments) => instruments.map(({ symbol }) => symbol).join(" / ")),
    BOOKS_NAMED,
  );
}

function cut(names: readonly string[], most: number): string {
  const left = names.length - most;
  const shown = names.slice(0, most).join(", ");
  return left > 0 ? `${shown} and ${left} more` : shown;
}
