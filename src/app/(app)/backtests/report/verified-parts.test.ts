import { expect, test } from "vitest";
import { notComparedNote, partLabel, partsInOrder, partText } from "./verified-parts.ts";

test("figures are called what their cards call them, other parts by their own words", () => {
  expect(partLabel("sharpeRatio")).toBe("Sharpe ratio");
  expect(partLabel("deflatedSharpe")).toBe("Deflated Sharpe ratio");
  expect(partLabel("lookAhead")).toBe("Look-ahead proof");
  expect(partLabel("orders")).toBe("Orders");
});

test("a hash is shown by its beginning, a number to eight digits, words as they are", () => {
  expect(partText("ab".repeat(32))).toBe("abababababab…");
  expect(partText("0.12345678901")).toBe("0.12345679");
  expect(partText("not computed")).toBe("not computed");
  expect(partText("")).toBe("");
});

const part = (name: string, agrees: boolean | null) => ({
  name,
  agrees,
  reported: "1",
  found: "2",
});

test("what differs stands first, then what cannot be compared", () => {
  expect(
    partsInOrder([part("a", true), part("b", null), part("c", false), part("d", true)]).map(
      ({ name }) => name,
    ),
  ).toEqual(["c", "b", "a", "d"]);
});

test("what is not compared is named, with the reason", () => {
  expect(notComparedNote([part("data", true), part("fills", false)])).toBeNull();
  expect(notComparedNote([part("data", null), part("fills", true)])).toContain(
    "Not compared: Data. The report was made before",
  );
});
