import { expect, test } from "vitest";
import type { SpreadSpec } from "../features/spread-spec.ts";
import { groupOfBook } from "./book-group.ts";
import type { LearnerKind } from "./learners.ts";

const ROLLING: SpreadSpec = { kind: "rolling", windowBars: 30, price: "log" };
const FIXED: SpreadSpec = {
  ...{ kind: "fixed", hedgeRatio: 1, intercept: 0, knownFromMs: 0, price: "log" },
};

function fileOf(books: number[][], spread: SpreadSpec | null, learner: LearnerKind = "logistic") {
  return { books, spread, learner };
}
const POOL = [
  [1, 2],
  [3, 4],
];

test.each([
  { name: "its own", file: fileOf(POOL, ROLLING), book: [3, 4], is: [1, true] },
  {
    name: "one that a pool has not seen",
    file: fileOf(POOL, ROLLING),
    book: [5, 6],
    is: [0, false],
  },
  { name: "an instrument of a pool", file: fileOf([[1], [2]], null), book: [3], is: [0, false] },
  {
    name: "one turned round, of a pool: it is another pair",
    file: fileOf(POOL, ROLLING),
    book: [4, 3],
    is: [0, false],
  },
  {
    name: "regression: one that the model of a single pair has not seen",
    file: fileOf([[1, 2]], ROLLING),
    book: [5, 6],
    is: null,
  },
  {
    name: "regression: the pair of a model turned round",
    file: fileOf([[1, 2]], ROLLING),
    book: [2, 1],
    is: null,
  },
  { name: "one of another kind", file: fileOf(POOL, ROLLING), book: [5], is: null },
  { name: "one without a frozen line", file: fileOf(POOL, FIXED), book: [5, 6], is: null },
  {
    name: "one that a forecaster has not seen",
    file: fileOf(POOL, ROLLING, "autoregression"),
    book: [5, 6],
    is: null,
  },
])("$name", ({ file, book, is }) => {
  const found = groupOfBook(file, book);
  expect(found === null ? null : [found.group, found.isLearned]).toEqual(is);
});
