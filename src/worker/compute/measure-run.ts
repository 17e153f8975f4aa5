import type { CostAttribution, MetricName } from "#contracts/backtest.ts";
import type { BacktestColumns } from "#contracts/backtest-series.ts";
import { deflatedSharpeRatio } from "#quant/performance/deflated-sharpe-ratio.ts";
import { drawdownEpisodes } from "#quant/performance/drawdown-episodes.ts";
import { drawdownSeries } from "#quant/performance/drawdown-series.ts";
import { histogram } from "#quant/performance/histogram.ts";
import { performanceIntervals } from "#quant/performance/performance-intervals.ts";
import { riskFreeRatePerPeriod } from "#quant/performance/risk-free-rate.ts";
import { rollingSharpeRatio } from "#quant/performance/rolling-sharpe-ratio.ts";
import { type CostParts, costAttribution } from "#quant/report/cost-attribution.ts";
import { type EventRunSummary, eventRunSummary } from "#quant/report/event-run-summary.ts";
import { type MarketExposure, marketExposure } from "#quant/report/market-exposure.ts";
import { periodReturns } from "#quant/report/period-returns.ts";
import { curveReturns, type ReportedRun, tradedEquity } from "#quant/report/reported-run.ts";
import type { MeasuredRun, RunToMeasure } from "./measured-run.ts";
import { metricOf, metricsOfRun } from "./metric-of.ts";
import { type MeasuredBenchmark, measuredBenchmarks } from "./run-benchmarks.ts";
import { runHashes } from "./run-hashes.ts";
import { isFilledAtClose, refusalCounts, runWarnings } from "./run-warnings.ts";
import { REPORT_SEED } from "./strategy-input.ts";
import { tradeRows } from "./trade-rows.ts";

type Analysis = MeasuredRun["analysis"];

const DRAWDOWNS_MAX = 10;

/** Closes of more instruments than this are drawn of none but those that were traded most. */
const CLOSE_COLUMNS_MAX = 50;

/** Measures a finished run: everything that a report says of it but its proof. */
export function measureRun(run: RunToMeasure): MeasuredRun {
  const { reported, books } = run;
  const { openTimeMs, equity, initialEquity } = tradedEquity(reported);
  const summary = eventRunSummary(reported, null);
  const benchmarks = measuredBenchmarks(run);
  const exposure = marketExposure(reported);
  const rollingSharpeBars = rollingBars(equity.length, reported.periodsPerYear);
  const { total, instruments } = attributedCosts(reported);
  return {
    report: {
      metrics: metricsOfRun(summary),
      periodsPerYear: reported.periodsPerYear,
      fillConvention: isFilledAtClose(run) ? "next-close" : "next-open",
      books: [...books],
      trading: {
        startMs: openTimeMs[0] ?? 0,
        endMs: openTimeMs.at(-1) ?? 0,
        bars: openTimeMs.length,
      },
      costs: total,
      instrumentCosts: instruments,
      initialEquity,
      finalEquity: equity.at(-1) ?? initialEquity,
      trades: tradeRows(run),
      refusals: refusalCounts(run),
    },
    analysis: analysisOf(run, { summary, benchmarks, exposure, rollingSharpeBars }),
    warnings: runWarnings(run),
    series: columnsOf(run, { benchmarks, exposure, rollingSharpeBars }),
  };
}

type Measures = {
  readonly summary: EventRunSummary;
  readonly benchmarks: readonly MeasuredBenchmark[];
  readonly exposure: MarketExposure;
  readonly rollingSharpeBars: number;
};

