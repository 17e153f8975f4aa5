// Running forms against the forms over a whole history.
import { describe, expect, test } from "vitest";
import { createExponentialMovingAverage } from "../indicators/exponential-moving-average.ts";
import { kalmanHedgeRatio } from "../kalman/kalman-hedge-ratio.ts";
import { kalmanHedgeFit } from "../pair-analysis/kalman-hedge-fit.ts";
import { rollingOls } from "../regression/rolling-ols.ts";
import { simpleOls } from "../stats/ols.ts";
import { createKalmanLine, stepKalmanLine } from "./kalman-line.ts";
import { lineOverTime } from "./line-over-time.ts";
import { type PairLineConfig, spreadOfBar, startPairLine } from "./pair-line.ts";
import { createSmoothing, stepSmoothing } from "./smoothing-state.ts";
import { cointegratedCloses, eventsOf } from "./strategy-bars.test-support.ts";
import { createValueWindow, isFull, pushValue } from "./value-window.ts";

const closes = cointegratedCloses(7, 300);
const y = Float64Array.from(closes[0] ?? [], Math.log);
const x = Float64Array.from(closes[1] ?? [], Math.log);

describe("ValueWindow", () => {
  test.each([1, 2, 3, 7])("holds the last %d values in order", (windowBars) => {
    const window = createValueWindow(windowBars);
    const values = Array.from({ length: 40 }, (_, i) => i);
    values.forEach((value, i) => {
      const isFullNow = pushValue(window, value);
      expect(isFullNow).toBe(i + 1 >= windowBars);
      expect(isFull(window)).toBe(isFullNow);
      if (!isFullNow) return;
      const held = window.values.slice(window.end - windowBars, window.end);
      expect([...held]).toEqual(values.slice(i + 1 - windowBars, i + 1));
    });
  });
});

test("a running exponential average equals the indicator to the bit", () => {
  const next = createExponentialMovingAverage(12);
  const state = createSmoothing();
  for (const value of y) expect(stepSmoothing(state, value, 2 / 13, 12)).toBe(next(value));
});

test("the running Kalman line equals the filter over the history to the bit", () => {
  const model = {
    processVariance: { hedgeRatio: 1e-4, intercept: 2e-4 },
    observationVariance: 1e-3,
    initialVariance: { hedgeRatio: 1, intercept: 2 },
    initialState: { hedgeRatio: 0.5, intercept: 0.1 },
    initialCovariance: 0.1,
  };
  const batch = kalmanHedgeRatio(y, x, model);
  const line = createKalmanLine(model);
  for (let t = 0; t < y.length; t++) {
    stepKalmanLine(line, model, y[t] ?? 0, x[t] ?? 0);
    expect(line.hedgeRatio).toBe(batch.hedgeRatio[t]);
    expect(line.intercept).toBe(batch.intercept[t]);
    expect(line.innovation).toBe(batch.innovation[t]);
    expect(line.innovationVariance).toBe(batch.innovationVariance[t]);
  }
});

test("lineOverTime is the least-squares line on 0, 1, 2 …", () => {
  const time = Float64Array.from({ length: 20 }, (_, i) => i);
  const line = simpleOls(y.slice(30, 50), time);
  const found = lineOverTime(y, 30, 50);
  expect(found.slope).toBeCloseTo(line.slope, 12);
  expect(found.rSquared).toBeCloseTo(line.rSquared, 10);
});

test("lineOverTime explains nothing of values that stand still", () => {
  expect(lineOverTime(new Float64Array(9).fill(0.1), 0, 9)).toEqual({
    slope: 0,
    rSquared: Number.NaN,
  });
});

describe("spreadOfBar", () => {
  const base: PairLineConfig = {
    prices: "log",
    hedgeMethod: "rolling",
    hedgeWindowBars: 40,
    kalmanDelta: 1e-4,
    kalmanObservationVariance: 1e-3,
  };

  function spreadsOf(config: PairLineConfig, columns = closes): readonly number[] {
    const frozen = config.hedgeMethod === "formation" ? { hedgeRatio: 2, intercept: 1 } : null;
    const state = startPairLine(config, frozen);
    return eventsOf(columns).map((event) => spreadOfBar(config, state, event));
  }

  test("is the residual of the frozen line", () => {
    const spreads = spreadsOf({ ...base, hedgeMethod: "formation", prices: "level" }, [
      [10, 12],
      [3, 4],
    ]);
    expect(spreads).toEqual([3, 3]);
  });

  test("is the residual of the window that ends with the bar", () => {
    const { slopes, intercepts } = rollingOls(y, x, { windowBars: 40 });
    spreadsOf(base).forEach((spread, t) => {
      const expected = (y[t] ?? 0) - (intercepts[t] ?? 0) - (slopes[t] ?? 0) * (x[t] ?? 0);
      if (t < 39) expect(spread).toBeNaN();
      else expect(spread).toBeCloseTo(expected, 9);
    });
  });

  test("is the innovation of the Kalman filter", () => {
    const fit = kalmanHedgeFit(y, x, { kind: "kalman", delta: 1e-4, observationVariance: 1e-3 });
    spreadsOf({ ...base, hedgeMethod: "kalman" }).forEach((spread, t) => {
      const line = fit.path;
      const expected =
        (y[t] ?? 0) - (line?.hedgeRatio[t] ?? 0) * (x[t] ?? 0) - (line?.intercept[t] ?? 0);
      if (t < 30) expect(spread).toBeNaN();
      else expect(spread).toBeCloseTo(expected, 12);
    });
  });

  test.each(["formation", "rolling", "kalman"] as const)(
    "passes over gaps as if the bars were not there (%s)",
    (hedgeMethod) => {
      const config = { ...base, hedgeMethod };
      const gapAt = new Set([3, 50, 51, 120]);
      const withGaps = closes.map((column, leg) =>
        column.flatMap((close, i) =>
          gapAt.has(i) ? [leg === i % 2 ? Number.NaN : close, close] : [close],
        ),
      );
      const spreads = spreadsOf(config, withGaps);
      const gaps = [...gapAt].map((i, earlier) => i + earlier);
      for (const gap of gaps) expect(spreads[gap]).toBeNaN();
      expect(spreads.filter((_, t) => !gaps.includes(t))).toEqual(spreadsOf(config));
    },
  );

  test("holds the last line while leg X stands still", () => {
    const config = { ...base, hedgeWindowBars: 10 };
    const legY = (closes[0] ?? []).slice(0, 40);
    const legX = (closes[1] ?? []).slice(0, 20);
    const stopped = legX.at(-1) ?? 1;
    const spreads = spreadsOf(config, [legY, [...legX, ...Array<number>(20).fill(stopped)]]);
    expect(spreads.slice(9).every(Number.isFinite)).toBe(true);
  });
});
