import { describe, expect, test } from "vitest";
import { bollingerBands } from "../indicators/bollinger-bands.ts";
import { macd } from "../indicators/macd.ts";
import { relativeStrengthIndex } from "../indicators/relative-strength-index.ts";
import { simpleMovingAverage } from "../indicators/simple-moving-average.ts";
import { type IndicatorVoteConfig, indicatorVoteStrategy } from "./indicator-vote-strategy.ts";
import { countVotes, createVotes } from "./indicator-votes.ts";
import { defaultConfig } from "./parameter-values.ts";
import { type Closes, cointegratedCloses, stepsOver } from "./strategy-bars.test-support.ts";

const usual = defaultConfig(indicatorVoteStrategy);
const onlySma: IndicatorVoteConfig = {
  ...usual,
  usesMacd: false,
  usesRsi: false,
  usesBollinger: false,
  smaFastBars: 1,
  smaSlowBars: 2,
  votesToEnter: 1,
};

/** Weights of every bar; = where the target says hold. */
function weights(change: Partial<IndicatorVoteConfig>, closes: Closes): readonly unknown[] {
  return stepsOver(indicatorVoteStrategy, { ...onlySma, ...change }, null, closes).map(
    ({ target }) => (target.kind === "weights" ? [...target.weights] : "="),
  );
}

describe("indicatorVoteStrategy by hand", () => {
  test.each([
    // Close over the mean of two: above on a rise. Sides: –, down, up, up, down.
    {
      name: "buys on a cross and leaves on the next",
      closes: [[5, 4, 5, 6, 5]],
      is: ["=", "=", [1], "=", [0]],
    },
    { name: "does not take the first side for a cross", closes: [[4, 5, 6]], is: ["=", "=", "="] },
    {
      name: "passes over a gap",
      closes: [[5, 4, Number.NaN, 5]],
      is: ["=", "=", "=", [1]],
    },
    {
      name: "judges each instrument on its own and leaves the others alone",
      closes: [
        [5, 4, 5, 6],
        [5, 4, 3, 4],
      ],
      is: ["=", "=", [0.5, Number.NaN], [Number.NaN, 0.5]],
    },
  ])("$name", ({ closes, is }) => {
    expect(weights({}, closes)).toEqual(is);
  });

  test("turns round where it may sell short", () => {
    expect(weights({ sides: "both" }, [[5, 4, 5, 6, 5]])).toEqual(["=", "=", [1], "=", [-1]]);
  });

  test("invests the share of equity that it is given", () => {
    expect(weights({ grossExposureMax: 0.5 }, [[5, 4, 5]]).at(-1)).toEqual([0.5]);
  });
});

/** +1 and −1 on the bars of a cross of a series through a level, 0 elsewhere. */
function crosses(values: Float64Array, levels: Float64Array): readonly number[] {
  return Array.from(values, (value, t) => {
    const before = (values[t - 1] ?? Number.NaN) - (levels[t - 1] ?? Number.NaN);
    const now = value - (levels[t] ?? Number.NaN);
    if (before < 0 && now > 0) return 1;
    return before > 0 && now < 0 ? -1 : 0;
  });
}

/** The direction of the last cross; an event of 0 keeps it. */
function lastOf(events: readonly number[]): readonly number[] {
  let vote = 0;
  return events.map((event) => {
    if (event !== 0) vote = event;
    return vote;
  });
}

function levels(n: number, level: number): Float64Array {
  return new Float64Array(n).fill(level);
}

describe("bar by bar the votes are the last crosses of the indicators over the history", () => {
  const closes = Float64Array.from(cointegratedCloses(21, 800)[0] ?? []);
  const n = closes.length;
  const none = { usesSma: false, usesMacd: false, usesRsi: false, usesBollinger: false };
  const lines = macd(closes);
  const bands = bollingerBands(closes);
  const rsi = relativeStrengthIndex(closes, 14);
  const upOf = (events: readonly number[]): readonly number[] =>
    events.map((event) => Math.max(event, 0));
  const downOf = (events: readonly number[]): readonly number[] =>
    events.map((event) => Math.min(event, 0));
  const joined = (a: readonly number[], b: readonly number[]): readonly number[] =>
    a.map((event, i) => event + (b[i] ?? 0));

  test.each([
    {
      name: "moving averages",
      uses: { usesSma: true },
      events: crosses(simpleMovingAverage(closes, 20), simpleMovingAverage(closes, 50)),
    },
    { name: "MACD", uses: { usesMacd: true }, events: crosses(lines.macd, lines.signal) },
    {
      name: "RSI",
      uses: { usesRsi: true },
      events: joined(upOf(crosses(rsi, levels(n, 30))), downOf(crosses(rsi, levels(n, 70)))),
    },
    {
      name: "Bollinger bands",
      uses: { usesBollinger: true },
      events: joined(upOf(crosses(closes, bands.lower)), downOf(crosses(closes, bands.upper))),
    },
  ])("$name", ({ uses, events }) => {
    const config = { ...usual, ...none, ...uses };
    const state = createVotes(config);
    const votes = Array.from(closes, (close) => countVotes(config, state, close));
    expect(votes).toEqual(lastOf(events));
    expect(new Set(votes).size).toBe(3);
  });
});
