/** Instruments of a pair (leg Y, leg X), or one by itself. */
export type BookIds = readonly number[];

/** More are refused by the server. */
export const CHOSEN_BOOKS_MAX = 100;

const BOOK = /^\d{1,10}(-\d{1,10})?$/;

/** Books of an address: "12-34.56-78"; null where none are named, so that the model's own are meant. */
export function booksOfParam(text: string | null): BookIds[] | null {
  if (text === null) return null;
  const books = text
    .split(".")
    .filter((book) => BOOK.test(book))
    .map((book) => book.split("-").map(Number));
  return books.length === 0 ? null : withoutDoubles(books).slice(0, CHOSEN_BOOKS_MAX);
}

/** The inverse of booksOfParam. */
export function paramOfBooks(books: readonly BookIds[]): string {
  return books.map(bookKey).join(".");
}

/** What tells one book from another. */
export function bookKey(book: BookIds): string {
  return book.join("-");
}

/** Each book once, where it stands first. */
export function withoutDoubles(books: readonly BookIds[]): BookIds[] {
  const keys = books.map(bookKey);
  return books.filter((_, place) => keys.indexOf(keys[place] ?? "") === place);
}
