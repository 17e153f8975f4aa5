import { expect, test } from "vitest";
import type { ReportResult } from "#contracts/report-view.ts";
import { metricCaution } from "./metric-caution.ts";
import { reportTrade } from "./report-trade.test-support.ts";

const DAY_MS = 86_400_000;

function report(days: number, trades: number): Pick<ReportResult, "trades" | "trading"> {
  return {
    trading: { startMs: 0, endMs: days * DAY_MS, bars: days },
    trades: Array.from({ length: trades }, () => reportTrade()),
  };
}

test("regression: six weeks were annualised without a word", () => {
  const caution = "6 weeks: annualising multiplies luck";
  expect(metricCaution("annualisedReturn", report(42, 100))).toBe(caution);
  expect(metricCaution("calmarRatio", report(42, 100))).toBe(caution);
});

test("a year of few trades is no better judged by its yearly return", () => {
  expect(metricCaution("annualisedReturn", report(365, 4))).toBe("4 trades: not enough to judge");
  expect(metricCaution("annualisedReturn", report(365, 40))).toBeUndefined();
});

test("figures that do not extrapolate need no year", () => {
  expect(metricCaution("totalReturn", report(42, 4))).toBeUndefined();
  expect(metricCaution("sharpeRatio", report(42, 40))).toBeUndefined();
});
