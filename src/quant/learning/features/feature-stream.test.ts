import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stateFromJson, stateToJson } from "../../strategies/state-json.ts";
import {
  anyFeature,
  barsBetween,
  FORGETTING_SPREADS,
  pairBars,
  REMEMBERING_SPREADS,
  withGaps,
} from "./arbitrary-features.test-support.ts";
import { featureColumns } from "./feature-columns.ts";
import { featureLookBackBars } from "./feature-look-back.ts";
import { featureProgram } from "./feature-program.ts";
import type { BarColumns, FeatureBar, RawColumn } from "./feature-source.ts";
import { type FeatureSource, type FeatureSpec, featureSources } from "./feature-spec.ts";
import { type FeatureStream, startFeatures, stepFeatures } from "./feature-stream.ts";
import type { SpreadSpec } from "./spread-spec.ts";

const BARS = 260;
const features = fc.array(anyFeature, { minLength: 1, maxLength: 6 });
const spread = fc.constantFrom<SpreadSpec>(...FORGETTING_SPREADS, ...REMEMBERING_SPREADS);
const gaps = fc.array(fc.nat(BARS - 1), { maxLength: 3 });
const seed = fc.nat(5);

function barAt(bars: BarColumns, t: number): FeatureBar {
  const values: Partial<Record<RawColumn, number>> = Object.fromEntries(
    Object.entries(bars.columns).map(([name, column]) => [name, column[t]]),
  );
  return { openTimeMs: bars.openTimeMs[t]!, values };
}

/** Features bar by bar; `around` may put the stream away and bring it back. */
function streamed(
  bars: BarColumns,
  list: readonly FeatureSpec[],
  how: SpreadSpec,
  around: (stream: FeatureStream, t: number) => FeatureStream = (stream) => stream,
): Float64Array[] {
  const program = featureProgram(list, how);
  let stream = startFeatures(program);
  const n = bars.openTimeMs.length;
  const columns = list.map(() => new Float64Array(n));
  const values = new Float64Array(list.length);
  for (let t = 0; t < n; t++) {
    stream = around(stream, t);
    stepFeatures(program, stream, barAt(bars, t), values);
    for (let j = 0; j < list.length; j++) columns[j]![t] = values[j]!;
  }
  return columns;
}

test("bar by bar and over a history the features are the same to the bit", () => {
  fc.assert(
    fc.property(features, spread, gaps, seed, (list, how, missing, start) => {
      const bars = withGaps(pairBars(BARS, start), missing);
      expect(streamed(bars, list, how)).toEqual(featureColumns(bars, list, how));
    }),
    { numRuns: 30 },
  );
});

test("a long history, taken in several runs, has the features of its bars one by one", () => {
  const list = fc.sample(anyFeature, { numRuns: 20, seed: 1 });
  const how: SpreadSpec = { kind: "rolling", windowBars: 400, price: "log" };
  const bars = pairBars(3000, 3);
  expect(streamed(bars, list, how)).toEqual(featureColumns(bars, list, how));
});

test("cutting off the future changes no bit before the cut", () => {
  fc.assert(
    fc.property(
      features,
      spread,
      gaps,
      fc.integer({ min: 1, max: BARS }),
      (list, how, missing, cut) => {
        const bars = withGaps(pairBars(BARS, 7), missing);
        const whole = featureColumns(bars, list, how);
        const prefix = featureColumns(barsBetween(bars, 0, cut), list, how);
        expect(prefix).toEqual(whole.map((column) => column.slice(0, cut)));
      },
    ),
    { numRuns: 30 },
  );
});

