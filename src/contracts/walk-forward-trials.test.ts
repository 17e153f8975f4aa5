import { describe, expect, test } from "vitest";
import { defaultConfig } from "#quant/strategies/parameter-values.ts";
import { zScoreStrategy } from "#quant/strategies/z-score-strategy.ts";
import { BacktestPlan } from "./backtest-plan.ts";
import { OptimisationConfig } from "./optimisation.ts";
import { runsObstacle, windowTrials } from "./walk-forward-trials.ts";

const STRATEGY = {
  kind: "z-score-reversion",
  parameters: { ...defaultConfig(zScoreStrategy) },
} as const;

function trialsOf(space: Record<string, number[]>) {
  return windowTrials(STRATEGY, { space, objective: "sharpeRatio" });
}

describe("what is refused before there is a job (S16)", () => {
  test("a grid of more combinations than a window may try, with their number", () => {
    const many = Array.from({ length: 50 }, (_, i) => 1 + i / 50);
    const windows = Array.from({ length: 50 }, (_, i) => 20 + i);
    const found = trialsOf({ entryZScore: many, zScoreWindowBars: windows });
    expect(found).toMatchObject({ field: null, message: expect.stringContaining("2,500") });
  });

  test("a parameter that the strategy has not, by its field", () => {
    expect(trialsOf({ nothing: [1] })).toMatchObject({ field: "nothing" });
  });

  test("more runs than anybody waits for", () => {
    const counts = { windows: 1_000, books: 50, combinations: 2_000 };
    expect(runsObstacle(counts)?.message).toContain("are 100,000,000 runs");
    expect(runsObstacle({ windows: 24, books: 10, combinations: 400 })).toBeNull();
  });

  test("an objective that cannot be maximised", () => {
    const walkForward = {
      ...{ formationBars: 100, tradingBars: 50, window: "rolling", purgeBars: 0, embargoBars: 0 },
      selection: { kind: "fixed" },
      optimise: { space: { entryZScore: [2] }, objective: "luck" },
    };
    const parsed = BacktestPlan.safeParse({ kind: "walk-forward", walkForward });
    expect(parsed.error?.issues[0]?.path).toEqual(["walkForward", "optimise", "objective"]);
  });
});

test("TPE of more than 2,000 trials is refused in words (M3)", () => {
  const parsed = OptimisationConfig.safeParse({
    space: { entryZScore: { kind: "values", values: [1, 2] } },
    method: { kind: "tpe", trials: 2_001, seed: 1 },
    objective: "sharpeRatio",
    tradesMin: 1,
  });
  expect(parsed.error?.issues[0]?.message).toContain("at most 2,000");
});
