import { expect, test } from "vitest";
import { wordsOfName } from "./words-of-name.ts";

test.each([
  { name: "learningRate", words: "Learning rate" },
  { name: "rowsMin", words: "Rows min" },
  { name: "l2", words: "L2" },
  { name: "time-out", words: "Time out" },
])("$name is read as $words", ({ name, words }) => {
  expect(wordsOfName(name)).toBe(words);
});
