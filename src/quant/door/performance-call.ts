import { benchmarkComparison } from "../performance/benchmark-comparison.ts";
import { expectancy } from "../performance/expectancy.ts";
import { profitFactor } from "../performance/profit-factor.ts";
import { returnsSummary } from "../performance/returns-summary.ts";
import { tradeStatistics } from "../performance/trade-statistics.ts";
import { winRate } from "../performance/win-rate.ts";
import { optional } from "./arguments.ts";
import { doorCall } from "./door-call.ts";
import { DoorError } from "./door-error.ts";
import { number } from "./readers.ts";
import { series } from "./series-readers.ts";

/** Every figure of returns, of their benchmark and of the trades behind them, as far as given. */
export const PERFORMANCE_CALL = doorCall(
  {
    returns: simpleReturns,
    periodsPerYear: number,
    riskFree: optional(number, 0),
    benchmark: optional(simpleReturns, undefined),
    trades: optional(series, undefined),
  },
  ({ returns, periodsPerYear, riskFree, benchmark, trades }) => {
    const annualisation = { periodsPerYear, riskFreeRatePerPeriod: riskFree };
    const { figures, reasons } = returnsSummary(returns, annualisation);
    const beside =
      benchmark === undefined ? null : benchmarkComparison(returns, benchmark, annualisation);
    const result = {
      ...figures,
      ...beside,
      ...(trades === undefined ? {} : tradeFigures(trades)),
    };
    const known = new Map<string, string>(Object.entries(reasons));
    // With a beta there is an alpha, which only too short a record cannot be compounded from.
    if (beside !== null && beside.beta !== null) known.set("alphaAnnualised", "too-few-bars");
    const lost = Object.entries(result)
      .filter(([name, value]) => value === null && name !== "recoveryIndex")
      .map(([name]) => `${name}: ${known.get(name) ?? OTHER_REASONS.get(name) ?? "no-variance"}`);
    const notRecovered = figures.recoveryIndex === null ? ["recoveryIndex: not-recovered"] : [];
    const reason = [...lost, ...notRecovered].join("; ");
    return reason === "" ? result : { ...result, reason };
  },
);

/** Nothing can lose more than all of it: what falls further is no simple return. */
function simpleReturns(value: unknown, name: string): Float64Array {
  const returns = series(value, name);
  const index = returns.findIndex((each) => each < -1);
  if (index < 0) return returns;
  throw new DoorError("bad-argument", `${name} is below −1 at index ${index}`);
}

function tradeFigures(netPnls: Float64Array) {
  const { best, worst, ...statistics } = tradeStatistics(netPnls);
  return {
    winRate: winRate(netPnls),
    profitFactor: profitFactor(netPnls),
    expectancy: expectancy(netPnls),
    bestTrade: best,
    worstTrade: worst,
    ...statistics,
  };
}

/** Of figures that a benchmark or the trades have; what is left lacks variance. */
const OTHER_REASONS: ReadonlyMap<string, string> = new Map([
  ["winRate", "no-trades"],
  ["profitFactor", "no-losing-trades"],
  ["expectancy", "no-trades"],
  ["bestTrade", "no-trades"],
  ["worstTrade", "no-trades"],
  ["averageWin", "no-winning-trades"],
  ["averageLoss", "no-losing-trades"],
  ["payoffRatio", "no-winning-or-no-losing-trades"],
]);
