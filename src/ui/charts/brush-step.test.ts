import { expect, test } from "vitest";
import { brushAfterKey, brushOfDrag } from "./brush-step.ts";

test("the first key takes half of the axis", () => {
  expect(brushAfterKey(null, "ArrowUp", false)).toEqual({ low: 0.5, high: 1 });
  expect(brushAfterKey(null, "ArrowDown", false)).toEqual({ low: 0, high: 0.5 });
});

test("arrows move the brush and stop at the ends, keeping its size", () => {
  const moved = brushAfterKey({ low: 0.2, high: 0.4 }, "ArrowUp", false);
  expect(moved?.low).toBeCloseTo(0.25);
  expect(moved?.high).toBeCloseTo(0.45);
  expect(brushAfterKey({ low: 0.5, high: 1 }, "ArrowUp", false)).toEqual({ low: 0.5, high: 1 });
});

test("with Shift the upper edge alone moves, never below the lower", () => {
  expect(brushAfterKey({ low: 0.5, high: 0.55 }, "ArrowDown", true)?.high).toBeCloseTo(0.55);
  expect(brushAfterKey({ low: 0.5, high: 0.8 }, "ArrowUp", true)?.high).toBeCloseTo(0.85);
});

test("Escape takes the brush away, and other keys are none of ours", () => {
  expect(brushAfterKey({ low: 0, high: 1 }, "Escape", false)).toBeNull();
  expect(brushAfterKey(null, "Tab", false)).toBeUndefined();
});

test("a drag in either direction is a brush, a click is none", () => {
  expect(brushOfDrag(0.8, 0.3)).toEqual({ low: 0.3, high: 0.8 });
  expect(brushOfDrag(0.9, 1.4)).toEqual({ low: 0.9, high: 1 });
  expect(brushOfDrag(0.5, 0.51)).toBeNull();
});
