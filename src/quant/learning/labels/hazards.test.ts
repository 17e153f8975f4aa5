import { describe, expect, test } from "vitest";
import { pairBars } from "../features/arbitrary-features.test-support.ts";
import type { FeatureSpec } from "../features/feature-spec.ts";
import { assembleDataset } from "./assemble-dataset.ts";
import type { DatasetGroup } from "./dataset.ts";
import { datasetHazards } from "./dataset-hazards.ts";
import { groupHazards } from "./group-hazards.ts";
import { type Hazard, refusalOf } from "./hazard.ts";
import { labelHazards } from "./label-hazards.ts";
import type { LabelSpec, RuleLabel } from "./label-spec.ts";

const codes = (hazards: readonly Hazard[]): string[] => hazards.map(({ code }) => code);
const sma = (periodBars: number): FeatureSpec => ({ kind: "sma", of: "close", periodBars });
const lag = (of: FeatureSpec, lagBars = 1): FeatureSpec => ({ kind: "lag", of, lagBars });
const RULE: RuleLabel = { kind: "rule", rule: "above", of: sma(10), over: sma(30), aheadBars: 0 };
const AHEAD: LabelSpec = {
  kind: "direction",
  of: "close",
  horizonBars: 5,
  deadZone: 0,
  unit: "absolute",
  windowBars: 2,
  hedge: "held",
};

describe("by what features and label say", () => {
  test.each<{ name: string; features: FeatureSpec[]; label: LabelSpec; expected: string[] }>([
    { name: "nothing wrong", features: [sma(10)], label: AHEAD, expected: [] },
    {
      name: "a lag into the future",
      features: [lag(sma(3), -1)],
      label: AHEAD,
      expected: ["feature-reads-the-future"],
    },
    {
      name: "a lag into the future within a feature",
      features: [{ kind: "difference", of: "close", minus: lag(sma(3), -1) }],
      label: AHEAD,
      expected: ["feature-reads-the-future"],
    },
    {
      name: "a label about the future of a feature",
      features: [sma(3)],
      label: { ...RULE, of: lag(sma(3), -1), aheadBars: 1 },
      expected: ["feature-reads-the-future"],
    },
    {
      name: "a feature twice",
      features: [sma(3), sma(3)],
      label: AHEAD,
      expected: ["duplicated-columns"],
    },
    {
      name: "the rule of both averages (system D)",
      features: [sma(10), sma(30)],
      label: RULE,
      expected: ["label-is-a-rule-of-the-features"],
    },
    {
      name: "the rule of their difference, either way round",
      features: [{ kind: "difference", of: sma(30), minus: sma(10) }],
      label: RULE,
      expected: ["label-is-a-rule-of-the-features"],
    },
    {
      name: "the rule of a crossing among the features",
      features: [{ kind: "crossover", of: sma(10), over: sma(30) }],
      label: { ...RULE, rule: "crossover" },
      expected: ["label-is-a-rule-of-the-features"],
    },
    {
      name: "a crossing that both averages and their lags tell",
      features: [sma(10), sma(30), lag(sma(10)), lag(sma(30))],
      label: { ...RULE, rule: "crossover" },
      expected: ["label-is-a-rule-of-the-features"],
    },
    {
      name: "a rule of the present that no feature tells",
      features: [sma(10)],
      label: RULE,
      expected: ["label-reads-the-present-only"],
    },
    {
      name: "the same rule a bar ahead",
      features: [sma(10), sma(30)],
      label: { ...RULE, aheadBars: 1 },
      expected: [],
    },
  ])("$name", ({ features, label, expected }) => {
    expect(codes(labelHazards(features, label))).toEqual(expected);
  });

  test("what reads the future is refused, a rule of the present is warned of", () => {
    expect(refusalOf(labelHazards([lag(sma(3), -1)], AHEAD))?.names).toEqual([
      "lag(sma(close, 3), -1)",
    ]);
    expect(refusalOf(labelHazards([sma(10), sma(30)], RULE))).toBeNull();
  });
});

