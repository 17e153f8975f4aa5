import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NO_COSTS } from "../backtest/instrument-costs.ts";
import {
  openClose,
  plainBacktest,
  scriptedBook,
  spread,
} from "../backtest/scripted-book.test-support.ts";
import { costAttribution } from "./cost-attribution.ts";
import { randomRun, reportedOf } from "./reported-run.test-support.ts";

const SEEDS = fc.integer({ min: 0, max: 2 ** 31 });
const LEG_Y = openClose([
  [100, 101],
  [102, 103],
  [104, 105],
  [106, 107],
]);
const LEG_X = openClose([
  [50, 50],
  [50, 51],
  [52, 52],
  [52, 52],
]);

describe("costAttribution", () => {
  test("adds up to the change of equity, leg by leg, open positions included", () => {
    let open = 0;
    fc.assert(
      fc.property(SEEDS, fc.integer({ min: 5, max: 80 }), (seed, bars) => {
        const reported = randomRun(seed, bars);
        const { legs, total, equityChange, unexplained } = costAttribution(reported);
        expect(Math.abs(unexplained)).toBeLessThan(1e-6);
        const last = Number(reported.run.equity.at(-1));
        expect(equityChange).toBe(last - reported.initialCash);
        const sum = legs.reduce((net, leg) => net + leg.net, 0);
        expect(Math.abs(sum - total.net)).toBeLessThan(1e-6);
        const held = legs.reduce((value, leg) => value + leg.openValue, 0);
        expect(Math.abs(held - Number(reported.run.netExposure.at(-1)))).toBeLessThan(1e-6);
        if (held !== 0) open += 1;
      }),
      { numRuns: 300 },
    );
    expect(open).toBeGreaterThan(20);
  });

  test("says by hand what each leg made and what it cost", () => {
    const cost = {
      ...NO_COSTS,
      fees: { makerRate: 0, takerRate: 0.001 },
      slippage: { kind: "bps", slippageBps: 100 },
    } as const;
    const backtest = plainBacktest(
      [LEG_Y, LEG_X],
      [scriptedBook({ 0: spread("long"), 1: spread("flat") })],
      { costs: [cost, NO_COSTS] },
    );
    const { legs, total } = costAttribution(reportedOf(backtest));
    // Ten units bought at 102 and sold at 104, a hundredth worse each time, for a thousandth of it.
    expect(legs[0]?.grossProfit).toBeCloseTo(20, 9);
    expect(legs[0]?.slippage).toBeCloseTo(10.2 + 10.4, 9);
    expect(legs[0]?.fees).toBeCloseTo(1.0302 + 1.0296, 9);
    expect(legs[1]?.grossProfit).toBeCloseTo(-20, 9);
    expect(total.net).toBeCloseTo(-20.6 - 2.0598, 9);
  });
});
