import { expect, test } from "vitest";
import { protectiveLevels } from "./protection-rule.ts";

test.each([
  { name: "a long leg", direction: 1, stop: 90, limit: 120 },
  { name: "a short leg", direction: -1, stop: 110, limit: 80 },
])("$name", ({ direction, stop, limit }) => {
  const rule = { stopLoss: 0.1, takeProfit: 0.2 };
  const levels = protectiveLevels(rule, { price: 100, direction, priceTick: 0 });
  expect(levels.stop).toBeCloseTo(stop, 10);
  expect(levels.limit).toBeCloseTo(limit, 10);
});

test("regression: a limit was granted a tick before its price, even at the entry", () => {
  const rule = { stopLoss: null, takeProfit: 0.013 };
  const at = (direction: number) =>
    protectiveLevels(rule, { price: 100, direction, priceTick: 0.5 });
  expect(at(1)).toEqual({ stop: Number.NaN, limit: 101.5 });
  expect(at(-1)).toEqual({ stop: Number.NaN, limit: 98.5 });
});
