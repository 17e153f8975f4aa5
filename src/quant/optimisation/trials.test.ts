import { describe, expect, test } from "vitest";
import { defaultConfig } from "../strategies/parameter-values.ts";
import { zScoreStrategy } from "../strategies/z-score-strategy.ts";
import { bestTrials } from "./best-trials.ts";
import { neighbourhoodStability } from "./neighbourhood-stability.ts";
import { type ParameterSpace, pointOfPlaces, readParameterSpace } from "./parameter-space.ts";
import { firstTrials, trialBytes, trialColumns, writeTrialPoint } from "./trial-columns.ts";
import { trialTails } from "./trial-tails.ts";

function smallSpace(): ParameterSpace {
  const result = readParameterSpace(zScoreStrategy, {
    base: { ...defaultConfig(zScoreStrategy) },
    varied: {
      entryZScore: { from: 1, to: 2, step: 0.25 },
      stopZScore: [3, 4, null],
      hedgeMethod: ["formation", "rolling"],
    },
    pointsMax: 1_000,
  });
  if (result.kind !== "space") throw new Error(`no space: ${result.kind}`);
  return result.space;
}

const SPACE = smallSpace();
const pointAt = (...places: readonly number[]): number =>
  pointOfPlaces(SPACE, Int32Array.from(places));

describe("columns of trials", () => {
  const layout = { parameters: SPACE.axes.map(({ name }) => name), capacity: 4, bars: 50 };

  test("keep numbers as they are, none as NaN, and choices by their place", () => {
    const columns = trialColumns(layout);
    const values = writeTrialPoint(columns, 2, { space: SPACE, point: pointAt(3, 2, 1) });
    expect(values).toMatchObject({ entryZScore: 1.75, stopZScore: null, hedgeMethod: "rolling" });
    const { entryZScore, stopZScore, hedgeMethod } = columns.parameters;
    expect([entryZScore?.[2], stopZScore?.[2], hedgeMethod?.[2]]).toEqual([1.75, Number.NaN, 1]);
    expect(columns.point[2]).toBe(pointAt(3, 2, 1));
  });

  test("lie in one memory that can be stored, shared and opened again", () => {
    const shared = new SharedArrayBuffer(trialBytes(layout));
    const written = trialColumns(layout, shared);
    written.figures.sharpeRatio[1] = 2;
    written.blockSquares[4 * 16 - 1] = 3;
    const opened = trialColumns(layout, shared);
    expect([opened.figures.sharpeRatio[1], opened.blockSquares.at(-1)]).toEqual([2, 3]);
    expect(written.buffer.byteLength).toBe(trialBytes(layout));
  });

  test("are cut to the trials that were run", () => {
    const columns = trialColumns(layout);
    columns.figures.carry[2] = 7;
    columns.blockMeans[2 * 16 + 5] = 8;
    columns.moments.kurtosis[3] = 9;
    const first = firstTrials(columns, 3);
    expect(first.layout.capacity).toBe(3);
    expect([...first.figures.carry]).toEqual([0, 0, 7]);
    expect(first.blockMeans[2 * 16 + 5]).toBe(8);
    expect([...first.moments.kurtosis]).toEqual([0, 0, 0]);
  });
});

describe("ranks", () => {
  test("the best come first, equals as they were tried, undefined last", () => {
    const none = Number.NEGATIVE_INFINITY;
    const objective = Float64Array.of(none, 1, 3, none, 3, 2);
    expect([...bestTrials(objective, 10)]).toEqual([2, 4, 5, 1, 0, 3]);
    expect([...bestTrials(objective, 2)]).toEqual([2, 4]);
  });
});

describe("neighbourhoodStability", () => {
  const places = [
    [2, 1, 0], // looked at
    [1, 1, 0],
    [3, 2, 0],
    [2, 0, 0],
    [2, 1, 1], // another choice
    [4, 1, 0], // two steps away
  ] as const;
  const point = Float64Array.from(places, (one) => pointAt(...one));
  const objective = Float64Array.of(2, 1, 1.5, 1.8, 9, 9);
  const rows = Int32Array.of(0);

  test("on a grid neighbours are one step away on ordered axes, and the same in choices", () => {
    const input = { space: SPACE, point, objective, rows, rule: { kind: "grid" } as const };
    expect(neighbourhoodStability(input)).toEqual([
      { row: 0, own: 2, neighbours: 3, median: 1.5, worst: 1, stability: 0.75 },
    ]);
  });

  test("elsewhere they are the nearest on scaled axes", () => {
    const rule = { kind: "nearest", count: 2 } as const;
    const input = { space: SPACE, point, objective, rows, rule };
    // A quarter of the first axis, and half of it or of the second; the first tried of equals.
    expect(neighbourhoodStability(input)[0]).toMatchObject({
      neighbours: 2,
      median: 1.4,
      worst: 1,
    });
  });

  test("neighbours without a figure count as the worst", () => {
    const none = Number.NEGATIVE_INFINITY;
    const input = { space: SPACE, point, rows, rule: { kind: "grid" } as const };
    const one = neighbourhoodStability({
      ...input,
      objective: Float64Array.of(2, none, 1, 3, 0, 0),
    });
    expect(one[0]).toMatchObject({ median: 1, worst: null, stability: 0.5 });
    const two = neighbourhoodStability({
      ...input,
      objective: Float64Array.of(2, none, none, 3, 0, 0),
    });
    expect(two[0]).toMatchObject({ median: null, worst: null, stability: null });
  });

  test("a trial without neighbours has no stability", () => {
    const [alone] = neighbourhoodStability({
      space: SPACE,
      point: point.slice(0, 1),
      objective: objective.slice(0, 1),
      rows,
      rule: { kind: "grid" },
    });
    expect(alone).toEqual({
      row: 0,
      own: 2,
      neighbours: 0,
      median: null,
      worst: null,
      stability: null,
    });
  });
});

describe("trialTails", () => {
  test("are the value at risk and what lies beyond", () => {
    const equity = Float64Array.from({ length: 21 }, (_, bar) => 0.99 ** (bar + 1));
    const tails = trialTails(equity, 1);
    expect(tails.valueAtRisk).toBeCloseTo(0.01, 12);
    expect(tails.conditionalValueAtRisk).toBeCloseTo(0.01, 12);
  });

  test("there are none after a ruin", () => {
    expect(trialTails(Float64Array.of(1, 0, 0), 1)).toEqual({
      valueAtRisk: null,
      conditionalValueAtRisk: null,
    });
  });
});
