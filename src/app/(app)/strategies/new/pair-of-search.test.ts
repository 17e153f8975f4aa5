import { expect, test } from "vitest";
import { pairOfSearch } from "./pair-of-search.ts";

const SCAN = "00000000-0000-4000-8000-000000000001";

function read(query: string) {
  const params = new URLSearchParams(query);
  return pairOfSearch((key) => params.get(key));
}

test("an address with scan and both legs names a pair", () => {
  expect(read(`scan=${SCAN}&y=1&x=2`)).toEqual({ scanId: SCAN, instrumentY: 1, instrumentX: 2 });
});

test.each(["", `scan=${SCAN}&y=1`, `scan=nothing&y=1&x=2`, `scan=${SCAN}&y=-1&x=2`])(
  "“%s” names no pair",
  (query) => {
    expect(read(query)).toBeNull();
  },
);
