import { expect, test } from "vitest";
import { untoldBars } from "./finer-bars.ts";
import { alignMarketBars, type InstrumentSeries } from "./market-bars.ts";
import { HOUR_MS, halfHourly, halfHoursInside, hourly } from "./scripted-book.test-support.ts";

type Row = readonly [number, number, number, number, number];

const COARSE = hourly([
  [100, 104, 98, 101, 1],
  [101, 103, 100, 102, 1],
  [102, 105, 101, 103, 1],
]);

/** Half hours, from rows that are given by their place. */
function halves(changes: Readonly<Record<number, Row | null>> = {}) {
  const rows: (Row | null)[] = [
    [100, 104, 99, 100, 1],
    [100, 102, 98, 101, 1],
    [101, 103, 101, 103, 1],
    [103, 103, 100, 102, 1],
    [102, 105, 102, 104, 1],
    [104, 104, 101, 103, 1],
  ];
  const changed = rows.map((row, i) => (changes[i] === undefined ? row : changes[i]));
  return halfHourly(changed);
}

test.each([
  { name: "all bars are told", changes: {}, startMs: 0, is: [] },
  {
    name: "regression: a session that is shorter than the bar was never told",
    changes: { 1: null, 0: [100, 104, 98, 101, 1] as const },
    startMs: 0,
    is: [],
  },
  {
    name: "a part that has not all of the volume",
    changes: { 1: null, 0: [100, 104, 98, 101, 0.9] as const },
    startMs: 0,
    is: [0],
  },
  {
    name: "a part that ends at another price",
    changes: { 1: null, 0: [100, 104, 98, 100, 1] as const },
    startMs: 0,
    is: [0],
  },
  { name: "a bar without halves", changes: { 2: null, 3: null }, startMs: 0, is: [HOUR_MS] },
  {
    name: "a high that is not reached",
    changes: { 4: [102, 104, 102, 104, 1] as const },
    startMs: 0,
    is: [2 * HOUR_MS],
  },
  {
    name: "a low that is not reached",
    changes: { 1: [100, 102, 99, 101, 1] as const },
    startMs: 0,
    is: [0],
  },
  {
    name: "regression: a low that the bar never traded at",
    changes: { 1: [100, 102, 50, 101, 1] as const },
    startMs: 0,
    is: [0],
  },
  {
    name: "what comes before the span is not asked",
    changes: { 0: null, 1: null },
    startMs: HOUR_MS,
    is: [],
  },
  {
    name: "a bar that is told between two that are not",
    changes: { 1: null, 5: null },
    startMs: 0,
    is: [0, 2 * HOUR_MS],
  },
])("$name", ({ changes, startMs, is }) => {
  expect(untold(COARSE, halves(changes), startMs)).toEqual(is);
});

test("bars without opens tell nothing of an inside", () => {
  const all = [0, HOUR_MS, 2 * HOUR_MS];
  expect(untold(COARSE, { ...halves(), open: null }, 0)).toEqual(all);
  expect(untold({ ...COARSE, open: null }, halves(), 0)).toEqual(all);
});

test("what one of two instruments lacks is not told, and a bar that only the other has is", () => {
  const gap = hourly([[100, 104, 98, 101, 1], null, [102, 105, 101, 103, 1]]);
  const market = alignMarketBars([COARSE, gap]);
  const parts = halfHoursInside([halves(), halves({ 2: null, 3: null, 5: null })]);
  expect(untoldBars(market, parts, 0)).toEqual([2 * HOUR_MS]);
});

function untold(coarse: InstrumentSeries, finer: InstrumentSeries, startMs: number) {
  return untoldBars(alignMarketBars([coarse]), halfHoursInside([finer]), startMs);
}