function analysisOf(run: RunToMeasure, measures: Measures): Analysis {
  const { reported } = run;
  const { summary, benchmarks, exposure, rollingSharpeBars } = measures;
  const curve = tradedEquity(reported);
  const { intervalMs, calendar } = reported;
  const timeOf = (index: number): number => curve.openTimeMs[Math.max(index, 0)] ?? 0;
  const profits = Float64Array.from(reported.run.trades, ({ netPnl }) => netPnl);
  return {
    months: periodReturns(curve, { intervalMs, calendar }).flatMap(({ year, months }) =>
      months.flatMap((month, index) =>
        month === null || month.value === null
          ? []
          : [{ year, month: index + 1, return: month.value, partial: month.isPartial }],
      ),
    ),
    drawdowns: drawdownEpisodes(curve.equity, curve.initialEquity, DRAWDOWNS_MAX).map(
      ({ depth, peakIndex, troughIndex, recoveryIndex, bars }) => ({
        startMs: timeOf(peakIndex),
        troughMs: timeOf(troughIndex),
        endMs: recoveryIndex === null ? null : timeOf(recoveryIndex),
        depth,
        bars,
      }),
    ),
    tradeProfits: profits.length === 0 ? null : histogramOf(profits),
    rollingSharpeBars,
    averageGrossLeverage: exposure.averageGrossLeverage ?? 0,
    benchmarks: benchmarks.map(({ result }) => result),
    intervals: intervalsOf(reported),
    evidence: evidenceOf(run, summary),
    hashes: runHashes(reported.run),
  };
}

function histogramOf(profits: Float64Array): NonNullable<Analysis["tradeProfits"]> {
  const { edges, counts } = histogram(profits);
  return { edges: [...edges], counts: [...counts] };
}

/**
 * Trials are runs on the same data without regard to how they went, so the spread of their Sharpe ratios is
 * taken as that of runs without skill: one over the number of bars.
 */
function evidenceOf(
  { earlierTrials, ownTrials }: RunToMeasure,
  { evidence, metrics, undefinedReasons, verdict }: EventRunSummary,
): Analysis["evidence"] {
  const trials =
    typeof earlierTrials === "number" ? earlierTrials + ownTrials : earlierTrials.inAll;
  const { sample } = evidence;
  const deflated =
    sample === null
      ? null
      : deflatedSharpeRatio(sample, { trials, trialsVariance: 1 / sample.observations });
  return {
    probabilisticSharpe: metricOf(
      metrics.probabilisticSharpeRatio,
      undefinedReasons.probabilisticSharpeRatio,
    ),
    deflatedSharpe: metricOf(deflated?.value, undefinedReasons.probabilisticSharpeRatio),
    minimumTrackRecordBars: metricOf(
      metrics.minimumTrackRecordBars,
      undefinedReasons.minimumTrackRecordBars,
    ),
    trials,
    fewTrades: verdict.kind === "decided" ? null : verdict.message,
  };
}

function intervalsOf(reported: ReportedRun): Analysis["intervals"] {
  const returns = curveReturns(tradedEquity(reported));
  if (returns === null) return [];
  const { periodsPerYear, riskFreeRateAnnual } = reported;
  const rate = riskFreeRatePerPeriod(riskFreeRateAnnual, periodsPerYear);
  const drawn = performanceIntervals(
    returns,
    { periodsPerYear, riskFreeRatePerPeriod: rate },
    { seed: REPORT_SEED },
  );
  if (drawn.kind === "refused") return [];
  const { confidence, replications, meanBlockBars } = drawn;
  const names = ["totalReturn", "sharpeRatio", "drawdownMax"] as const satisfies MetricName[];
  return names.flatMap((metric) => {
    const interval = drawn[metric];
    if (interval === null) return [];
    const { lower, upper } = interval;
    return [{ metric, lower, upper, confidence, resamples: replications, meanBlockBars }];
  });
}

function attributedCosts(reported: ReportedRun): {
  readonly total: CostAttribution;
  readonly instruments: CostAttribution[];
} {
  const { legs, total } = costAttribution(reported);
  const instruments = reported.bars.instruments.map((_, place) =>
    legs
      .filter(({ instrument }) => instrument === place)
      .map(attributionOf)
      .reduce(added, NO_COSTS),
  );
  return { total: attributionOf(total), instruments };
}

