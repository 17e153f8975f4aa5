import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { annualisedReturn } from "./annualised-return.ts";
import { annualisedVolatility } from "./annualised-volatility.ts";
import { calmarRatio } from "./calmar-ratio.ts";
import { conditionalValueAtRisk } from "./conditional-value-at-risk.ts";
import { expectancy } from "./expectancy.ts";
import { maximumDrawdown } from "./maximum-drawdown.ts";
import { omegaRatio } from "./omega-ratio.ts";
import { profitFactor } from "./profit-factor.ts";
import { sharpeRatio } from "./sharpe-ratio.ts";
import { sortinoRatio } from "./sortino-ratio.ts";
import { totalReturn } from "./total-return.ts";
import { tradeStatistics } from "./trade-statistics.ts";
import { valueAtRisk } from "./value-at-risk.ts";
import { winRate } from "./win-rate.ts";

const Golden = z.object({
  cases: z.array(
    z.object({
      case: z.string(),
      input: z.record(z.string(), z.unknown()).default({}),
      params: z.record(z.string(), z.unknown()).default({}),
      expected: z.record(z.string(), z.unknown()),
      tolerance: z.object({ rtol: z.number(), atol: z.number() }),
    }),
  ),
});
const Numbers = z.array(z.number());
const Series = z.object({
  series: z.record(
    z.string(),
    z.object({ data: z.union([Numbers, z.record(z.string(), Numbers)]) }),
  ),
});

function readJson(relativePath: string): unknown {
  return JSON.parse(readFileSync(new URL(relativePath, import.meta.url), "utf8"));
}
const golden = Golden.parse(readJson("../golden/performance.json"));
const { series } = Series.parse(readJson("./performance-series.json"));
const goldenCases = (prefix: string) =>
  golden.cases
    .filter((one) => one.case.startsWith(prefix))
    .map((one) => ({ ...one, name: one.case }));

function namedSeries(name: unknown): Float64Array {
  const [table = "", column] = z.string().parse(name).split(".");
  const data = series[table]?.data ?? [];
  return Float64Array.from(Array.isArray(data) ? data : (data[column ?? ""] ?? []));
}

/** Our values beside the golden ones; `Infinity` of the library is `null` here. */
function expectGolden(actual: Record<string, number | null>, one: (typeof golden.cases)[number]) {
  for (const [field, value] of Object.entries(actual)) {
    const expected = one.expected[field];
    if (expected === null || expected === "Infinity") {
      expect(value, field).toBeNull();
      continue;
    }
    const bound = z.number().parse(expected);
    const tolerance = one.tolerance.atol + one.tolerance.rtol * Math.abs(bound);
    expect(Math.abs((value ?? Number.NaN) - bound), field).toBeLessThanOrEqual(tolerance);
  }
}

/** Indexes in the golden file count from the moment before the first return. */
function plusOne(index: number | null): number | null {
  return index === null ? null : index + 1;
}

function negated(value: number | null): number | null {
  return value === null ? null : -value;
}

describe("performance figures agree with the golden values", () => {
  test.each(goldenCases("metrics/"))("$name", (one) => {
    const returns = namedSeries(one.input["r"]);
    const periodsPerYear = z.number().parse(one.params["ann"]);
    const riskFreeRatePerPeriod = z.number().parse(one.params["rf_per_period"] ?? 0);
    const annualisation = { periodsPerYear, riskFreeRatePerPeriod };
    let growth = 1;
    const drawdown = maximumDrawdown(
      returns.map((value) => {
        growth *= 1 + value;
        return growth;
      }),
      1,
    );
    const cagr = annualisedReturn(returns, periodsPerYear);
    expectGolden(
      {
        total_return: totalReturn(returns),
        cagr,
        ann_vol: annualisedVolatility(returns, periodsPerYear),
        sharpe: sharpeRatio(returns, annualisation),
        sortino: sortinoRatio(returns, annualisation),
        calmar: calmarRatio(cagr ?? Number.NaN, drawdown.drawdownMax),
        omega: omegaRatio(returns, riskFreeRatePerPeriod),
        var_95: negated(valueAtRisk(returns)),
        cvar_95: negated(conditionalValueAtRisk(returns)),
        max_drawdown: -drawdown.drawdownMax,
        peak_index: plusOne(drawdown.peakIndex),
        trough_index: plusOne(drawdown.troughIndex),
        recovery_index: plusOne(drawdown.recoveryIndex),
        peak_to_trough_bars: drawdown.troughIndex - drawdown.peakIndex,
        longest_underwater_bars: drawdown.underwaterBarsMax,
      },
      one,
    );
  });

  test.each(goldenCases("trades/"))("$name", (one) => {
    const netPnls = namedSeries(one.input["pnl"]);
    const statistics = tradeStatistics(netPnls);
    expectGolden(
      {
        n: statistics.trades,
        wins: statistics.wins,
        losses: statistics.losses,
        win_rate: winRate(netPnls),
        gross_profit: statistics.grossProfit,
        gross_loss: statistics.grossLoss,
        profit_factor: profitFactor(netPnls),
        expectancy: expectancy(netPnls),
        avg_win: statistics.averageWin,
        avg_loss: statistics.averageLoss,
        payoff_ratio: statistics.payoffRatio,
        max_consecutive_wins: statistics.winStreakMax,
        max_consecutive_losses: statistics.lossStreakMax,
        largest_win: statistics.best,
        largest_loss: statistics.worst,
      },
      one,
    );
  });
});
