import { expect, test } from "vitest";
import { provenanceInWords } from "./provenance-words.ts";

test("legs that came about alike share a word", () => {
  expect(provenanceInWords({ legY: "complete", legX: "complete" })).toBe("every trade live");
  expect(provenanceInWords({ legY: "complete", legX: "carried" })).toBe(
    "Y: every trade live; X: no trade: the close before",
  );
});
