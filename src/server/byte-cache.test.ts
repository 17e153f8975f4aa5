import { expect, test } from "vitest";
import { createByteCache } from "./byte-cache.ts";

test("regression: models were kept by their number, however large they were", () => {
  const cache = createByteCache<string>(100);
  cache.set("a", "A", 40);
  cache.set("b", "B", 40);
  expect(cache.get("a")).toBe("A");
  cache.set("c", "C", 40);
  expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual(["A", undefined, "C"]);
  cache.set("d", "D", 101);
  expect([cache.get("a"), cache.get("d")]).toEqual(["A", undefined]);
  cache.set("a", "again", 60);
  expect([cache.get("a"), cache.get("c")]).toEqual(["again", "C"]);
});
