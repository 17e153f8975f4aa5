import { expect, test } from "vitest";
import { barsSince, driftChoice, driftWindow, newestBarEnd } from "./drift-window.ts";

const HOUR_MS = 3_600_000;
const TRAINED = { span: { startMs: 0, endMs: 1_000 * HOUR_MS }, intervalMs: HOUR_MS };
const series = (instrumentId: number, lastHour: number, intervalMs = HOUR_MS) => ({
  ...{ instrumentId, intervalMs, lastOpenTimeMs: lastHour * HOUR_MS },
});

test("the newest bar of a pair is the newest that both legs have", () => {
  const all = [series(1, 1_500), series(2, 1_400), series(2, 1_900, 60_000)];
  expect(newestBarEnd([1, 2], all, HOUR_MS)).toBe(1_401 * HOUR_MS);
  expect(newestBarEnd([1, 3], all, HOUR_MS)).toBeNull();
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
  const newest = 1_400 * HOUR_MS;
  expect(barsSince(TRAINED, newest)).toBe(400);
  expect(driftWindow("since", TRAINED, newest)).toEqual({
    ...{ window: { startMs: 1_000 * HOUR_MS, endMs: newest }, wasSeen: false },
  });
  expect(driftWindow(500, TRAINED, newest)).toEqual({
    ...{ window: { startMs: 900 * HOUR_MS, endMs: newest }, wasSeen: true },
  });
});
