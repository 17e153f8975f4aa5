import { expect, test } from "vitest";
import { Costs } from "./strategy.ts";
import { STRATEGY_DEFAULTS } from "./strategy-defaults.ts";

const { costs } = STRATEGY_DEFAULTS;

test("an impact that the engine would refuse is refused in the form (S10)", () => {
  const slippage = { kind: "volume-share", impact: 1, shareMax: 0.1 };
  const parsed = Costs.safeParse({ ...costs, slippage });
  expect(parsed.error?.issues[0]?.path).toEqual(["slippage", "impact"]);
});

test("two payments of an instrument at one time are refused (S10)", () => {
  const one = { instrumentId: 1, events: [{ timeMs: 5, value: 1 }] };
  const other = { ...one, instrumentId: 2 };
  expect(Costs.safeParse({ ...costs, dividends: [one, other] }).success).toBe(true);
  const parsed = Costs.safeParse({ ...costs, dividends: [one, one] });
  expect(parsed.error?.issues[0]).toMatchObject({
    path: ["dividends"],
    message: "An instrument pays twice at the same time",
  });
});