/** Gross profit in a report is that of the fills, from whose prices slippage is off already. */
function attributionOf(parts: CostParts): CostAttribution {
  const { grossProfit, slippage, fees, funding, borrow, dividends, liquidationFees, net } = parts;
  const grossPnl = grossProfit - slippage;
  return { grossPnl, slippage, fees, funding, borrow, dividends, liquidationFees, netPnl: net };
}

const NO_COSTS: CostAttribution = {
  grossPnl: 0,
  slippage: 0,
  fees: 0,
  funding: 0,
  borrow: 0,
  dividends: 0,
  liquidationFees: 0,
  netPnl: 0,
};

function added(a: CostAttribution, b: CostAttribution): CostAttribution {
  return {
    grossPnl: a.grossPnl + b.grossPnl,
    slippage: a.slippage + b.slippage,
    fees: a.fees + b.fees,
    funding: a.funding + b.funding,
    borrow: a.borrow + b.borrow,
    dividends: a.dividends + b.dividends,
    liquidationFees: a.liquidationFees + b.liquidationFees,
    netPnl: a.netPnl + b.netPnl,
  };
}

/** A quarter of a year, or half of a shorter record. */
function rollingBars(bars: number, periodsPerYear: number): number {
  return Math.max(2, Math.min(Math.round(periodsPerYear / 4), Math.floor(bars / 2)));
}

function columnsOf(
  run: RunToMeasure,
  { benchmarks, exposure, rollingSharpeBars }: Omit<Measures, "summary">,
): BacktestColumns {
  const { reported, books, bookOf } = run;
  const { openTimeMs, equity, initialEquity } = tradedEquity(reported);
  const { bars, tradingStartBar, periodsPerYear, riskFreeRateAnnual } = reported;
  const returns = curveReturns({ openTimeMs, equity, initialEquity });
  const columns: Record<string, Float64Array> = {
    equity,
    drawdown: drawdownSeries(equity, initialEquity),
    grossExposure: exposure.grossLeverage,
    netExposure: exposure.netLeverage,
  };
  columns["rollingSharpe"] =
    returns === null
      ? new Float64Array(equity.length).fill(Number.NaN)
      : rollingSharpeRatio(returns, rollingSharpeBars, {
          periodsPerYear,
          riskFreeRatePerPeriod: riskFreeRatePerPeriod(riskFreeRateAnnual, periodsPerYear),
        });
  for (const place of drawnInstruments(run)) {
    const close = bars.instruments[place]?.close;
    if (close !== undefined) columns[`close.${place}`] = close.subarray(tradingStartBar);
  }
  bookOf.forEach((book, index) => {
    for (const { name } of books[book]?.figures ?? []) {
      const values = reported.run.figures[index]?.[name];
      if (values !== undefined) columns[`${name}.${book}`] = values.subarray(tradingStartBar);
    }
  });
  benchmarks.forEach(({ equity: held }, place) => {
    if (held !== null) columns[`benchmark.${place}`] = held;
  });
  // Copies, for what a task answers with is taken from its thread, and bars serve its next task.
  const own = Object.entries(columns).map(([name, values]) => [name, values.slice()] as const);
  return { ...Object.fromEntries(own), openTimeMs: openTimeMs.slice() };
}

/** All instruments, or of very many those with the most trades. */
function drawnInstruments({ reported }: RunToMeasure): readonly number[] {
  const places = [...reported.bars.instruments.keys()];
  if (places.length <= CLOSE_COLUMNS_MAX) return places;
  const trades = new Map<number, number>();
  for (const { instrument } of reported.run.trades.flatMap(({ legs }) => legs)) {
    trades.set(instrument, (trades.get(instrument) ?? 0) + 1);
  }
  return [...trades]
    .sort(([a, m], [b, n]) => n - m || a - b)
    .slice(0, CLOSE_COLUMNS_MAX)
    .map(([place]) => place);
}
