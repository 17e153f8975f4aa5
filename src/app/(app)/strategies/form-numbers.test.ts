import fc from "fast-check";
import { expect, test } from "vitest";
import { fractionOfPercent, numberOf, percentText } from "./form-numbers.ts";

test("seven per cent is 0.07, which 7 / 100 · 100 would not give back", () => {
  expect(fractionOfPercent("7")).toBe(0.07);
  expect(percentText(0.07)).toBe("7");
});

test("an empty or unreadable text is no number", () => {
  expect(numberOf(" ")).toBeNaN();
  expect(fractionOfPercent("")).toBeNaN();
  expect(fractionOfPercent("x")).toBeNaN();
});

test("a percentage of up to ten decimals comes back as it was typed", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 10 }), (n, e) => {
      const typed = String(Number(`${n}e-${e}`));
      expect(Number(percentText(fractionOfPercent(typed)))).toBe(Number(typed));
    }),
  );
});
