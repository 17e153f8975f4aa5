import { describe, expect, test } from "vitest";
import { rollingZScore } from "../stats/rolling-z-score.ts";
import { defaultConfig } from "./parameter-values.ts";
import {
  cointegratedCloses,
  formationOf,
  sidesOf,
  stepsOver,
} from "./strategy-bars.test-support.ts";
import { stepZScoreReversion, ZSCORE_REVERSION_START } from "./z-score-reversion.ts";
import { type ZScoreStrategyConfig, zScoreStrategy } from "./z-score-strategy.ts";

const usual = defaultConfig(zScoreStrategy);
/** z of three values (a, a, b): ±2 / √3 = ±1.1547 whatever they are. */
const byHand: ZScoreStrategyConfig = {
  ...usual,
  prices: "level",
  zScoreWindowBars: 3,
  entryZScore: 1.1,
  exitZScore: 0,
  stopZScore: null,
};
const fit = { hedgeRatio: 2, intercept: 1 };

describe("zScoreStrategy by hand", () => {
  test.each([
    // spread = y − 1 − 2x; x = 1 throughout, so the spread is y − 3.
    { name: "waits for a full window", y: [5, 7], is: ".." },
    { name: "sells a spread above its window", y: [5, 5, 7], is: "..S" },
    { name: "buys a spread below its window", y: [5, 5, 3], is: "..L" },
    // (5, 7, 6): mean 6, z = 0 is the exit.
    { name: "leaves at the mean", y: [5, 5, 7, 6], is: "..S." },
    { name: "holds through a gap and does not count it", y: [5, 5, 7, Number.NaN, 6], is: "..SS." },
    { name: "takes no side in a flat window", y: [5, 5, 5, 5], is: "...." },
  ])("$name", ({ y, is }) => {
    expect(sidesOf(stepsOver(zScoreStrategy, byHand, fit, [y, y.map(() => 1)]))).toBe(is);
  });

  test("a gap of either leg is a gap", () => {
    const closes = [
      [5, 5, 5, 7],
      [1, Number.NaN, 1, 1],
    ];
    const steps = stepsOver(zScoreStrategy, byHand, fit, closes);
    expect(sidesOf(steps)).toBe("...S");
    expect(steps[1]?.figures.spread).toBeNaN();
  });

  test("asks for units of leg X on levels and for worth on logarithms", () => {
    const closes = [
      [5, 5, 7],
      [1, 1, 1],
    ];
    const level = stepsOver(zScoreStrategy, byHand, fit, closes).at(-1);
    const inLogs: ZScoreStrategyConfig = { ...byHand, prices: "log" };
    const log = stepsOver(zScoreStrategy, inLogs, fit, closes).at(-1);
    const target = { kind: "spread", side: "short", hedgeRatio: 2, size: 1, stops: null };
    expect(level?.target).toEqual({ ...target, hedge: "level-quantity" });
    expect(log?.target).toEqual({ ...target, hedge: "log-notional" });
  });

  test("tells why it enters and leaves", () => {
    const y = [5, 5, 7, 6];
    const steps = stepsOver(zScoreStrategy, byHand, fit, [y, y.map(() => 1)]);
    expect(steps.map(({ reason }) => reason)).toEqual([null, null, "entry", "exit"]);
  });
});

test("bar by bar it trades as its step does on rollingZScore of the history", () => {
  const closes = cointegratedCloses(3, 600);
  const config = { ...usual, zScoreWindowBars: 30, entryZScore: 1.5, stopZScore: 3 };
  const outcome = zScoreStrategy.fit(config, formationOf(closes));
  if (outcome.kind === "refused" || outcome.fit === null) throw new Error("fitted");
  const { hedgeRatio, intercept } = outcome.fit;
  const [y = [], x = []] = closes;
  const spread = Float64Array.from(
    y,
    (price, i) => Math.log(price) - intercept - hedgeRatio * Math.log(x[i] ?? 1),
  );
  const zScores = rollingZScore(spread, 30);
  let state = ZSCORE_REVERSION_START;
  const expected = Array.from(zScores, (zScore) => {
    const step = stepZScoreReversion(config, state, { zScore });
    state = step.state;
    return { long: "L", short: "S", flat: "." }[step.target];
  }).join("");
  const steps = stepsOver(zScoreStrategy, config, outcome.fit, closes);
  expect(sidesOf(steps)).toBe(expected);
  steps.forEach(({ figures }, bar) => {
    expect(Number.isNaN(figures.zScore)).toBe(bar < 29);
    if (bar >= 29) expect(Math.abs(figures.zScore - zScores[bar]!)).toBeLessThan(1e-9);
  });
  expect(expected).toMatch(/L.*S|S.*L/);
});

test("the Kalman z-score is the innovation over its own deviation", () => {
  const config: ZScoreStrategyConfig = { ...usual, hedgeMethod: "kalman", zScoreMethod: "kalman" };
  const steps = stepsOver(zScoreStrategy, config, null, cointegratedCloses(3, 100));
  expect(steps[29]?.figures.zScore).toBeNaN();
  const { spread = 0, zScore = 0 } = steps[60]?.figures ?? {};
  expect(Math.sign(zScore)).toBe(Math.sign(spread));
  expect(Math.abs(zScore)).toBeLessThan(Math.abs(spread) / Math.sqrt(1e-3));
});

describe("the fit", () => {
  const level = { ...usual, prices: "level" } as const;
  const line = Array.from({ length: 40 }, (_, i) => i + 1);
  const wave = line.map((i) => 2 * i + 5 + (i % 2));
  test.each([
    { name: "too few bars", closes: [wave.slice(0, 29), line.slice(0, 29)], code: "too-short" },
    {
      name: "too few bars that both legs have",
      closes: [wave, line.map((price, i) => (i % 2 === 0 ? Number.NaN : price))],
      code: "too-short",
    },
    { name: "a leg that stands still", closes: [wave, line.map(() => 3)], code: "constant" },
    { name: "one instrument twice", closes: [line, line], code: "collinear" },
  ])("refuses $name", ({ closes, code }) => {
    expect(zScoreStrategy.fit(level, formationOf(closes))).toMatchObject({ kind: "refused", code });
  });

  test("leaves out bars that a leg lacks", () => {
    const withGaps = [
      [...wave, Number.NaN, 9],
      [...line, 4, Number.NaN],
    ];
    expect(zScoreStrategy.fit(level, formationOf(withGaps))).toEqual(
      zScoreStrategy.fit(level, formationOf([wave, line])),
    );
  });
});
