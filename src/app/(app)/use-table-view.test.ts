import { expect, test } from "vitest";
import { parseSort, sortText } from "./use-table-view.ts";

test.each([null, { id: "bars", desc: true }, { id: "symbol", desc: false }])(
  "an order survives the address: %o",
  (sort) => {
    expect(parseSort(sortText(sort))).toEqual(sort);
  },
);

test("an address without a column has no order", () => {
  expect(parseSort("")).toBeNull();
  expect(parseSort("-")).toBeNull();
});
