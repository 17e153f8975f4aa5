import { expect, test } from "vitest";
import { barsSince, driftChoice, driftWindow, newestBars } from "./drift-window.ts";

const HOUR_MS = 3_600_000;
/** The last bar that was learned from opens at hour 999. */
const TRAINED = { span: { startMs: 0, endMs: 999 * HOUR_MS }, intervalMs: HOUR_MS };
const NEWEST = { endMs: 1_400 * HOUR_MS, stepMs: HOUR_MS };

const series = (
  instrumentId: number,
  lastHour: number,
  change: { intervalMs?: number; barCount?: number } = {},
) => ({
  ...{ instrumentId, intervalMs: HOUR_MS, firstOpenTimeMs: 0 },
  ...{ lastOpenTimeMs: lastHour * HOUR_MS, barCount: lastHour + 1 },
  ...change,
});

test("the newest bar of a pair is the newest that both legs have", () => {
  const all = [series(1, 1_500), series(2, 1_399), series(2, 1_900, { intervalMs: 60_000 })];
  expect(newestBars([1, 2], all, HOUR_MS)).toEqual(NEWEST);
  expect(newestBars([1, 3], all, HOUR_MS)).toBeNull();
  expect(newestBars([], all, HOUR_MS)).toBeNull();
});

test("where markets close, a number of bars takes longer than their length", () => {
  const newest = newestBars([1], [series(1, 1_000, { barCount: 501 })], HOUR_MS);
  expect(newest).toEqual({ endMs: 1_001 * HOUR_MS, stepMs: 2 * HOUR_MS });
  if (newest === null) return;
  expect(driftWindow(250, TRAINED, newest).window.startMs).toBe(501 * HOUR_MS);
});

test("one bar alone has no distance to another", () => {
  expect(newestBars([1], [series(1, 0)], HOUR_MS)?.stepMs).toBe(HOUR_MS);
});

test.each([
  { text: null, sinceBars: 400, choice: "since" },
  { text: null, sinceBars: 20, choice: 1_000 },
  { text: "since", sinceBars: 20, choice: "since" },
  { text: "since", sinceBars: 0, choice: 1_000 },
  { text: "500", sinceBars: 400, choice: 500 },
  { text: "501", sinceBars: 400, choice: "since" },
])("the address $text with $sinceBars bars after the training means $choice", (row) => {
  expect(driftChoice(row.text, row.sinceBars)).toBe(row.choice);
});

test("bars that the version learned from are told apart from those after them", () => {
  expect(barsSince(TRAINED, NEWEST)).toBe(400);
  expect(barsSince(TRAINED, { ...NEWEST, endMs: 10 * HOUR_MS })).toBe(0);
  expect(driftWindow("since", TRAINED, NEWEST)).toEqual({
    ...{ window: { startMs: 1_000 * HOUR_MS, endMs: NEWEST.endMs }, wasSeen: false },
  });
  expect(driftWindow(500, TRAINED, NEWEST)).toEqual({
    ...{ window: { startMs: 900 * HOUR_MS, endMs: NEWEST.endMs }, wasSeen: true },
  });
});
