import { expect, test } from "vitest";
import { PREDICTED_BOOKS_MAX } from "#contracts/model.ts";
import { booksOfParam, CHOSEN_BOOKS_MAX, paramOfBooks, withoutDoubles } from "./chosen-books.ts";

test("books survive the way through an address", () => {
  const books = [[12, 34], [56, 78], [9]];
  expect(booksOfParam(paramOfBooks(books))).toEqual(books);
});

test.each([
  { name: "without books", text: null },
  { name: "that is empty", text: "" },
  { name: "of nonsense", text: "a-b.1-2-3.-" },
])("an address $name means the model's own", ({ text }) => {
  expect(booksOfParam(text)).toBeNull();
});

test("a book stands there once", () => {
  expect(booksOfParam("1-2.2-1.1-2")).toEqual([
    [1, 2],
    [2, 1],
  ]);
  expect(withoutDoubles([[1], [1]])).toEqual([[1]]);
});

test("no more books are asked about than the server takes", () => {
  expect(CHOSEN_BOOKS_MAX).toBe(PREDICTED_BOOKS_MAX);
  const many = Array.from({ length: 120 }, (_, i) => [i + 1]);
  expect(booksOfParam(paramOfBooks(many))).toHaveLength(CHOSEN_BOOKS_MAX);
});
