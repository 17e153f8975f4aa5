import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  barsBetween,
  HOUR_MS,
  pairBars,
  withGaps,
} from "../features/arbitrary-features.test-support.ts";
import type { BarColumns } from "../features/feature-source.ts";
import { spreadColumns } from "../features/spread-columns.ts";
import type { SpreadSpec } from "../features/spread-spec.ts";
import { ABSENCE_REASONS } from "./absence.ts";
import { labelColumn } from "./label-column.ts";
import { readLabel } from "./label-kinds.ts";
import { type LabelSpec, labelClasses, labelHorizonBars } from "./label-spec.ts";

const NONE = Number.NaN;
const ROLLING: SpreadSpec = { kind: "rolling", windowBars: 40, price: "log" };
const ABSOLUTE = { unit: "absolute", windowBars: 2, hedge: "held" } as const;
const IN_DEVIATIONS = { unit: "level-deviations", windowBars: 20, hedge: "held" } as const;

function closes(...values: number[]): BarColumns {
  const close = Float64Array.from(values);
  return { openTimeMs: close.map((_, t) => t * HOUR_MS), columns: { close } };
}

const LABELS: readonly LabelSpec[] = [
  { kind: "direction", of: "spread", horizonBars: 3, deadZone: 0, ...ABSOLUTE },
  { kind: "direction", of: "spread", horizonBars: 5, deadZone: 0.5, ...IN_DEVIATIONS },
  { kind: "change", of: "spread", horizonBars: 4, form: "difference", ...IN_DEVIATIONS },
  { kind: "change", of: "close-y", horizonBars: 1, form: "log", ...ABSOLUTE },
  {
    kind: "triple-barrier",
    of: "spread",
    side: "reversion",
    profit: 1,
    stop: 1.5,
    limitBars: 12,
    timeOut: "own-class",
    ...IN_DEVIATIONS,
  },
  {
    kind: "triple-barrier",
    of: "close-x",
    side: "short",
    profit: 2,
    stop: null,
    limitBars: 9,
    timeOut: "by-result",
    unit: "change-deviations",
    windowBars: 30,
    hedge: "held",
  },
  {
    kind: "rule",
    rule: "above",
    of: { kind: "sma", of: "spread", periodBars: 10 },
    over: { kind: "sma", of: "spread", periodBars: 30 },
    aheadBars: 0,
  },
  { kind: "rule", rule: "crossover", of: "close-y", over: "close-x", aheadBars: 2 },
];
const label = fc.constantFrom(...LABELS);

