import { expect, test } from "vitest";
import { learningBars, learningBarsCsv } from "./learning-bars.ts";

test("the largest stands first, and what is below zero goes to the other side", () => {
  const { bars, zero } = learningBars([
    { name: "noise", mean: -1, deviation: null },
    { name: "signal", mean: 3, deviation: null },
  ]);
  expect(zero).toBe(0.25);
  expect(bars).toMatchObject([
    { name: "signal", from: 0.25, to: 1, spread: null },
    { name: "noise", from: 0, to: 0.25 },
  ]);
});

test("the axis has room for what a bar varies by", () => {
  const { bars } = learningBars([{ name: "signal", mean: 3, deviation: 1 }]);
  expect(bars[0]).toMatchObject({ to: 0.75, spread: { from: 0.5, to: 1 } });
});

test("where nothing matters no bar has a length", () => {
  const { bars } = learningBars([{ name: "noise", mean: 0, deviation: 0 }]);
  expect(bars[0]).toMatchObject({ from: 0, to: 0 });
});

test("as CSV every feature has a line", () => {
  expect(learningBarsCsv([{ name: "a", mean: 1, deviation: null }], "Loss")).toBe(
    "Feature,Loss,Standard deviation\r\na,1,\r\n",
  );
});
