import { expect, test } from "vitest";
import { subjectOf } from "./books-subject.ts";

const book = (...symbols: string[]) => symbols.map((symbol) => ({ symbol }));

test.each([
  { books: [book("A", "B")], subject: "A / B" },
  { books: [book("A")], subject: "A" },
  { books: [book("A", "B", "C")], subject: "3 instruments" },
  { books: [book("A", "B"), book("C", "D")], subject: "2 pairs" },
  { books: [book("A"), book("B"), book("C")], subject: "3 instruments" },
])("what is traded is called $subject", ({ books, subject }) => {
  expect(subjectOf(books)).toBe(subject);
});
