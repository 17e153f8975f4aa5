import { expect, test } from "vitest";
import { legDirection } from "./leg-direction.ts";

function leg(quantity: number | null) {
  return { quantity };
}

test("quantities say which leg was bought", () => {
  const trade = { side: "long", hedgeRatio: -2, legs: [leg(3), leg(6)] } as const;
  expect([legDirection(trade, 0), legDirection(trade, 1)]).toEqual([1, 1]);
});

test("without quantities a short spread sells Y and buys X", () => {
  const trade = { side: "short", hedgeRatio: 0.8, legs: [leg(null), leg(null)] } as const;
  expect([legDirection(trade, 0), legDirection(trade, 1)]).toEqual([-1, 1]);
});

test("without quantities a negative hedge ratio trades both legs the same way", () => {
  const trade = { side: "long", hedgeRatio: -0.8, legs: [leg(null), leg(null)] } as const;
  expect([legDirection(trade, 0), legDirection(trade, 1)]).toEqual([1, 1]);
});
