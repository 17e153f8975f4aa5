import { describe, expect, test } from "vitest";
import { engleGranger } from "../cointegration/engle-granger.ts";
import { publishedRlrt } from "./published-rlrt.ts";
import { rlrtPositions } from "./rlrt-positions.ts";
import { RLRT_VARIANTS, rlrtVariants } from "./rlrt-variants.ts";
import { barsOf, syntheticPair } from "./synthetic-pair.test-support.ts";

const WHOLE = syntheticPair(7, 500);
const FORMATION = barsOf(WHOLE, 0, 250);
const TRADING = barsOf(WHOLE, 250, 500);

describe("publishedRlrt", () => {
  const result = publishedRlrt(TRADING);

  test("has one value a bar for a report to draw", () => {
    const { spread, upper, lower, trends, trendFits, position, returns, budget } = result;
    const series = [spread, upper, lower, trends, trendFits.rSquared, position, returns, budget];
    expect(series.map((values) => values.length)).toEqual(series.map(() => 250));
    expect([Math.min(...spread), Math.max(...spread)]).toEqual([0, 1]);
    expect(result.trades.length).toBeGreaterThan(3);
    expect(budget[249]! / 100_000 - 1).toBeCloseTo(result.figures.totalReturn, 12);
  });

  test("counts the trend of bar n − 3 and does not trade it", () => {
    expect(result.trendFits.slopes[247]).not.toBeNaN();
    expect(result.trends[246]).not.toBeNaN();
    expect(result.trends[247]).toBeNaN();
  });

  // What the docstring admits: the past is traded with lines and thresholds of the future.
  test("changes positions of the past when the future is cut off", () => {
    const cut = 150;
    const prefix = publishedRlrt(barsOf(TRADING, 0, cut));
    expect(prefix.position.subarray(0, cut - 3)).not.toEqual(result.position.subarray(0, cut - 3));
  });

  test("the scaling, which knows all bars as well, changes no position", () => {
    const unscaled = TRADING.y.map(
      (price, i) => price - (result.line.slope * TRADING.x[i]! + result.line.intercept),
    );
    expect(rlrtPositions(unscaled, result.trends).position).toEqual(result.position);
  });

  test("refuses fewer than 13 bars and a pair without a spread", () => {
    expect(() => publishedRlrt(barsOf(TRADING, 0, 12))).toThrow(
      expect.objectContaining({ code: "too-short" }),
    );
    expect(() => publishedRlrt({ ...TRADING, x: TRADING.x.map(() => 5) })).toThrow(
      expect.objectContaining({ code: "constant" }),
    );
  });
});

describe("rlrtVariants", () => {
  const { runs, inSample, accuracyAgainstLast, engleGrangerPValue } = rlrtVariants({
    formation: FORMATION,
    trading: TRADING,
  });

  test("hold the positions of published RLRT until its last trends", () => {
    const published = publishedRlrt(TRADING);
    expect(runs.published.position.subarray(0, 247)).toEqual(published.position.subarray(0, 247));
    expect(inSample.threshold).toEqual(published.threshold);
    expect(accuracyAgainstLast.trendCount).toBe(inSample.threshold.trendCount);
  });

  test("come to the same positions one bar later, and hedged to the same again", () => {
    const { "frozen-line": frozen, delayed, hedged } = runs;
    expect(delayed.position.subarray(1)).toEqual(frozen.position.subarray(0, 249));
    expect(delayed.position[0]).toBe(0);
    expect(hedged.position).toEqual(delayed.position);
    expect(hedged.returns).not.toEqual(delayed.returns);
  });

  test.each([
    { free: "published", paid: "published-costs" },
    { free: "hedged", paid: "hedged-costs" },
  ] as const)("$paid is $free less 10 bp a change of the position", ({ free, paid }) => {
    const costs = runs[paid].costs.reduce((sum, cost) => sum + cost, 0);
    expect(costs).toBeCloseTo(0.001 * runs[free].positionChanges, 12);
    expect(runs[paid].grossReturns).toEqual(runs[free].grossReturns);
    expect(runs[paid].figures.totalReturn).toBeLessThan(runs[free].figures.totalReturn);
  });

  test("test both periods, and have no p-value where the test has no answer", () => {
    expect(engleGrangerPValue).toEqual({
      formation: engleGranger(FORMATION.y, FORMATION.x).pValue,
      trading: engleGranger(TRADING.y, TRADING.x).pValue,
    });
    const few = rlrtVariants({ formation: barsOf(WHOLE, 0, 29), trading: TRADING });
    expect(few.engleGrangerPValue.formation).toBeNull();
    expect(few.engleGrangerPValue.trading).toBe(engleGrangerPValue.trading);
  });

  // The two bars before the end of a period have no trend, wherever its end is.
  test.each(RLRT_VARIANTS.filter((name) => !name.startsWith("published")))(
    "%s changes nothing before the cut when the future is cut off",
    (name) => {
      for (const cut of [40, 90, 150, 249]) {
        const prefix = rlrtVariants({ formation: FORMATION, trading: barsOf(TRADING, 0, cut) });
        const settled = cut - 2;
        expect(prefix.runs[name].position.subarray(0, settled)).toEqual(
          runs[name].position.subarray(0, settled),
        );
        expect(prefix.runs[name].budget.subarray(0, settled)).toEqual(
          runs[name].budget.subarray(0, settled),
        );
      }
    },
  );
});