/** One instrument, whose other columns a test may change. */
function instrument(bars = 400, seed = 1): DatasetGroup {
  const { openTimeMs, columns } = pairBars(bars, seed);
  const close = columns["close-y"]!;
  const volume = columns["volume-y"]!;
  return {
    name: "A",
    symbols: ["A"],
    bars: { openTimeMs, columns: { close, volume, high: close.slice(), low: close.slice() } },
    spread: null,
  };
}

describe("by the numbers", () => {
  const found = (
    features: readonly FeatureSpec[],
    label: LabelSpec,
    one = instrument(),
  ): string[] => codes(datasetHazards(assembleDataset([one], features, label)));

  test("nothing wrong", () => {
    expect(found([sma(10), { kind: "rsi", of: "close", periodBars: 5 }], AHEAD)).toEqual([]);
  });

  test("a constant feature", () => {
    const hour: FeatureSpec = {
      kind: "time",
      cycle: "hour-of-day",
      wave: "sine",
      calendar: "continuous",
    };
    const daily = instrument();
    const openTimeMs = daily.bars.openTimeMs.map((_, t) => t * 86_400_000);
    const hazards = found([sma(3), hour], AHEAD, { ...daily, bars: { ...daily.bars, openTimeMs } });
    expect(hazards).toEqual(["constant-feature"]);
  });

  test("one class", () => {
    const rising = instrument();
    rising.bars.columns.close!.forEach((_, t, close) => {
      close[t] = 100 + t + (t % 3);
    });
    expect(
      found([sma(3), { kind: "volume", of: "volume", periodBars: 3 }], AHEAD, rising),
    ).toContain("one-class");
  });

  test("fewer rows than the look-back", () => {
    expect(found([sma(60)], AHEAD, instrument(100))).toEqual(["fewer-rows-than-look-back"]);
    expect(found([sma(60)], AHEAD, instrument(10))).toEqual(["fewer-rows-than-look-back"]);
  });

  test("columns that are equal, or equal but for scale", () => {
    const close: FeatureSpec = { kind: "column", of: "close" };
    const high: FeatureSpec = { kind: "column", of: "high" };
    expect(found([close, high], AHEAD)).toEqual(["duplicated-columns"]);
    const deviation: FeatureSpec = { kind: "deviation", of: "close", windowBars: 10 };
    const width: FeatureSpec = {
      kind: "bollinger",
      of: "close",
      periodBars: 10,
      deviations: 2,
      measure: "width",
    };
    expect(found([deviation, width], AHEAD)).toEqual(["duplicated-columns"]);
  });

  test("a feature that tells the label", () => {
    const difference: FeatureSpec = { kind: "difference", of: sma(10), minus: sma(30) };
    expect(found([difference], RULE)).toEqual(["label-told-by-a-feature"]);
    expect(found([difference], { ...RULE, aheadBars: 1 })).toEqual([]);
  });

  test("a copy of what is predicted, moved into the past", () => {
    const leaky = instrument();
    const { close, high } = leaky.bars.columns;
    for (let t = 0; t < 395; t++) high![t] = close![t + 5]! - close![t]!;
    const change: LabelSpec = {
      kind: "change",
      of: "close",
      horizonBars: 5,
      form: "difference",
      unit: "absolute",
      windowBars: 2,
      hedge: "held",
    };
    const hazards = found([sma(3), { kind: "column", of: "high" }], change, leaky);
    expect(hazards).toEqual(["label-told-by-a-feature"]);
  });

  test("a spread of the whole past", () => {
    const pair: DatasetGroup = {
      name: "P",
      symbols: ["Y", "X"],
      bars: pairBars(300, 1),
      spread: { kind: "expanding", barsMin: 30, price: "log" },
    };
    const features: readonly FeatureSpec[] = [{ kind: "lag", of: "spread", lagBars: 1 }];
    expect(found(features, { ...AHEAD, of: "spread" }, pair)).toEqual(["unbounded-look-back"]);
  });
});

