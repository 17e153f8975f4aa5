import fc from "fast-check";
import { expect, test } from "vitest";
import { costSteps } from "./cost-steps.ts";

const COSTS = {
  grossPnl: 100,
  slippage: 10,
  fees: 20,
  funding: -5,
  borrow: 0,
  dividends: 0,
  liquidationFees: 0,
  netPnl: 75,
};

test("each step begins where the last one ended, and what cost nothing is left out", () => {
  expect(costSteps(COSTS)).toEqual([
    { label: "Before costs", value: 110, from: 0, to: 110, isTotal: true },
    { label: "Slippage", value: -10, from: 110, to: 100, isTotal: false },
    { label: "Fees", value: -20, from: 100, to: 80, isTotal: false },
    { label: "Funding", value: -5, from: 80, to: 75, isTotal: false },
    { label: "Net", value: 75, from: 0, to: 75, isTotal: true },
  ]);
});

test("the steps lead to the net profit, whatever the costs", () => {
  const cents = fc.integer({ min: -1_000_000, max: 1_000_000 });
  fc.assert(
    fc.property(fc.record({ gross: cents, slippage: cents, fees: cents, funding: cents }), (c) => {
      const netPnl = c.gross - c.fees + c.funding;
      const steps = costSteps({
        ...COSTS,
        grossPnl: c.gross,
        slippage: c.slippage,
        fees: c.fees,
        funding: c.funding,
        netPnl,
      });
      expect(steps.at(-2)?.to).toBe(netPnl);
      expect(steps.at(-1)?.to).toBe(netPnl);
    }),
  );
});
