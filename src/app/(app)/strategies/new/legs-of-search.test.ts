import { expect, test } from "vitest";
import { legsOfSearch } from "./legs-of-search.ts";

function read(query: string) {
  const params = new URLSearchParams(query);
  return legsOfSearch((key) => params.get(key));
}

test("an address with both legs, interval and window names a pair", () => {
  expect(read("y=1&x=2&interval=3600000&from=0&to=7200000")).toEqual({
    instrumentY: 1,
    instrumentX: 2,
    intervalMs: 3_600_000,
    formation: { startMs: 0, endMs: 7_200_000 },
  });
});

test.each([
  "",
  "y=1&x=2&interval=3600000",
  "y=1&x=-2&interval=3600000&from=0&to=7200000",
  "y=1&x=2&interval=3600000&from=9&to=8",
])("“%s” names no pair", (query) => {
  expect(read(query)).toBeNull();
});
