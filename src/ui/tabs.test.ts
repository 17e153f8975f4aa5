import { expect, test } from "vitest";
import { neighbour } from "./tabs.tsx";

const TABS = [{ id: "a" }, { id: "b" }, { id: "c" }];

test.each([
  { key: "ArrowRight", from: "a", to: "b" },
  { key: "ArrowRight", from: "c", to: "a" },
  { key: "ArrowLeft", from: "b", to: "a" },
  { key: "ArrowLeft", from: "a", to: "c" },
  { key: "Home", from: "c", to: "a" },
  { key: "End", from: "a", to: "c" },
])("$key leads from $from to $to", ({ key, from, to }) => {
  expect(neighbour(TABS, from, key)?.id).toBe(to);
});

test("any other key stays the browser's", () => {
  expect(neighbour(TABS, "a", "Tab")).toBeUndefined();
});
