import { expect, test } from "vitest";
import type { WindowResult } from "#contracts/backtest.ts";
import { medianSlope, slopesOf, windowProfit } from "./window-figures.ts";

const NONE = { value: null, reason: "too few bars" };

const NO_METRICS: WindowResult["inSample"] = {
  totalReturn: NONE,
  annualisedReturn: NONE,
  annualisedVolatility: NONE,
  sharpeRatio: NONE,
  sortinoRatio: NONE,
  calmarRatio: NONE,
  omegaRatio: NONE,
  drawdownMax: NONE,
  drawdownDurationBars: NONE,
  valueAtRisk95: NONE,
  conditionalValueAtRisk95: NONE,
  winRate: NONE,
  profitFactor: NONE,
  expectancy: NONE,
  averageHoldingBars: NONE,
  turnover: NONE,
  exposure: NONE,
  tradeCount: NONE,
};

function metrics(sharpeRatio: number | null): WindowResult["inSample"] {
  return { ...NO_METRICS, sharpeRatio: { value: sharpeRatio, reason: null } };
}

function window(inSample: number | null, outOfSample: number | null): WindowResult {
  return {
    formationStartMs: 0,
    formationEndMs: 1,
    tradingStartMs: 1,
    tradingEndMs: 2,
    pairs: [],
    candidates: 0,
    trials: 0,
    inSample: metrics(inSample),
    outOfSample: metrics(outOfSample),
  };
}

test("only windows that have the figure on both sides are compared", () => {
  const windows = [window(2, 1), window(null, 1), window(3, null), window(4, -1)];
  expect(slopesOf(windows, "sharpeRatio")).toEqual([
    { window: 0, inSample: 2, outOfSample: 1 },
    { window: 3, inSample: 4, outOfSample: -1 },
  ]);
});

test("the median of an even number lies between the middle two, and of none there is none", () => {
  expect(medianSlope(slopesOf([window(2, 1), window(4, -1)], "sharpeRatio"))).toEqual({
    inSample: 3,
    outOfSample: 0,
  });
  expect(medianSlope([])).toBeNull();
});

test("a window without pairs made nothing", () => {
  expect(windowProfit(window(1, 1))).toBe(0);
});
