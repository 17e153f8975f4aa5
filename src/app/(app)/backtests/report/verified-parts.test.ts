import { expect, test } from "vitest";
import { partLabel, partsInOrder, partText } from "./verified-parts.ts";

test("figures are called what their cards call them, other parts by their own words", () => {
  expect(partLabel("sharpeRatio")).toBe("Sharpe ratio");
  expect(partLabel("orders")).toBe("Orders");
});

test("a hash is shown by its beginning, a number to eight digits, words as they are", () => {
  expect(partText("ab".repeat(32))).toBe("abababababab…");
  expect(partText("0.12345678901")).toBe("0.12345679");
  expect(partText("not computed")).toBe("not computed");
  expect(partText("")).toBe("");
});

test("what differs stands first", () => {
  const part = (name: string, agrees: boolean) => ({ name, agrees, reported: "1", found: "2" });
  expect(
    partsInOrder([part("a", true), part("b", false), part("c", true)]).map(({ name }) => name),
  ).toEqual(["b", "a", "c"]);
});
