import { expect, test } from "vitest";
import { additionOf, additionOfPairs, foundVerb, pairKey } from "./universe-books.ts";

const ids = (count: number, from = 1) => Array.from({ length: count }, (_, i) => from + i);
const pairs = (count: number, from: number) => additionOfPairs(ids(count, from), []).added;

test("a universe of 14 instruments has 91 pairs, which are all added", () => {
  const { added, offered, refusal } = additionOfPairs(ids(14), []);
  expect([added.length, offered, refusal]).toEqual([91, 91, null]);
  expect(new Set(added.map(pairKey)).size).toBe(91);
});

test("more pairs than a dataset takes are refused with their number", () => {
  expect(additionOfPairs(ids(50), [])).toEqual({
    ...{ added: [], offered: 1_225, refusal: "1,225 pairs: a dataset takes 100." },
  });
  expect(additionOfPairs(ids(1_000), []).refusal).toMatch("499,500 pairs");
  expect(additionOfPairs(ids(14), pairs(5, 101)).refusal).toBe(
    "91 pairs: a dataset takes 100, and 10 are chosen already.",
  );
});

test("what is chosen already is not added again, whichever is leg Y", () => {
  const [first] = pairs(14, 1);
  const turned = { y: first?.x ?? "", x: first?.y ?? "" };
  const { added, offered } = additionOfPairs(ids(14), [turned]);
  expect([added.length, offered]).toEqual([90, 90]);
  expect(additionOfPairs(ids(2), [turned]).refusal).toBe("Every pair of it is chosen already.");
  expect(additionOfPairs(ids(1), []).refusal).toBe("There is no pair to add.");
});

test("of ranked pairs the first are taken, and none where there is no room", () => {
  const books = [...pairs(14, 1), ...pairs(14, 101)];
  const ranked = { noun: "pair", books, keyOf: pairKey, isRanked: true };
  const { added, offered } = additionOf({ ...ranked, chosen: [] });
  expect([added, offered]).toEqual([books.slice(0, 100), 182]);
  const chosen = [...pairs(14, 201), ...pairs(5, 301)].slice(0, 100);
  expect(additionOf({ ...ranked, chosen }).refusal).toBe(
    "182 pairs: a dataset takes 100, and 100 are chosen already.",
  );
});

test("instruments of a universe are added up to as many as a dataset takes", () => {
  const each = { noun: "instrument", keyOf: (id: number) => id, isRanked: false };
  expect(additionOf({ ...each, books: ids(20), chosen: ids(10) }).added).toEqual(ids(10, 11));
  expect(additionOf({ ...each, books: ids(150), chosen: [] }).refusal).toBe(
    "150 instruments: a dataset takes 100.",
  );
});

test.each([
  { counts: { added: 20, known: 0, left: 0 }, words: "Add 20 pairs" },
  { counts: { added: 1, known: 0, left: 0 }, words: "Add 1 pair" },
  { counts: { added: 100, known: 0, left: 20 }, words: "Add the 100 most significant" },
  { counts: { added: 98, known: 2, left: 20 }, words: "Add the 98 most significant others" },
  { counts: { added: 18, known: 2, left: 0 }, words: "Add the other 18" },
])("regression: all that is left of a scan was called the most significant: $words", (row) => {
  expect(foundVerb(row.counts)).toBe(row.words);
});
