import { expect, test } from "vitest";
import { isWeekend } from "#quant/series/market-calendar.ts";
import { HOUR_MS, pairStrategy } from "../compute/pair-strategy.test-support.ts";
import type { StrategyInput } from "../compute/strategy-input.ts";
import { sizingOf, strategyMarket } from "../compute/strategy-market.ts";
import { tradeStrategy } from "../compute/trade-strategy.ts";
import { annualisationNotes } from "./annualisation-notes.ts";

const DAY_MS = 24 * HOUR_MS;
const SESSION_HOURS = [14, 21] as const;

/** A coin that trades always beside a stock that closes. */
function mixedPair(stepMs: number, bars: number): StrategyInput {
  const whole = pairStrategy(Float64Array.from({ length: bars }, (_, bar) => bar * stepMs));
  const [stock, coin] = whole.series;
  if (stock === undefined || coin === undefined) throw new Error("a pair has two legs");
  const [from, to] = SESSION_HOURS;
  const isOpen = (_: number, bar: number): boolean => {
    const timeMs = bar * stepMs;
    const hour = (timeMs % DAY_MS) / HOUR_MS;
    return !isWeekend(timeMs) && (stepMs === DAY_MS || (hour >= from && hour < to));
  };
  const { openTimeMs, close } = stock;
  const closing = { ...stock, openTimeMs: openTimeMs.filter(isOpen), close: close.filter(isOpen) };
  return { ...whole, series: [closing, coin], intervalMs: stepMs };
}

test.each([
  { name: "hours", stepMs: HOUR_MS, bars: 3_000, year: 8_760 },
  { name: "days", stepMs: DAY_MS, bars: 700, year: 365 },
])(
  "regression: a year of $name of a stock beside a coin had 252 sessions",
  ({ stepMs, bars, year }) => {
    const strategy = { ...mixedPair(stepMs, bars), riskFreeRateAnnual: 0.05 };
    const market = strategyMarket(strategy);
    expect(market.periodsPerYear).toBe(year);
    const known = market.bars.openTimeMs.subarray(0, market.tradingFrom);
    expect(sizingOf(strategy, known).rule).toMatchObject({ barsPerYear: year });
    const input = { strategy, benchmark: null, earlierTrials: 0 };
    const { report, analysis, sessions } = tradeStrategy(input, () => {});
    expect(report.periodsPerYear).toBe(year);
    const cash = analysis.benchmarks.find(({ kind }) => kind === "cash");
    const years = (bars - market.tradingFrom) / year;
    expect(cash?.totalReturn.value).toBeCloseTo(1.05 ** years - 1, 9);
    expect(annualisationNotes(stepMs, strategy.calendar, sessions)).toEqual([
      expect.stringContaining("365 days a year"),
    ]);
  },
);

test.each([
  { name: "hours of a stock", intervalMs: HOUR_MS, says: ["252 sessions a year, each of 7 bars"] },
  { name: "days of a stock", intervalMs: DAY_MS, says: [] },
  { name: "weeks of a stock", intervalMs: 7 * DAY_MS, says: [] },
])("$name: $says", ({ intervalMs, says }) => {
  const notes = annualisationNotes(intervalMs, "weekdays", { calendar: "weekdays", bars: 7 });
  expect(notes).toEqual(says.map((text) => expect.stringContaining(text)));
});