test("a missing bar spoils what reads it and nothing else, and the look-back says exactly how far", () => {
  fc.assert(
    fc.property(
      anyFeature,
      fc.constantFrom<SpreadSpec>(...FORGETTING_SPREADS),
      fc.integer({ min: 0, max: 200 }),
      (feature, how, gap) => {
        const bars = pairBars(500, 8);
        const [clean] = featureColumns(bars, [feature], how);
        const [spoilt] = featureColumns(withGaps(bars, [gap]), [feature], how);
        const reach = featureLookBackBars(feature, how);
        const differs = (t: number): boolean => !Object.is(clean![t], spoilt![t]);
        for (let t = 0; t < 500; t++) {
          if (!differs(t)) continue;
          expect(spoilt![t], `bar ${t}`).toBeNaN();
          expect(t).toBeGreaterThanOrEqual(gap);
          expect(t).toBeLessThanOrEqual(gap + reach);
        }
        // What is undefined without a gap stays so, and the time of a bar is never missing.
        const furthest = gap + reach;
        if (readsPrices(feature, how) && !Number.isNaN(clean![furthest]!)) {
          expect(spoilt![furthest], "the last bar that reads the gap").toBeNaN();
        }
      },
    ),
    { numRuns: 120 },
  );
});

/** Whether all that a feature is made of comes from prices: the time and a given ratio do not. */
function readsPrices(source: FeatureSource, how: SpreadSpec): boolean {
  if (typeof source === "string") return source !== "hedge-ratio" || how.kind !== "fixed";
  if (source.kind === "time") return false;
  return featureSources(source).every((one) => readsPrices(one, how));
}

test("a stream that was put away and brought back goes on to the bit", () => {
  fc.assert(
    fc.property(features, spread, fc.integer({ min: 0, max: BARS - 1 }), (list, how, stop) => {
      const bars = pairBars(BARS, 9);
      const carried = streamed(bars, list, how, (stream, t) =>
        t === stop
          ? (stateFromJson(stateToJson(stream)) as FeatureStream)
          : structuredClone(stream),
      );
      expect(carried).toEqual(streamed(bars, list, how));
    }),
    { numRuns: 6 },
  );
});

test("no feature is infinite, whatever the prices", () => {
  const value = fc.constantFrom(0, 1, 1e-300, 1e300, 5);
  fc.assert(
    fc.property(
      anyFeature,
      fc.array(value, { minLength: 60, maxLength: 60 }),
      (feature, values) => {
        const close = Float64Array.from(values);
        const columns = Object.fromEntries(
          Object.keys(pairBars(1, 1).columns).map((name) => [name, close]),
        );
        const openTimeMs = Float64Array.from(values, (_, t) => t);
        const [column] = featureColumns({ openTimeMs, columns }, [feature], FORGETTING_SPREADS[1]!);
        expect(column!.some((one) => Math.abs(one) === Infinity)).toBe(false);
      },
    ),
    { numRuns: 60 },
  );
});

describe("bad input", () => {
  const bars = pairBars(10, 1);
  const lag: FeatureSpec = { kind: "lag", of: "close-y", lagBars: 1 };
  const code = (work: () => unknown): unknown => {
    try {
      work();
    } catch (error) {
      return (error as { code?: string }).code;
    }
    return null;
  };

  test.each<{ name: string; work: () => unknown; code: string }>([
    { name: "no features", work: () => featureColumns(bars, []), code: "out-of-range" },
    {
      name: "a lag of −1",
      work: () => featureColumns(bars, [{ ...lag, lagBars: -1 }]),
      code: "out-of-range",
    },
    {
      name: "a spread of nothing",
      work: () => featureColumns(bars, [{ ...lag, of: "spread" }]),
      code: "out-of-range",
    },
    {
      name: "a column that the bars lack",
      work: () => featureColumns(bars, [{ ...lag, of: "close" }]),
      code: "out-of-range",
    },
    {
      name: "a column of another length",
      work: () => featureColumns({ ...bars, columns: { "close-y": new Float64Array(3) } }, [lag]),
      code: "length-mismatch",
    },
    {
      name: "an infinite price",
      work: () =>
        featureColumns({ ...bars, columns: { "close-y": new Float64Array(10).fill(Infinity) } }, [
          lag,
        ]),
      code: "not-finite",
    },
  ])("is refused: $name", ({ work, code: expected }) => {
    expect(code(work)).toBe(expected);
  });

  test("an infinite price leaves a stream as it was", () => {
    const program = featureProgram([lag], null);
    const stream = startFeatures(program);
    const before = structuredClone(stream);
    const bar = { openTimeMs: 0, values: { "close-y": Infinity } };
    expect(code(() => stepFeatures(program, stream, bar, new Float64Array(1)))).toBe("not-finite");
    expect(stream).toEqual(before);
  });
});
