import { describe, expect, test } from "vitest";
import { goldenSeries, randomWalk } from "../golden/load-golden.test-support.ts";
import { halfLife } from "../mean-reversion/half-life.ts";
import { engleGranger } from "./engle-granger.ts";
import { screenPair } from "./pair-screen.ts";

describe("screenPair", () => {
  test("tests both directions and keeps the spread of y on x", () => {
    const y = goldenSeries("coint_b13_hl5_n250.y").map(Math.log);
    const x = goldenSeries("coint_b13_hl5_n250.x").map(Math.log);
    const { residuals, ...yOnX } = engleGranger(y, x);
    const result = screenPair(y, x);
    expect(result).toMatchObject({
      kind: "tested",
      yOnX,
      xOnY: { statistic: engleGranger(x, y).statistic },
      halfLife: halfLife(residuals),
      observations: 250,
    });
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  test("refuses two legs that are the same with a reason", () => {
    const walk = randomWalk(100, 1);
    expect(screenPair(walk, walk)).toMatchObject({ kind: "refused", reason: "collinear" });
  });

  test("refuses a constant leg with a reason", () => {
    const flat = new Float64Array(100).fill(4.6);
    expect(screenPair(flat, randomWalk(100, 1))).toMatchObject({
      kind: "refused",
      reason: "constant",
    });
  });
});
