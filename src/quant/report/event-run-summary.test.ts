import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../synthetic/random.ts";
import { EVENT_RUN_METRICS, eventRunSummary } from "./event-run-summary.ts";
import { randomRun, runOfEquity } from "./reported-run.test-support.ts";
import { sharpeEvidence } from "./sharpe-evidence.ts";
import { tradeCountVerdict } from "./trade-count-verdict.ts";

const closesOf = (reported: ReturnType<typeof randomRun>) =>
  reported.bars.instruments.map(({ close }) => close);

describe("eventRunSummary", () => {
  test("every figure is a finite number, or null with a reason", () => {
    const counts = { ruined: 0, whole: 0 };
    const cases = fc.record({
      seed: fc.integer({ min: 0, max: 2 ** 31 }),
      bars: fc.integer({ min: 2, max: 60 }),
      isBeside: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ seed, bars, isBeside }) => {
        const reported = randomRun(seed, bars);
        const closes = closesOf(reported);
        const summary = eventRunSummary(reported, isBeside ? { kind: "hold", closes } : null);
        for (const metric of EVENT_RUN_METRICS) {
          const value = summary.metrics[metric];
          const reason = summary.undefinedReasons[metric];
          if (value === null) expect(reason, metric).toBeDefined();
          else expect(Number.isFinite(value), metric).toBe(true);
          if (value !== null) expect(reason, metric).toBeUndefined();
        }
        expect(Object.keys(summary.undefinedReasons).every((name) => name in summary.metrics)).toBe(
          true,
        );
        if (summary.undefinedReasons.sharpeRatio === "ruin") counts.ruined += 1;
        if (Object.keys(summary.undefinedReasons).length === 0) counts.whole += 1;
      }),
      { numRuns: 300 },
    );
    expect(counts.whole).toBeGreaterThan(20);
  });

  test("holding times, turnover and exposure are those of the run", () => {
    const reported = randomRun(3);
    const { trades } = reported.run;
    const { metrics, bars, verdict } = eventRunSummary(reported, null);
    const held = trades.map(({ entryFillBar, exitFillBar }) => exitFillBar - entryFillBar);
    expect(metrics.averageHoldingBars).toBeCloseTo(held.reduce((a, b) => a + b) / held.length, 12);
    expect(metrics.exposure).toBe(
      reported.run.grossExposure.filter((value) => value > 0).length / bars,
    );
    expect(metrics.winRate).toBe(trades.filter(({ netPnl }) => netPnl > 0).length / trades.length);
    expect(verdict.trades).toBe(trades.length);
  });

  test("what warms up before the first traded bar is no part of it", () => {
    const equity = [101, 99, 103, 102, 104];
    const whole = runOfEquity(equity);
    const warmed = runOfEquity([100, 100, ...equity], { tradingStartBar: 2 });
    expect(eventRunSummary(warmed, null)).toEqual(eventRunSummary(whole, null));
  });

  test.each([
    {
      name: "no benchmark and no trades",
      equity: [101, 99, 103],
      reasons: {
        winRate: "no-trades",
        averageHoldingBars: "no-trades",
        alphaAnnualised: "no-benchmark",
        trackingError: "no-benchmark",
      },
    },
    {
      name: "ruin",
      equity: [50, 0, 0],
      reasons: {
        sharpeRatio: "ruin",
        probabilisticSharpeRatio: "ruin",
        minimumTrackRecordBars: "ruin",
      },
    },
    {
      name: "a loss, which no record makes significant",
      equity: [99, 100, 98],
      reasons: { minimumTrackRecordBars: "no-excess-return" },
    },
    {
      name: "equity that never moves",
      equity: [100, 100, 100],
      reasons: { sharpeRatio: "no-variance", probabilisticSharpeRatio: "no-variance" },
    },
  ])("names the reason: $name", ({ equity, reasons }) => {
    expect(eventRunSummary(runOfEquity(equity), null).undefinedReasons).toMatchObject(reasons);
  });
});

describe("sharpeEvidence", () => {
  const { gaussian } = createRandom(9);
  let equity = 100;
  const run = runOfEquity(
    Array.from({ length: 2_000 }, () => {
      equity *= 1 + 0.0005 + 0.01 * gaussian();
      return equity;
    }),
  );

  test("a record is long enough when its probability reaches the confidence", () => {
    for (const confidence of [0.6, 0.9, 0.95, 0.99, 0.9999]) {
      const made = sharpeEvidence(run, { confidence });
      expect(made.isLongEnough).toBe(Number(made.probabilisticSharpeRatio) >= confidence);
      const years = Number(made.minimumTrackRecordBars) / 8_760;
      expect(made.minimumTrackRecordYears).toBe(years);
    }
  });

  test("a benchmark that is higher than the estimate is never beaten", () => {
    const made = sharpeEvidence(run, { benchmarkSharpeAnnual: 100 });
    expect(made.probabilisticSharpeRatio).toBeLessThan(0.5);
    expect(made.reasons).toMatchObject({ minimumTrackRecordBars: "no-excess-return" });
  });
});

describe("tradeCountVerdict", () => {
  const alternating = (n: number, gain: number, loss: number) =>
    Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? gain : loss));

  test.each([
    { netPnls: alternating(7, 1, 1.5), kind: "too-few", message: "7 trades: not enough to judge." },
    { netPnls: alternating(1, 1, 1), kind: "too-few", message: "1 trade: not enough to judge." },
    {
      netPnls: alternating(40, 2, -1.9),
      kind: "undecided",
      message: "40 trades: the average trade cannot be told from zero.",
    },
    {
      netPnls: alternating(40, 2, -0.5),
      kind: "decided",
      message: "40 trades: the average trade made more than chance explains.",
    },
    {
      netPnls: alternating(40, 0.5, -2),
      kind: "decided",
      message: "40 trades: the average trade lost more than chance explains.",
    },
    {
      netPnls: alternating(40, 1, 1),
      kind: "undecided",
      message: "40 trades: the average trade cannot be told from zero.",
    },
  ])("$message", ({ netPnls, kind, message }) => {
    expect(tradeCountVerdict(netPnls)).toMatchObject({ kind, message, tradesMin: 30 });
  });

  test("needed trades are those at which trades like these are decided", () => {
    const { tradesNeeded } = tradeCountVerdict(alternating(40, 2, -1.5));
    // Mean 0.25 and deviation 1.75 : (1.96 · 7)² ≈ 188, a little more by n − 1.
    expect(tradesNeeded).toBe(194);
    expect(tradeCountVerdict(alternating(194, 2, -1.5)).tStatistic).toBeGreaterThan(1.95);
    expect(tradeCountVerdict(alternating(40, 1, -1)).tradesNeeded).toBeNull();
    expect(tradeCountVerdict(new Float64Array()).tradesNeeded).toBeNull();
  });
});
