import { expect, test } from "vitest";
import { shortText } from "./short-text.ts";

test("a text is cut to its first characters", () => {
  expect(shortText("abcdef", 4)).toBe("abcd");
  expect(shortText("abc", 4)).toBe("abc");
});

test("regression: a cut through an emoji left half a character", () => {
  expect(shortText("abc😀", 4)).toBe("abc\uFFFD");
  expect(shortText("abc😀", 5)).toBe("abc😀");
});

test("a zero character and a lone surrogate are replaced", () => {
  expect(shortText("a\0b\uD83D", 9)).toBe("a\uFFFDb\uFFFD");
});
