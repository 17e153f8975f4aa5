import { expect, test } from "vitest";
import { type InstrumentCosts, NO_COSTS, requireInstrumentCosts } from "./instrument-costs.ts";

const LOTS = NO_COSTS.lots;
const DATES = { timeMs: Float64Array.of(1, 2), perUnit: Float64Array.of(0.1, -0.1) };

const refusals: { field: string; costs: Partial<InstrumentCosts> }[] = [
  { field: "takerRate", costs: { fees: { makerRate: 0, takerRate: -0.1 } } },
  { field: "makerRate", costs: { fees: { makerRate: Number.NaN, takerRate: 0 } } },
  { field: "slippageBps", costs: { slippage: { kind: "bps", slippageBps: 10_000 } } },
  { field: "bidAskSpreadBps", costs: { slippage: { kind: "half-spread", bidAskSpreadBps: -1 } } },
  { field: "shareMax", costs: { slippage: { kind: "volume-share", impact: 0, shareMax: 0 } } },
  { field: "quantityStep", costs: { lots: { ...LOTS, quantityStep: -1 } } },
  { field: "notionalMin", costs: { lots: { ...LOTS, notionalMin: Number.POSITIVE_INFINITY } } },
  { field: "borrowRateAnnual", costs: { borrowRateAnnual: -0.01 } },
  { field: "funding.everyMs", costs: { funding: { kind: "constant", rate: 0, everyMs: 0 } } },
  {
    field: "times must ascend",
    costs: {
      funding: { kind: "series", timeMs: Float64Array.of(2, 2), rate: Float64Array.of(0, 0) },
    },
  },
  {
    field: "differ in number",
    costs: { dividends: { timeMs: Float64Array.of(1), perUnit: Float64Array.of() } },
  },
  { field: "dividends must", costs: { dividends: DATES } },
];

test.each(refusals)("$field that cannot be is refused by name", ({ field, costs }) => {
  expect(() => requireInstrumentCosts({ ...NO_COSTS, ...costs }, "ETHUSDT")).toThrow(
    new RegExp(`^ETHUSDT.*${field}`),
  );
});

test("no costs, and a rebate, can be", () => {
  requireInstrumentCosts(NO_COSTS, "ETHUSDT");
  const fees = { makerRate: -0.0001, takerRate: 0.0005 };
  requireInstrumentCosts({ ...NO_COSTS, fees }, "ETHUSDT");
});
