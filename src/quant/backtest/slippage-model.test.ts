import { describe, expect, test } from "vitest";
import { fillableQuantity, type SlippageModel, slippageRate } from "./slippage-model.ts";

const INPUT = { price: 100, priceTick: 0.5, quantityAbs: 10, takenAbs: 0, volume: 200 };
const SHARE: SlippageModel = { kind: "volume-share", impact: 0.1, shareMax: 0.025 };

describe("slippageRate", () => {
  const rows: { name: string; model: SlippageModel; input: typeof INPUT; is: number }[] = [
    { name: "basis points", model: { kind: "bps", slippageBps: 5 }, input: INPUT, is: 0.0005 },
    {
      name: "half of the quoted width",
      model: { kind: "half-spread", bidAskSpreadBps: 80 },
      input: INPUT,
      is: 0.004,
    },
    {
      name: "half a tick where the quoted width is less than one",
      model: { kind: "half-spread", bidAskSpreadBps: 10 },
      input: INPUT,
      is: 0.0025,
    },
    { name: "the square of the share", model: SHARE, input: INPUT, is: 0.1 * 0.05 ** 2 },
    { name: "no share above one", model: SHARE, input: { ...INPUT, volume: 1 }, is: 0.1 },
    {
      name: "a share of one without volume",
      model: SHARE,
      input: { ...INPUT, volume: Number.NaN },
      is: 0.1,
    },
  ];
  test.each(rows)("$name", ({ model, input, is }) => {
    expect(slippageRate(model, input)).toBeCloseTo(is, 12);
  });
});

test("regression: two fills of a bar cost less than one of their sum", () => {
  const cost = (quantityAbs: number, takenAbs: number) =>
    quantityAbs * slippageRate(SHARE, { ...INPUT, quantityAbs, takenAbs });
  expect(cost(6, 0) + cost(4, 6)).toBeCloseTo(cost(10, 0), 12);
  // A share of one is all that there is to pay for.
  expect(cost(150, 0) + cost(150, 150)).toBeCloseTo(cost(300, 0), 12);
});

test("only the share of volume limits a fill", () => {
  expect(fillableQuantity({ kind: "bps", slippageBps: 5 }, 0)).toBe(Infinity);
  expect(fillableQuantity(SHARE, 200)).toBe(5);
  expect(fillableQuantity(SHARE, Number.NaN)).toBe(0);
});