describe("what is asked of a few bars", () => {
  test("direction, with no change down, and none past the end", () => {
    const { values, endBars, absences } = labelColumn(closes(1, 2, 2, 1, NONE, 3), {
      kind: "direction",
      of: "close",
      horizonBars: 1,
      deadZone: 0,
      ...ABSOLUTE,
    });
    expect([...values]).toEqual([1, 0, 0, NONE, NONE, NONE]);
    expect([...endBars]).toEqual([1, 2, 3, -1, -1, -1]);
    const reasons = Array.from(absences, (code) => ABSENCE_REASONS[code - 1] ?? "there");
    expect(reasons).toEqual(["there", "there", "there", "gap", "gap", "past-end"]);
  });

  test("direction with a dead zone", () => {
    const zone = { kind: "direction", of: "close", horizonBars: 2, deadZone: 1 } as const;
    const { values } = labelColumn(closes(5, 5, 6, 7, 4, 4), { ...zone, ...ABSOLUTE });
    expect([...values]).toEqual([1, 2, 0, 0, NONE, NONE]);
  });

  test("change as difference, share and logarithm", () => {
    const change = { kind: "change", of: "close", horizonBars: 1, ...ABSOLUTE } as const;
    const at = (form: "difference" | "simple" | "log"): number[] =>
      Array.from(labelColumn(closes(1, 2, 1), { ...change, form }).values);
    expect(at("difference")).toEqual([1, -1, NONE]);
    expect(at("simple")).toEqual([1, -0.5, NONE]);
    expect(at("log")).toEqual([Math.log(2), Math.log(0.5), NONE]);
  });

  test("barriers end a position by profit, stop or time, at the bar that touches", () => {
    const barrier = {
      kind: "triple-barrier",
      of: "close",
      side: "long",
      profit: 2,
      stop: 1,
      limitBars: 3,
      timeOut: "own-class",
      ...ABSOLUTE,
    } as const;
    const bars = closes(10, 10.5, 12, 11.5, 11, 11, 11.2, 11.1);
    const { values, endBars } = labelColumn(bars, barrier);
    expect([...values]).toEqual([2, 1, 0, 1, 1, NONE, NONE, NONE]);
    expect([...endBars]).toEqual([2, 4, 4, 6, 7, -1, -1, -1]);
    const short = labelColumn(bars, { ...barrier, side: "short", timeOut: "by-result" });
    expect([...short.values.slice(0, 4)]).toEqual([0, 0, 1, 1]);
  });

  test("the reverting side is short above the mean and long below it", () => {
    const { values, endBars } = labelColumn(closes(0, 0, 4, 1, 1, 1, -3, 0, 0), {
      kind: "triple-barrier",
      of: "close",
      side: "reversion",
      profit: 2,
      stop: 9,
      limitBars: 2,
      timeOut: "by-result",
      unit: "absolute",
      windowBars: 3,
      hedge: "held",
    });
    // On the mean itself there is no side.
    expect([...values.slice(2, 7)]).toEqual([1, 0, 0, NONE, 1]);
    expect([...endBars.slice(2, 7)]).toEqual([3, 5, 6, -1, 7]);
  });

  test("a gap within reach of a barrier leaves its end unknown, behind it not", () => {
    const barrier = {
      kind: "triple-barrier",
      of: "close",
      side: "long",
      profit: 1,
      stop: null,
      limitBars: 2,
      timeOut: "own-class",
      ...ABSOLUTE,
    } as const;
    expect([...labelColumn(closes(1, 2, NONE, 3, 3, 3), barrier).values]).toEqual([
      2,
      NONE,
      NONE,
      1,
      NONE,
      NONE,
    ]);
  });

  test("rules at the bar itself and later", () => {
    const bars = closes(1, 3, 3, 1);
    const rule = {
      kind: "rule",
      of: "close",
      over: { kind: "sma", of: "close", periodBars: 2 },
    } as const;
    const at = (name: "above" | "below" | "crossover", aheadBars: number): number[] =>
      Array.from(labelColumn(bars, { ...rule, rule: name, aheadBars }).values);
    expect(at("above", 0)).toEqual([NONE, 1, 0, 0]);
    expect(at("above", 1)).toEqual([1, 0, 0, NONE]);
    expect(at("below", 0)).toEqual([NONE, 0, 0, 1]);
    expect(at("crossover", 0)).toEqual([NONE, NONE, 1, 0]);
    expect([...labelColumn(bars, { ...rule, rule: "above", aheadBars: 1 }).endBars]).toEqual([
      1, 2, 3, -1,
    ]);
  });
});

test("a held hedge ratio is what a position earns; a refitted line moves to the prices", () => {
  const bars = pairBars(300, 2);
  const change = { kind: "change", of: "spread", horizonBars: 10, form: "difference" } as const;
  const held = labelColumn(bars, { ...change, ...ABSOLUTE }, ROLLING);
  const refitted = labelColumn(bars, { ...change, ...ABSOLUTE, hedge: "refitted" }, ROLLING);
  const { y, x, hedgeRatio, spread } = spreadColumns(bars, ROLLING);
  for (let t = 39; t < 290; t += 10) {
    const earned = y[t + 10]! - y[t]! - hedgeRatio[t]! * (x[t + 10]! - x[t]!);
    expect(held.values[t]).toBeCloseTo(earned, 12);
    expect(refitted.values[t]).toBeCloseTo(spread[t + 10]! - spread[t]!, 12);
  }
  const given: SpreadSpec = {
    kind: "fixed",
    hedgeRatio: 1.3,
    intercept: 0,
    knownFromMs: null,
    price: "log",
  };
  const both = (["held", "refitted"] as const).map(
    (hedge) => labelColumn(bars, { ...change, ...ABSOLUTE, hedge }, given).values,
  );
  both[0]!.forEach((value, t) => {
    if (t < 290) expect(value).toBeCloseTo(both[1]![t]!, 12);
  });
});

