import { expect, test } from "vitest";
import { defaultConfig } from "#quant/strategies/parameter-values.ts";
import { zScoreStrategy } from "#quant/strategies/z-score-strategy.ts";
import { valuesOfText, windowSearchOf } from "./window-search.ts";

const STRATEGY = {
  kind: "z-score-reversion",
  parameters: { ...defaultConfig(zScoreStrategy) },
} as const;
const search = (...varied: [name: string, values: string][]) =>
  windowSearchOf(
    {
      varied: varied.map(([name, values]) => ({ name, values })),
      objective: "sharpeRatio",
    },
    [STRATEGY],
  );

test("values are a list or a range with both ends", () => {
  expect(valuesOfText("1, 1.5, none")).toEqual([1, 1.5, null]);
  expect(valuesOfText("1 to 1.3 by 0.1")).toEqual([1, 1.1, 1.2, 1.3]);
  expect(valuesOfText("20 to 70 step 20")).toEqual([20, 40, 60]);
});

test("what cannot be read is said", () => {
  expect(valuesOfText(" ")).toContain("Type values");
  expect(valuesOfText("1, two")).toBe('"two" is no number');
  expect(valuesOfText("1,, 2")).toBe("A value is missing");
  expect(valuesOfText("1, 1")).toBe("A value is there twice");
  expect(valuesOfText("3 to 1 by 1")).toBe("The end must not be below the start");
  expect(valuesOfText("1 to 3 by 0")).toBe("The step must be above 0");
  expect(valuesOfText("1 to 1000 by 1")).toBe("These are 1000 values, at most 50");
});

test("no parameter is no search", () => {
  expect(search()).toEqual({ kind: "valid", optimise: null, combinations: 1 });
});

test("every combination is counted", () => {
  expect(search(["entryZScore", "1.5, 2, 2.5"], ["exitZScore", "0, 0.5"])).toEqual({
    kind: "valid",
    optimise: {
      space: { entryZScore: [1.5, 2, 2.5], exitZScore: [0, 0.5] },
      objective: "sharpeRatio",
    },
    combinations: 6,
  });
});

test("more than a window tries is refused as a whole", () => {
  const form = search(
    ["zScoreWindowBars", "20 to 69 by 1"],
    ["entryZScore", "1 to 5 by 0.1"],
    ["exitZScore", "0, 0.5"],
  );
  expect(form).toMatchObject({ kind: "refused", problems: { search: expect.any(String) } });
});

test("a value that the strategy refuses is said at its parameter", () => {
  expect(search(["exitZScore", "0, 0.5"], ["entryZScore", "-1, 2"])).toMatchObject({
    kind: "refused",
    problems: { "varied.1": expect.any(String) },
  });
  expect(search(["", "1"], ["exitZScore", "0"], ["exitZScore", "1"])).toEqual({
    kind: "refused",
    problems: { "varied.0": "Choose a parameter", "varied.2": "Is chosen twice" },
  });
});

test("regression: windows of a strategy behind a model chose the parameters of the strategy alone", () => {
  const gate = { modelVersionId: "v", mode: "approve", threshold: 0.5 } as const;
  const wanted = {
    varied: [{ name: "entryZScore", values: "1, 2" }],
    objective: "sharpeRatio",
  } as const;
  expect(windowSearchOf(wanted, [STRATEGY, { ...STRATEGY, gate }])).toEqual({
    kind: "refused",
    problems: { search: expect.stringContaining("behind a model") },
  });
});
