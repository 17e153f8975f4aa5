import { describe, expect, test } from "vitest";
import { HOUR_MS } from "../backtest/scripted-book.test-support.ts";
import { createRandom } from "../synthetic/random.ts";
import { benchmarkEquity } from "./benchmark-equity.ts";
import { benchmarkReport } from "./benchmark-report.ts";
import { closeOnAxis } from "./close-on-axis.ts";
import { runOfEquity } from "./reported-run.test-support.ts";

const GAP = Number.NaN;

describe("benchmarkEquity", () => {
  const warmed = runOfEquity([100, 100, 101, 102, 103], { tradingStartBar: 2 });

  test.each([
    {
      name: "is bought at the last close before trading and valued at the last close",
      closes: [[40, GAP, 44, GAP, 50]],
      equity: [110, 110, 125],
    },
    {
      name: "is bought at its first close when it has none before, and is cash until then",
      closes: [[GAP, GAP, GAP, 20, 30]],
      equity: [100, 100, 150],
    },
    {
      name: "holds several instruments in equal amounts of money",
      closes: [
        [1, 10, 20, 20, 20],
        [1, 4, 4, 2, 6],
      ],
      equity: [150, 125, 175],
    },
  ])("$name", ({ closes, equity }) => {
    const held = benchmarkEquity(warmed, {
      kind: "hold",
      closes: closes.map((close) => Float64Array.from(close)),
    });
    equity.forEach((value, i) => {
      expect(held?.[i]).toBeCloseTo(value, 12);
    });
  });

  test("an instrument without a close is no benchmark", () => {
    const closes = [Float64Array.of(1, 1, 1, 1, 1), new Float64Array(5).fill(GAP)];
    expect(benchmarkEquity(warmed, { kind: "hold", closes })).toBeNull();
  });

  test.each([
    { calendar: "continuous", periodsPerYear: 365 },
    { calendar: "weekdays", periodsPerYear: 252 },
  ] as const)("cash earns its rate in a $calendar year of $periodsPerYear bars", (market) => {
    const year = runOfEquity(new Array(market.periodsPerYear).fill(100), market);
    const cash = benchmarkEquity(year, { kind: "cash", rateAnnual: 0.05 });
    expect(cash?.at(-1)).toBeCloseTo(105, 9);
  });

  test("closes on other bars, no instrument and a rate of −1 are refused", () => {
    const refused = (code: string) => expect.objectContaining({ code });
    const short = { kind: "hold", closes: [Float64Array.of(1)] } as const;
    expect(() => benchmarkEquity(warmed, short)).toThrow(refused("length-mismatch"));
    const none = { kind: "hold", closes: [] } as const;
    expect(() => benchmarkEquity(warmed, none)).toThrow(refused("too-short"));
    const lost = { kind: "cash", rateAnnual: -1 } as const;
    expect(() => benchmarkEquity(warmed, lost)).toThrow(refused("out-of-range"));
  });
});

describe("closeOnAxis", () => {
  const axis = Float64Array.from([22, 23, 24, 25], (hour) => hour * HOUR_MS);

  test("a daily close is known when its day is over, not before", () => {
    const daily = {
      openTimeMs: Float64Array.of(-24 * HOUR_MS, 0),
      close: Float64Array.of(9, 10),
      intervalMs: 24 * HOUR_MS,
    };
    expect([...closeOnAxis(axis, HOUR_MS, daily)]).toEqual([9, 10, 10, 10]);
  });

  test("the last minute of an hour is its close, and a gap keeps the close before", () => {
    const minutes = {
      openTimeMs: Float64Array.from([22.5, 22.75, 24], (hour) => hour * HOUR_MS),
      close: Float64Array.of(1, 2, GAP),
      intervalMs: HOUR_MS / 4,
    };
    expect([...closeOnAxis(axis, HOUR_MS, minutes)]).toEqual([2, 2, 2, 2]);
  });

  test("before the first close there is none", () => {
    const late = {
      openTimeMs: Float64Array.of(24 * HOUR_MS),
      close: Float64Array.of(5),
      intervalMs: HOUR_MS,
    };
    expect([...closeOnAxis(axis, HOUR_MS, late)]).toEqual([GAP, GAP, 5, 5]);
  });
});

describe("benchmarkReport", () => {
  const { gaussian } = createRandom(2);
  let price = 50;
  const close = Float64Array.from({ length: 500 }, () => {
    price *= 1 + 0.01 * gaussian();
    return price;
  });

  test("a run that holds half of an instrument has its beta and correlation", () => {
    let equity = 100;
    const half = [...close].map((value, i) => {
      equity *= 1 + 0.5 * (i === 0 ? 0 : value / Number(close[i - 1]) - 1);
      return equity;
    });
    const made = benchmarkReport(runOfEquity(half), { kind: "hold", closes: [close] });
    expect(made.comparison?.beta).toBeCloseTo(0.5, 9);
    expect(made.comparison?.correlation).toBeCloseTo(1, 9);
    expect(made.comparison?.alphaPerPeriod).toBeCloseTo(0, 9);
    expect(made.summary?.figures.totalReturn).toBeCloseTo(
      Number(close.at(-1)) / Number(close[0]) - 1,
      9,
    );
    expect(made.reasons).toEqual({});
  });

  test("cash has no beta, which is said", () => {
    const run = runOfEquity([...close]);
    const { comparison, reasons } = benchmarkReport(run, { kind: "cash", rateAnnual: 0.05 });
    expect(comparison).toMatchObject({ beta: null, correlation: null, alphaAnnualised: null });
    expect(comparison?.informationRatio).not.toBeNull();
    expect(reasons).toMatchObject({
      beta: "constant-benchmark",
      correlation: "constant-benchmark",
    });
  });

  test("a run that never moves has no correlation, which is its own fault", () => {
    const flat = runOfEquity(new Array(500).fill(100));
    expect(benchmarkReport(flat, { kind: "hold", closes: [close] }).reasons).toEqual({
      correlation: "constant-run",
    });
  });

  test.each([
    { name: "ruin", run: runOfEquity([50, 0, 0]), closes: [1, 2, 3], reason: "ruin" },
    { name: "a single bar", run: runOfEquity([50]), closes: [1], reason: "too-few-bars" },
    { name: "no prices", run: runOfEquity([50, 51]), closes: [GAP, GAP], reason: "no-prices" },
  ])("says why there is no comparison: $name", ({ run, closes, reason }) => {
    const made = benchmarkReport(run, { kind: "hold", closes: [Float64Array.from(closes)] });
    expect(made).toMatchObject({ comparison: null, reason });
  });
});
