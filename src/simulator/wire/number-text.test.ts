import { describe, expect, test } from "vitest";
import { INSTRUMENT_PLANS } from "../market/instrument-plan.ts";
import { createNumberText, fixedText } from "./number-text.ts";

function textOf(market: string, symbol: string) {
  const plan = INSTRUMENT_PLANS.find((each) => each.market === market && each.symbol === symbol);
  if (plan === undefined) throw new Error(`No plan for ${symbol}`);
  return createNumberText(plan);
}

describe("number texts", () => {
  test("spot prints eight decimals", () => {
    const text = textOf("spot", "BTCUSDT");
    expect(text.price(6_183_763)).toBe("61837.63000000");
    expect(text.quantity(9)).toBe("0.00009000");
    expect(text.quote(6_183_763n * 9n)).toBe("5.56538670");
  });

  test("a price of few ticks keeps its leading zeros", () => {
    expect(textOf("spot", "SHIBUSDT").price(1_036)).toBe("0.00001036");
    expect(textOf("spot", "SHIBUSDT").quantity(125_000)).toBe("125000.00000000");
  });

  test("futures print their own decimals, in ticks coarser than the last", () => {
    const text = textOf("usdm", "BTCUSDT");
    expect(text.price(618_376)).toBe("61837.60");
    expect(text.quantity(2_001)).toBe("2.001");
    expect(text.quote(618_376n * 2_001n)).toBe("123737.03760");
  });

  test.each([
    { units: 0, decimals: 2, printed: 2, text: "0.00" },
    { units: 7, decimals: 3, printed: 8, text: "0.00700000" },
    { units: 123, decimals: 0, printed: 0, text: "123" },
    { units: 123, decimals: 0, printed: 3, text: "123.000" },
    { units: 99_999_999_999_999, decimals: 4, printed: 4, text: "9999999999.9999" },
  ])("$units of $decimals decimals is $text", ({ units, decimals, printed, text }) => {
    expect(fixedText(decimals, printed)(units)).toBe(text);
  });
});
