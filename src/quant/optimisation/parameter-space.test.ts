import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultConfig } from "../strategies/parameter-values.ts";
import { STRATEGIES, type StrategyKind } from "../strategies/strategy-kinds.ts";
import { zScoreStrategy } from "../strategies/z-score-strategy.ts";
import type { VariedValues } from "./parameter-axis.ts";
import {
  isValidPoint,
  type ParameterSpace,
  placesOfPoint,
  pointOfPlaces,
  readParameterSpace,
  SPACE_POINTS_MAX,
  type SpaceReading,
  valuesOfPoint,
} from "./parameter-space.ts";
import { parameterSpaceOfKind } from "./parameter-space-of-kind.ts";

const BASE = { ...defaultConfig(zScoreStrategy) };

function reading(
  varied: Readonly<Record<string, VariedValues>>,
  changes: { readonly base?: typeof BASE; readonly pointsMax?: number } = {},
): SpaceReading {
  return readParameterSpace(zScoreStrategy, {
    base: BASE,
    varied,
    pointsMax: SPACE_POINTS_MAX,
    ...changes,
  });
}

function spaceOf(varied: Readonly<Record<string, VariedValues>>): ParameterSpace {
  const result = reading(varied);
  if (result.kind !== "space") throw new Error(`no space: ${JSON.stringify(result)}`);
  return result.space;
}

function issueOf(varied: Readonly<Record<string, VariedValues>>): readonly string[] {
  const result = reading(varied);
  if (result.kind !== "refused") throw new Error(`not refused: ${result.kind}`);
  return result.issues.map(({ field, message }) => `${field}: ${message}`);
}

describe("axes", () => {
  test.each<readonly [string, string, VariedValues, readonly unknown[]]>([
    ["whole steps", "zScoreWindowBars", { from: 20, to: 60, step: 20 }, [20, 40, 60]],
    ["a last step that does not fit", "zScoreWindowBars", { from: 20, to: 59, step: 20 }, [20, 40]],
    [
      "steps without float noise",
      "entryZScore",
      { from: 0.1, to: 0.4, step: 0.1 },
      [0.1, 0.2, 0.3, 0.4],
    ],
    ["one value", "entryZScore", { from: 2, to: 2, step: 1 }, [2]],
    ["a list in ascending order, none last", "stopZScore", [4, null, 3], [3, 4, null]],
    ["none beside zero", "exitZScore", [0.5, 0], [0, 0.5]],
    [
      "choices in their own order",
      "hedgeMethod",
      ["rolling", "formation"],
      ["rolling", "formation"],
    ],
  ])("have %s", (_, name, varied, values) => {
    expect(spaceOf({ [name]: varied }).axes[0]?.values).toEqual(values);
  });

  test.each<readonly [string, string, VariedValues, string]>([
    ["of no setting", "speed", [1], "Is no setting of this strategy"],
    ["of an inherited name", "toString", [1], "Is no setting of this strategy"],
    ["without values", "entryZScore", [], "Must have at least one value, and a step above 0"],
    ["that run backwards", "entryZScore", { from: 2, to: 1, step: 0.5 }, "Must have at least one"],
    ["without a step", "entryZScore", { from: 1, to: 2, step: 0 }, "Must have at least one value"],
    ["with a step of NaN", "entryZScore", { from: 1, to: 2, step: Number.NaN }, "Must have at"],
    ["with a value that is not allowed", "entryZScore", [1, 11], "Must be at most 10, 11 is not"],
    [
      "of parts of a bar",
      "zScoreWindowBars",
      { from: 20, to: 21, step: 0.5 },
      "Must be a whole number, 20.5 is not",
    ],
    ["of none where a number is needed", "entryZScore", [null], "Must be a number, none is not"],
    ["with a value twice", "entryZScore", [1, 2, 1], "Has a value twice"],
    ["with steps between choices", "hedgeMethod", { from: 0, to: 1, step: 1 }, "Must be a list"],
    [
      "of too many values",
      "kalmanDelta",
      { from: 1e-9, to: 0.1, step: 1e-7 },
      "Has 1,000,000 values, at most 10,000",
    ],
  ])("%s are refused", (_, name, varied, message) => {
    const [issue] = issueOf({ [name]: varied });
    expect(issue).toContain(`${name}: ${message}`);
  });
});

describe("readParameterSpace", () => {
  test("without a varied parameter there is one point, the base", () => {
    const space = spaceOf({});
    expect(space.size).toBe(1);
    expect(valuesOfPoint(space, 0)).toEqual(BASE);
  });

  test("a grid of a thousand million is refused with its count, at once", () => {
    const varied = {
      zScoreWindowBars: { from: 3, to: 1_002, step: 1 },
      hedgeWindowBars: { from: 10, to: 1_009, step: 1 },
      entryZScore: { from: 0.1, to: 10, step: 0.0099 },
    };
    const result = reading(varied, { pointsMax: 100_000 });
    if (result.kind !== "too-large") throw new Error(result.kind);
    expect(result.message).toBe("There are 1,001,000,000 combinations, at most 100,000 are tried");
    expect(result.combinations).toBe(1_001_000_000n);
  });

  test("the count is exact beyond what a double can count", () => {
    const wide = { from: 1, to: 1e15, step: 1 };
    const result = reading({ holdingMaxBars: wide, zScoreWindowBars: wide });
    if (result.kind !== "too-large") throw new Error(result.kind);
    expect(result.combinations).toBe(10n ** 30n);
  });

  test("what is not varied must be valid by itself", () => {
    const result = reading({ entryZScore: [1] }, { base: { ...BASE, zScoreWindowBars: 1 } });
    expect(result).toEqual({
      kind: "refused",
      issues: [{ field: "zScoreWindowBars", message: "Must be at least 3" }],
    });
  });

  test("a base that breaks a rule only together with others is no issue", () => {
    const result = reading({ exitZScore: [0.1] }, { base: { ...BASE, exitZScore: 9 } });
    expect(result.kind).toBe("space");
  });

  test("a point is its places, and the places are the point", () => {
    const space = spaceOf({
      entryZScore: { from: 1, to: 3, step: 0.1 },
      stopZScore: [4, 5, null],
      hedgeMethod: ["formation", "rolling"],
    });
    expect(space.size).toBe(21 * 3 * 2);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: space.size - 1 }), (point) => {
        const places = placesOfPoint(space, point);
        expect(pointOfPlaces(space, places)).toBe(point);
        const { entryZScore, zScoreWindowBars } = valuesOfPoint(space, point);
        expect(entryZScore).toBe(space.axes[0]?.values[Number(places[0])]);
        expect(zScoreWindowBars).toBe(BASE.zScoreWindowBars);
      }),
    );
    expect([0, 1, 2].map((point) => [...placesOfPoint(space, point)])).toEqual([
      [0, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
    ]);
  });

  test("rules between fields hold of valid points only", () => {
    const space = spaceOf({ entryZScore: [1, 2], exitZScore: [0.5, 1.5] });
    expect([0, 1, 2, 3].map((point) => isValidPoint(space, point))).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  test.each(Object.keys(STRATEGIES).map((kind) => [kind as StrategyKind]))(
    "%s has a space",
    (kind) => {
      const base = defaultConfig<Readonly<Record<string, never>>>(STRATEGIES[kind] as never);
      const result = parameterSpaceOfKind(kind, { base, varied: {}, pointsMax: 1 });
      expect(result.kind).toBe("space");
    },
  );
});
