import { expect, test } from "vitest";
import { booksInWords } from "./books-in-words.ts";

const named = (...symbols: string[]) => symbols.map((symbol) => ({ symbol }));

test.each([
  { name: "a pair", books: [named("A", "B")], words: "A / B" },
  {
    name: "four pairs",
    books: [named("A", "B"), named("C", "D"), named("E", "F"), named("G", "H")],
    words: "A / B, C / D and 2 more",
  },
  {
    name: "many instruments",
    books: [named("A", "B", "C", "D", "E")],
    words: "A, B, C, D and 1 more",
  },
])("$name is named", ({ books, words }) => {
  expect(booksInWords(books)).toBe(words);
});
