import { describe, expect, test } from "vitest";
import { HOUR_MS, pairBars, withGaps } from "../features/arbitrary-features.test-support.ts";
import { featureColumns } from "../features/feature-columns.ts";
import type { FeatureSpec } from "../features/feature-spec.ts";
import type { SpreadSpec } from "../features/spread-spec.ts";
import { requireTrainingData } from "../training-data.ts";
import { assembleDataset } from "./assemble-dataset.ts";
import type { DatasetGroup } from "./dataset.ts";
import { labelColumn } from "./label-column.ts";
import type { LabelSpec } from "./label-spec.ts";
import { timeOrder } from "./time-order.ts";

const SPREAD: SpreadSpec = { kind: "rolling", windowBars: 40, price: "log" };
const FEATURES: readonly FeatureSpec[] = [
  { kind: "z-score", of: "spread", windowBars: 10 },
  { kind: "lag", of: "spread", lagBars: 3 },
];
const LABEL: LabelSpec = {
  kind: "direction",
  of: "spread",
  horizonBars: 5,
  deadZone: 0,
  unit: "absolute",
  windowBars: 2,
  hedge: "held",
};

function group(name: string, seed: number, bars = 200, laterBars = 0): DatasetGroup {
  const pair = pairBars(bars, seed);
  const openTimeMs = pair.openTimeMs.map((time) => time + laterBars * HOUR_MS);
  return {
    name,
    symbols: [`${name}Y`, `${name}X`],
    bars: { ...pair, openTimeMs },
    spread: SPREAD,
  };
}

test("rows are the bars that have every feature and a label", () => {
  const one = group("A", 1);
  const dataset = assembleDataset([one], FEATURES, LABEL);
  requireTrainingData(dataset, { missing: false });
  const columns = featureColumns(one.bars, FEATURES, SPREAD);
  const labels = labelColumn(one.bars, LABEL, SPREAD);
  expect(dataset.table.names).toEqual(["z-score(spread, 10)", "lag(spread, 3)"]);
  expect(dataset.lookBackBars).toBe(48);
  expect(dataset.bars[0]).toBe(48);
  expect(dataset.table.rowCount).toBe(200 - 48 - 5);
  dataset.bars.forEach((bar, i) => {
    expect(dataset.table.columns[0]![i]).toBe(columns[0]![bar]);
    expect(dataset.target[i]).toBe(labels.values[bar]);
    expect(dataset.labelEndBars[i]).toBe(bar + 5);
    expect(dataset.times.timeMs[i]).toBe(bar * HOUR_MS);
    expect(dataset.times.featureStartMs[i]).toBe((bar - 48) * HOUR_MS);
    expect(dataset.times.labelEndMs[i]).toBe((bar + 5) * HOUR_MS);
  });
  expect(dataset.classDirections).toEqual([-1, 1]);
  expect(dataset.horizonBars).toBe(5);
});

test("bars without a row are counted by reason", () => {
  const one = group("A", 1);
  const holed = { ...one, bars: withGaps(one.bars, [100]) };
  const { groupRows, bars } = assembleDataset([holed], FEATURES, LABEL);
  // Five labels would read the missing bar, and 49 rows have it within their features.
  expect(groupRows).toEqual([
    {
      name: "A",
      bars: 200,
      rows: 200 - 48 - 1 - 49 - 5,
      missing: { "look-back": 48, gap: 1 + 49, "past-end": 5, undefined: 0 },
    },
  ]);
  // Labels of 95 to 99 reach past the gap, to 100 only that of 95.
  expect(bars.includes(95)).toBe(false);
  expect(bars.includes(96)).toBe(true);
  expect(bars.includes(149)).toBe(true);
});

test("rows may lack features where models take it", () => {
  const flat = pairBars(120, 1);
  flat.columns["volume-y"]!.fill(7, 60, 80);
  const one: DatasetGroup = { name: "A", symbols: ["Y", "X"], bars: flat, spread: null };
  const features: readonly FeatureSpec[] = [
    { kind: "return", of: "close-y", lagBars: 1, form: "log" },
    { kind: "z-score", of: "volume-y", windowBars: 10 },
  ];
  const label: LabelSpec = { ...LABEL, of: "close-y" };
  const dropped = assembleDataset([one], features, label);
  const kept = assembleDataset([one], features, label, { incomplete: "keep" });
  expect(dropped.groupRows[0]!.missing.undefined).toBe(11);
  expect(kept.table.rowCount - dropped.table.rowCount).toBe(11);
  expect(kept.table.columns[1]!.filter(Number.isNaN)).toHaveLength(11);
  requireTrainingData(kept, { missing: true });
});

