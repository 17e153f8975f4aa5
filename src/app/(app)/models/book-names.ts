type Named = { readonly symbol: string };

/** Every pair or instrument by name, for a filter, a file or a hover: "A / B, C / D". */
export function bookNames(books: readonly (readonly Named[])[]): string {
  return books.map((book) => book.map(({ symbol }) => symbol).join(" / ")).join(", ");
}
