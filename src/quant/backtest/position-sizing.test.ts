import { describe, expect, test } from "vitest";
import {
  pairQuantities,
  requirePositionSizing,
  type SizingInput,
  type SizingRule,
} from "./position-sizing.ts";

const INPUT: SizingInput = {
  side: 1,
  hedgeRatio: 0.5,
  hedge: "log-notional",
  size: 1,
  priceY: 100,
  priceX: 20,
  equity: 10_000,
  volatility: 0.01,
};
const LEVELS: SizingInput = { ...INPUT, hedge: "level-quantity", hedgeRatio: 2 };
const AMOUNT = { kind: "quote", value: 1_000 } as const;
const VOLATILITY: SizingRule = {
  kind: "volatility-target",
  volatilityAnnual: 0.2,
  windowBars: 20,
  barsPerYear: 400,
  notionalMax: { kind: "equity-share", value: 3 },
};

describe("pairQuantities", () => {
  const rows: { name: string; rule: SizingRule; input: SizingInput; is: [number, number] }[] = [
    {
      name: "notional: leg X is worth the hedge ratio",
      rule: { kind: "notional", amount: AMOUNT },
      input: INPUT,
      is: [10, -25],
    },
    {
      name: "short is the mirror of long",
      rule: { kind: "notional", amount: AMOUNT },
      input: { ...INPUT, side: -1 },
      is: [-10, 25],
    },
    {
      name: "a negative hedge ratio holds both legs on one side",
      rule: { kind: "notional", amount: AMOUNT },
      input: { ...INPUT, hedgeRatio: -0.5 },
      is: [10, 25],
    },
    {
      name: "a hedge between levels is in units",
      rule: { kind: "notional", amount: AMOUNT },
      input: LEVELS,
      is: [10, -20],
    },
    {
      name: "fixed quantity",
      rule: { kind: "fixed-quantity", quantity: 3 },
      input: LEVELS,
      is: [3, -6],
    },
    {
      name: "hedge-weighted: both legs together are worth the amount",
      rule: { kind: "hedge-weighted", amount: { kind: "quote", value: 1_500 } },
      input: INPUT,
      is: [10, -25],
    },
    {
      name: "dollar-neutral: both legs are worth the same",
      rule: { kind: "dollar-neutral", amount: AMOUNT },
      input: INPUT,
      is: [10, -50],
    },
    {
      name: "a share of equity",
      rule: { kind: "notional", amount: { kind: "equity-share", value: 0.2 } },
      input: INPUT,
      is: [20, -50],
    },
    {
      name: "half the size",
      rule: { kind: "notional", amount: AMOUNT },
      input: { ...INPUT, size: 0.5 },
      is: [5, -12.5],
    },
    {
      name: "volatility: 1 % of equity a bar at 1 % a bar is once the equity",
      rule: VOLATILITY,
      input: INPUT,
      is: [100, -250],
    },
    {
      name: "volatility: a calm pair stops at the maximum",
      rule: VOLATILITY,
      input: { ...INPUT, volatility: 0 },
      is: [300, -750],
    },
  ];
  test.each(rows)("$name", ({ rule, input, is }) => {
    const { legY, legX } = pairQuantities(rule, input);
    expect(legY).toBeCloseTo(is[0], 9);
    expect(legX).toBeCloseTo(is[1], 9);
  });
});

test("sizes that cannot be are refused", () => {
  const refused: SizingRule[] = [
    { kind: "notional", amount: { kind: "quote", value: 0 } },
    { kind: "fixed-quantity", quantity: Number.NaN },
    { ...VOLATILITY, windowBars: 2 },
    { ...VOLATILITY, barsPerYear: -1 },
  ];
  for (const rule of refused) {
    expect(() => requirePositionSizing({ rule, pricedAt: "signal" })).toThrow(
      expect.objectContaining({ code: "out-of-range" }),
    );
  }
});