test("several pairs are pooled in order of time, the first group first", () => {
  const dataset = assembleDataset([group("A", 1), group("B", 2, 150, 20)], FEATURES, LABEL);
  const { times, groups, bars, table } = dataset;
  expect(table.rowCount).toBe(dataset.groupRows[0]!.rows + dataset.groupRows[1]!.rows);
  for (let i = 1; i < table.rowCount; i++) {
    const [before, now] = [times.timeMs[i - 1]!, times.timeMs[i]!];
    expect(now > before || (now === before && groups[i]! > groups[i - 1]!)).toBe(true);
  }
  // Bars are places within their own group.
  const inB = groups.indexOf(1);
  expect(times.timeMs[inB]).toBe((bars[inB]! + 20) * HOUR_MS);
  expect(dataset.sources).toHaveLength(2);
});

test("rows weigh by their uniqueness when asked to", () => {
  expect(assembleDataset([group("A", 1)], FEATURES, LABEL).weights).toBeNull();
  const { weights } = assembleDataset([group("A", 1)], FEATURES, LABEL, {
    weighting: "uniqueness",
  });
  expect(weights![70]).toBeCloseTo(0.2, 12);
});

test("a rule of the present bar reads nothing ahead and says so", () => {
  const label: LabelSpec = {
    kind: "rule",
    rule: "above",
    of: "spread",
    over: { kind: "sma", of: "spread", periodBars: 10 },
    aheadBars: 0,
  };
  const dataset = assembleDataset([group("A", 1)], FEATURES, label);
  expect(dataset.readsPresentOnly).toBe(true);
  expect(dataset.times.labelEndMs).toEqual(dataset.times.timeMs);
  expect(dataset.uniqueness.every((value) => value === 1)).toBe(true);
});

test("a spread of the whole past has no first bar that it reads", () => {
  const expanding: SpreadSpec = { kind: "expanding", barsMin: 40, price: "log" };
  const one = { ...group("A", 1), spread: expanding };
  const { lookBackBars, times, groupRows } = assembleDataset([one], FEATURES, LABEL);
  expect(lookBackBars).toBe(Infinity);
  expect(times.featureStartMs[0]).toBe(-Infinity);
  expect(groupRows[0]!.missing["look-back"]).toBe(48);
});

test("a given line that becomes known late lengthens the look-back, not the gaps", () => {
  const given: SpreadSpec = {
    kind: "fixed",
    hedgeRatio: 1.3,
    intercept: 0,
    knownFromMs: 60 * HOUR_MS,
    price: "log",
  };
  const { groupRows, bars } = assembleDataset(
    [{ ...group("A", 1), spread: given }],
    FEATURES,
    LABEL,
  );
  expect(bars[0]).toBe(69);
  expect(groupRows[0]!.missing).toEqual({ "look-back": 69, gap: 0, "past-end": 5, undefined: 0 });
});

describe("bad input", () => {
  test("no group is refused", () => {
    expect(() => assembleDataset([], FEATURES, LABEL)).toThrow(
      expect.objectContaining({ code: "too-short" }),
    );
  });

  test("too few bars make no rows, and say why", () => {
    const { table, groupRows } = assembleDataset([group("A", 1, 40)], FEATURES, LABEL);
    expect(table.rowCount).toBe(0);
    expect(groupRows[0]!.missing["look-back"]).toBe(40);
  });
});

test("order of time: merged runs, the earlier group first where times are equal", () => {
  const times = [Float64Array.of(1, 3, 5), Float64Array.of(1, 2, 5), Float64Array.of(0, 5)];
  expect([...timeOrder(times)]).toEqual([6, 0, 3, 4, 1, 2, 5, 7]);
  expect([...timeOrder([])]).toEqual([]);
  expect([...timeOrder([Float64Array.of(4)])]).toEqual([0]);
});
