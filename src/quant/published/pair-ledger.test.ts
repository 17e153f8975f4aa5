import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pairLedger } from "./pair-ledger.ts";
import { positionTrades } from "./position-trades.ts";
import { barsPerCalendarYear, publishedFigures } from "./published-figures.ts";
import { syntheticPair } from "./synthetic-pair.test-support.ts";

const DAY_MS = 86_400_000;
/** Leg Y gains 10 %, loses 10 %, stands still; leg X stands still, gains 20 %, loses 50 %. */
const CLOSES = {
  openTimeMs: Float64Array.of(0, DAY_MS, 2 * DAY_MS, 3 * DAY_MS),
  y: Float64Array.of(100, 110, 99, 99),
  x: Float64Array.of(50, 50, 60, 30),
};
const EQUAL = { hedgeSlope: null, costPerLeg: 0 };

function expectSeries(actual: Float64Array, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i], `bar ${i}`).toBeCloseTo(value, 9);
}

describe("pairLedger", () => {
  test("a position earns from the bar after it, what it asks for last is not traded", () => {
    const ledger = pairLedger(CLOSES, Float64Array.of(1, -1, 0, 1), EQUAL);
    expectSeries(ledger.returns, [0, 0.1, 0.3, 0]);
    expectSeries(ledger.budget, [100_000, 110_000, 143_000, 143_000]);
    expect(ledger.positionChanges).toBe(1 + 2 + 1);
  });

  test("both legs pay at every change, in the bar after it", () => {
    const ledger = pairLedger(CLOSES, Float64Array.of(1, -1, 0, 1), {
      ...EQUAL,
      costPerLeg: 0.001,
    });
    expectSeries(ledger.costs, [0, 0.002, 0.004, 0.002]);
    expectSeries(ledger.grossReturns, [0, 0.1, 0.3, 0]);
    expectSeries(ledger.returns, [0, 0.098, 0.296, -0.002]);
  });

  test("hedged legs are weighted by the slope at the close before, two budgets in all", () => {
    const ledger = pairLedger(CLOSES, Float64Array.of(1, 1, 1, 1), { ...EQUAL, hedgeSlope: 4 });
    // h = 4 · 50 / 100 = 2, then 4 · 50 / 110, then 4 · 60 / 99.
    const [h1, h2] = [200 / 110, 240 / 99];
    expectSeries(ledger.returns, [
      0,
      (2 * 0.1) / 3,
      (2 * (-0.1 - h1 * 0.2)) / (1 + h1),
      (2 * h2 * 0.5) / (1 + h2),
    ]);
  });
});

describe("positionTrades", () => {
  const trade = (side: "long" | "short", entryBar: number, exitBar: number, isOpen = false) => ({
    side,
    entryBar,
    exitBar,
    isOpen,
    grossReturn: 0,
  });

  test.each([
    { name: "none", position: [0, 0, 0], trades: [] },
    { name: "one that is left", position: [0, 1, 1, 0], trades: [trade("long", 1, 3)] },
    { name: "one that stays open", position: [0, -1, -1], trades: [trade("short", 1, 2, true)] },
    {
      name: "a reversal",
      position: [1, -1, -1, 0],
      trades: [trade("long", 0, 1), trade("short", 1, 3)],
    },
    { name: "one asked for at the last bar only", position: [0, 0, 1], trades: [] },
    {
      name: "a reversal at the last bar",
      position: [0, 1, -1],
      trades: [trade("long", 1, 2)],
    },
  ])("$name", ({ position, trades }) => {
    expect(positionTrades(Float64Array.from(position), new Float64Array(position.length))).toEqual(
      trades,
    );
  });

  test("together they grow as the budget does without costs", () => {
    const closes = syntheticPair(3, 60);
    const positions = fc.array(fc.constantFrom(-1, 0, 1), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(positions, (wanted) => {
        const position = Float64Array.from(wanted);
        const ledger = pairLedger(closes, position, EQUAL);
        const growth = positionTrades(position, ledger.grossReturns).reduce(
          (product, { grossReturn }) => product * (1 + grossReturn),
          1,
        );
        expect(growth).toBeCloseTo(ledger.budget[59]! / ledger.budget[0]!, 12);
      }),
    );
  });
});

describe("publishedFigures", () => {
  const ledger = pairLedger(CLOSES, Float64Array.of(1, 1, 0, 0), EQUAL);

  test("are those of the bars that can earn", () => {
    // Returns 0.1, −0.3, 0: mean −1/15, squared deviations 0.26/3.
    const { totalReturn, annualisedReturn, sharpeRatio, drawdownMax } = publishedFigures(ledger, {
      barsPerYear: 6,
      sharpeDivisor: "n-1",
    });
    expect(totalReturn).toBeCloseTo(1.1 * 0.7 - 1, 12);
    expect(annualisedReturn).toBeCloseTo((1.1 * 0.7) ** 2 - 1, 12);
    expect(sharpeRatio).toBeCloseTo((Math.sqrt(252) * (-0.2 / 3)) / Math.sqrt(0.26 / 3 / 2), 9);
    expect(drawdownMax).toBeCloseTo(0.3, 12);
  });

  test("have a larger Sharpe ratio by the divisor n", () => {
    const { sharpeRatio } = publishedFigures(ledger, { barsPerYear: 252, sharpeDivisor: "n" });
    expect(sharpeRatio).toBeCloseTo((Math.sqrt(252) * (-0.2 / 3)) / Math.sqrt(0.26 / 3 / 3), 9);
  });

  test("have no Sharpe ratio where nothing was traded", () => {
    const idle = pairLedger(CLOSES, new Float64Array(4), EQUAL);
    expect(publishedFigures(idle, { barsPerYear: 252, sharpeDivisor: "n" })).toEqual({
      totalReturn: 0,
      annualisedReturn: 0,
      sharpeRatio: null,
      drawdownMax: 0,
    });
  });

  test("a calendar year has 365.25 days, and an hour lost to the clock is no part of one", () => {
    const hour = DAY_MS / 24;
    expect(barsPerCalendarYear(Float64Array.of(0, DAY_MS, 4 * DAY_MS - hour))).toBe(730.5 / 4);
  });
});