describe("by the groups", () => {
  const pair = (name: string, symbols: readonly [string, string], seed: number): DatasetGroup => ({
    name,
    symbols,
    bars: pairBars(50, seed),
    spread: { kind: "rolling", windowBars: 30, price: "log" },
  });

  test("pairs that share a leg are no hazard", () => {
    const first = pair("A/B", ["A", "B"], 1);
    const second = pair("A/C", ["A", "C"], 2);
    expect(groupHazards([first, second])).toEqual([]);
  });

  test("the same pair turned round", () => {
    const hazards = groupHazards([pair("A/B", ["A", "B"], 1), pair("B/A", ["B", "A"], 2)]);
    expect(codes(hazards)).toEqual(["duplicated-symbol"]);
    expect(refusalOf(hazards)?.names).toEqual(["A/B", "B/A"]);
  });

  test("a pair of one symbol", () => {
    expect(codes(groupHazards([pair("A/A", ["A", "A"], 1)]))).toEqual(["duplicated-symbol"]);
  });

  test("a copy under another symbol", () => {
    const hazards = groupHazards([
      instrument(50),
      { ...instrument(50), name: "B", symbols: ["B"] },
    ]);
    expect(codes(hazards)).toEqual(["identical-series"]);
    expect(hazards[0]?.names).toEqual(["A", "B"]);
  });

  const original = instrument(400);
  const changed = (from: number, close: (value: number, bar: number) => number): DatasetGroup => {
    const { openTimeMs, columns } = instrument(400).bars;
    const bars = {
      openTimeMs: openTimeMs.slice(from),
      columns: { close: columns.close!.map(close).slice(from) },
    };
    return { name: "B", symbols: ["B"], bars, spread: null };
  };

  test.each<{ name: string; copy: DatasetGroup }>([
    { name: "one bar shorter", copy: changed(1, (value) => value) },
    {
      name: "with a tick that differs by 1e-9",
      copy: changed(0, (v, t) => (t === 9 ? v + 1e-9 : v)),
    },
    {
      name: "with a tick that differs by a tenth",
      copy: changed(0, (v, t) => (t === 9 ? 1.1 * v : v)),
    },
    { name: "in another unit", copy: changed(0, (value) => 100 * value) },
    { name: "with a gap", copy: changed(0, (v, t) => (t % 50 === 7 ? Number.NaN : v)) },
  ])("regression: a copy $name was not found", ({ copy }) => {
    expect(codes(groupHazards([original, copy]))).toEqual(["identical-series"]);
    expect(codes(groupHazards([copy, original]))).toEqual(["identical-series"]);
  });

  test.each<{ name: string; other: DatasetGroup }>([
    {
      name: "that differ on one bar in a hundred",
      other: changed(0, (v, t) => (t % 100 ? v : 1.1 * v)),
    },
    { name: "without a common bar", other: changed(400, (value) => value) },
    { name: "of which one stands still", other: changed(0, () => 5) },
  ])("series $name are no copies", ({ other }) => {
    expect(groupHazards([original, other])).toEqual([]);
  });

  test("series that both stand still say nothing of each other", () => {
    const still = (symbol: string) => ({ ...changed(0, () => 5), name: symbol, symbols: [symbol] });
    expect(groupHazards([still("A"), still("B")])).toEqual([]);
  });

  test("a hedge ratio of which nobody knows since when", () => {
    const given = { kind: "fixed", hedgeRatio: 1, intercept: 0, price: "log" } as const;
    const one = pair("A/B", ["A", "B"], 1);
    const undated = { ...one, spread: { ...given, knownFromMs: null } };
    expect(codes(groupHazards([undated]))).toEqual(["hedge-ratio-of-unknown-date"]);
    expect(groupHazards([{ ...one, spread: { ...given, knownFromMs: 5 } }])).toEqual([]);
  });
});
