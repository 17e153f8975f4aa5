import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isTradable, roundToLots, roundToTick } from "./lot-rule.ts";

describe("roundToLots", () => {
  const rows = [
    { quantity: 0.39, step: 0.1, is: 0.3 },
    { quantity: -0.39, step: 0.1, is: -0.3 },
    { quantity: 0.3, step: 0.1, is: 0.3 },
    { quantity: 0.09, step: 0.1, is: 0 },
    { quantity: -0.09, step: 0.1, is: 0 },
    { quantity: 17, step: 5, is: 15 },
    { quantity: 1.2345, step: 0, is: 1.2345 },
  ];
  test.each(rows)("$quantity in lots of $step is $is", ({ quantity, step, is }) => {
    expect(roundToLots(quantity, step)).toBe(is);
  });

  test("never exceeds what was asked, misses less than a lot, and stays where it is", () => {
    const steps = fc.constantFrom(1e-8, 0.001, 0.01, 0.25, 1, 5, 100);
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), steps, (quantity, step) => {
        const rounded = roundToLots(quantity, step);
        const rounding = 1e-9 * step + 1e-15 * Math.abs(quantity);
        expect(Math.abs(rounded)).toBeLessThanOrEqual(Math.abs(quantity) + rounding);
        expect(Math.abs(quantity) - Math.abs(rounded)).toBeLessThan(step + rounding);
        expect(roundToLots(rounded, step)).toBe(rounded);
      }),
    );
  });
});

describe("roundToTick", () => {
  const rows = [
    { price: 100.01, direction: 1, tick: 0.05, is: 100.05 },
    { price: 100.04, direction: -1, tick: 0.05, is: 100 },
    { price: 100.05, direction: 1, tick: 0.05, is: 100.05 },
    { price: 0.3, direction: 1, tick: 0.1, is: 0.3 },
    { price: 0.01, direction: -1, tick: 0.05, is: 0.05 },
    { price: 1.2345, direction: 1, tick: 0, is: 1.2345 },
  ];
  test.each(rows)("$price in direction $direction is $is", ({ price, direction, tick, is }) => {
    expect(roundToTick(price, direction, tick)).toBe(is);
  });
});

test("an order of nothing or below the minimum notional is refused", () => {
  const rule = { quantityStep: 1, priceTick: 0, notionalMin: 10 };
  expect(isTradable(0, 100, rule)).toBe(false);
  expect(isTradable(-1, 9.99, rule)).toBe(false);
  expect(isTradable(-1, 10, rule)).toBe(true);
});