test("a label reads up to its last bar and no further, and its row's own bar at least", () => {
  const bars = pairBars(200, 6);
  fc.assert(
    fc.property(label, fc.integer({ min: 60, max: 199 }), (spec, cut) => {
      const horizonBars = labelHorizonBars(spec);
      const whole = labelColumn(bars, spec, ROLLING);
      const prefix = labelColumn(barsBetween(bars, 0, cut), spec, ROLLING);
      const wrong = whole.endBars.findIndex((end, t) =>
        Number.isNaN(whole.values[t]!) ? end !== -1 : end < t || end > t + horizonBars,
      );
      expect(wrong).toBe(-1);
      // Near the end of the prefix labels are missing even where a barrier was touched in time.
      const known = cut - horizonBars;
      expect(prefix.values.slice(0, known)).toEqual(whole.values.slice(0, known));
      expect(prefix.endBars.slice(0, known)).toEqual(whole.endBars.slice(0, known));
      expect(prefix.values.slice(known).every(Number.isNaN)).toBe(true);
    }),
    { numRuns: 25 },
  );
});

test("changing the bars after its last one changes no label", () => {
  const bars = pairBars(200, 6);
  const other = pairBars(200, 61);
  fc.assert(
    fc.property(label, fc.integer({ min: 60, max: 190 }), (spec, cut) => {
      const columns = Object.fromEntries(
        Object.entries(bars.columns).map(([name, values]) => {
          const changed = values.slice();
          const replaced = Object.entries(other.columns).find(([one]) => one === name)!;
          changed.set(replaced[1].subarray(cut), cut);
          return [name, changed];
        }),
      );
      const before = labelColumn(bars, spec, ROLLING);
      const after = labelColumn({ ...bars, columns }, spec, ROLLING);
      const changed = before.values.findIndex((value, t) => {
        const end = before.endBars[t]!;
        return end >= 0 && end < cut && after.values[t] !== value;
      });
      expect(changed).toBe(-1);
    }),
    { numRuns: 25 },
  );
});

test("every label is missing for a reason or there, whatever is missing of the bars", () => {
  fc.assert(
    fc.property(label, fc.array(fc.nat(149), { maxLength: 4 }), (spec, gaps) => {
      const { values, absences } = labelColumn(withGaps(pairBars(150, 3), gaps), spec, ROLLING);
      const classes = labelClasses(spec).length;
      const isClass = (value: number): boolean =>
        classes === 0 || (Number.isInteger(value) && value >= 0 && value < classes);
      const wrong = values.findIndex((value, t) =>
        Number.isNaN(value) ? absences[t] === 0 : absences[t] !== 0 || !isClass(value),
      );
      expect(wrong).toBe(-1);
    }),
    { numRuns: 25 },
  );
});

test.each(LABELS)("a label goes through JSON: $kind", (spec) => {
  expect(readLabel(JSON.parse(JSON.stringify(spec)))).toEqual({ kind: "valid", label: spec });
});

test.each<{ name: string; value: unknown; field: string }>([
  { name: "no horizon", value: { ...LABELS[0], horizonBars: 0 }, field: "horizonBars" },
  { name: "a horizon behind", value: { ...LABELS[0], horizonBars: -2 }, field: "horizonBars" },
  { name: "no barrier", value: { ...LABELS[4], profit: null, stop: null }, field: "profit" },
  { name: "the share of a spread", value: { ...LABELS[2], form: "simple" }, field: "form" },
  {
    name: "a feature that reads the future",
    value: { ...LABELS[7], of: { kind: "lag", of: "close", lagBars: -3 } },
    field: "of.lagBars",
  },
])("is refused: $name", ({ value, field }) => {
  const reading = readLabel(value);
  expect(reading.kind === "refused" && reading.issues[0]?.field).toBe(field);
  if (typeof value !== "object" || value === null) return;
  expect(() => labelColumn(pairBars(99, 1), value as LabelSpec, ROLLING)).toThrow(
    expect.objectContaining({ code: "out-of-range" }),
  );
});
