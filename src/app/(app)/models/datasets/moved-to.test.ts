import { expect, test } from "vitest";
import { movedTo } from "./moved-to.ts";

test.each([
  { from: 0, to: 1, list: ["b", "a", "c"] },
  { from: 2, to: 0, list: ["c", "a", "b"] },
  { from: 1, to: 1, list: ["a", "b", "c"] },
])("what stands at $from goes to $to", ({ from, to, list }) => {
  expect(movedTo(["a", "b", "c"], from, to)).toEqual(list);
});
