import { expect, test } from "vitest";
import { FEATURE_KINDS } from "#quant/learning/features/feature-kinds.ts";
import { featureLookBack, readTyped } from "./feature-words.ts";
import { specValues } from "./spec-values.ts";

const Z_SCORE = { kind: "z-score", of: "spread", windowBars: 60 } as const;

test("a feature as typed has the name that says all of it, once it has every value", () => {
  const typed = specValues(FEATURE_KINDS, Z_SCORE);
  expect(readTyped(typed)).toEqual({ name: "z-score(spread, 60)", feature: Z_SCORE });
  expect(readTyped({ ...typed, values: { windowBars: "" } })).toBeNull();
});

test.each([
  {
    spread: { kind: "fixed", hedgeRatio: 1, intercept: 0, knownFromMs: 0 },
    says: "59 bars before",
  },
  { spread: { kind: "rolling", windowBars: 1_000 }, says: "1,058 bars before" },
  { spread: { kind: "expanding", barsMin: 250 }, says: "the whole past" },
] as const)("of a $spread.kind spread it looks back $says", ({ spread, says }) => {
  expect(featureLookBack(Z_SCORE, { ...spread, price: "log" })).toBe(says);
});

test("a column looks at its own bar", () => {
  expect(featureLookBack({ kind: "column", of: "close" }, null)).toBe("its own bar");
  expect(featureLookBack({ kind: "lag", of: "close", lagBars: 1 }, null)).toBe("1 bar before");
});
