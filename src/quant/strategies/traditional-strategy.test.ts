import { describe, expect, test } from "vitest";
import { defaultConfig } from "./parameter-values.ts";
import { formationOf, sidesOf, stepsOver } from "./strategy-bars.test-support.ts";
import { traditionalStrategy } from "./traditional-strategy.ts";

const usual = defaultConfig(traditionalStrategy);
const fit = { hedgeRatio: 2, intercept: 1, mean: 0, deviation: 1 };

/** Leg Y for a distance from the line, with leg X at 10. */
function sides(distances: readonly number[]): string {
  const closes = [distances.map((distance) => 21 + distance), distances.map(() => 10)];
  return sidesOf(stepsOver(traditionalStrategy, usual, fit, closes));
}

describe("traditionalStrategy by hand", () => {
  test.each([
    { name: "is flat inside the entry", d: [0, 0.9, -1], is: "..." },
    { name: "sells beyond the entry, not at it", d: [1, 1.1], is: ".S" },
    { name: "buys below minus the entry", d: [-1.1], is: "L" },
    { name: "stays as it was between exit and entry", d: [1.1, 0.6, -0.6], is: "SSS" },
    { name: "leaves at the exit", d: [1.1, 0.5, 0.9], is: "S.." },
    { name: "turns round in one bar", d: [1.1, -1.1], is: "SL" },
    { name: "holds through a gap", d: [1.1, Number.NaN, 0], is: "SS." },
  ])("$name", ({ d, is }) => {
    expect(sides(d)).toBe(is);
  });

  test("weights leg X by the ratio, or as much as leg Y", () => {
    const closes = [[23], [10]];
    const hedged = stepsOver(traditionalStrategy, usual, fit, closes)[0]?.target;
    const config = { ...usual, isHedged: false };
    const plain = stepsOver(traditionalStrategy, config, fit, closes)[0]?.target;
    expect(hedged).toMatchObject({ hedgeRatio: 2, hedge: "level-quantity" });
    expect(plain).toMatchObject({ hedgeRatio: 1, hedge: "log-notional" });
  });
});

test("freezes the deviation of the formation with the divisor n", () => {
  const x = Array.from({ length: 40 }, (_, i) => i);
  // Residuals 1, −1, −1, 1 are at right angles to a constant and to a line.
  const residuals = [1, -1, -1, 1];
  const y = x.map((price, i) => 3 + 2 * price + (residuals[i % 4] ?? 0));
  const outcome = traditionalStrategy.fit(usual, formationOf([y, x]));
  if (outcome.kind === "refused") throw new Error(outcome.message);
  expect(outcome.fit.hedgeRatio).toBeCloseTo(2, 12);
  expect(outcome.fit.intercept).toBeCloseTo(3, 12);
  expect(outcome.fit.deviation).toBeCloseTo(1, 12);
});
