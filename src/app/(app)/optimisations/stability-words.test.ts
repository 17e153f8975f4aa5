import { expect, test } from "vitest";
import { groundOf } from "./stability-words.ts";

test.each([
  { own: 2, neighbours: 1.8, reference: 0, ground: "plateau" },
  { own: 2, neighbours: 1, reference: 0, ground: "slope" },
  { own: 2, neighbours: 0.2, reference: 0, ground: "lone-peak" },
  { own: 2, neighbours: -1, reference: 0, ground: "lone-peak" },
  { own: 2, neighbours: null, reference: 0, ground: "unknown" },
  { own: -0.5, neighbours: -0.4, reference: 0, ground: "not-good" },
  { own: null, neighbours: 1, reference: 0, ground: "not-good" },
])("$own amid $neighbours is $ground", ({ own, neighbours, reference, ground }) => {
  expect(groundOf(own, neighbours, reference).ground).toBe(ground);
});

test("a profit factor is measured from 1, where nothing is won or lost", () => {
  expect(groundOf(2, 1.1, 1)).toEqual({ ground: "lone-peak", kept: expect.closeTo(0.1) });
});
