import { expect, test } from "vitest";
import { SignUpInput } from "./account.ts";
import { plainText } from "./plain-text.ts";
import { StrategyConfig, StrategyName } from "./strategy.ts";
import { UniverseInput } from "./universe.ts";

const universe = { name: "Majors", intervalMs: 3_600_000, instrumentIds: [1, 2] };
const person = { name: "Ada", email: "ada@example.org", password: "correct horse" };

test.each([
  { name: "NUL", text: "a\0b" },
  { name: "an escape character", text: "a\u001bb" },
  { name: "half of a surrogate pair", text: "a\ud83d" },
])("regression: $name in a name was answered with an internal error", ({ text }) => {
  expect(StrategyName.safeParse(text).success).toBe(false);
  expect(UniverseInput.safeParse({ ...universe, name: text }).success).toBe(false);
  expect(SignUpInput.safeParse({ ...person, name: text }).success).toBe(false);
  expect(plainText(10).safeParse(text).success).toBe(false);
});

test("letters of any script and emoji are fine, and notes may have lines", () => {
  expect(StrategyName.parse("  Пара 🦊 ü ")).toBe("Пара 🦊 ü");
  expect(plainText(20).parse("one\n\ttwo")).toBe("one\n\ttwo");
});

test("regression: an instrument id beyond an integer was answered with an internal error", () => {
  const ids = [1, 2_147_483_648];
  expect(UniverseInput.safeParse({ ...universe, instrumentIds: ids }).success).toBe(false);
  const { books } = StrategyConfig.shape;
  expect(books.safeParse([[1, 2_147_483_648]]).success).toBe(false);
  expect(books.safeParse([[1, 2_147_483_647]]).success).toBe(true);
});
