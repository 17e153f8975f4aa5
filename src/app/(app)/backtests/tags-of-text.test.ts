import { expect, test } from "vitest";
import { tagsOfText } from "./tags-of-text.ts";

test("tags are trimmed, in lower case, and each stands once", () => {
  expect(tagsOfText(" Pairs, crypto,pairs,, ")).toEqual(["pairs", "crypto"]);
  expect(tagsOfText("")).toEqual([]);
});
