import { expect, test } from "vitest";
import { selectionLookAhead } from "./selection-look-ahead.ts";

const START_MS = Date.UTC(2023, 0, 1);
const SCAN_END_MS = Date.UTC(2024, 0, 1);
const DATA_END_MS = Date.UTC(2025, 0, 1);
const FORMATION = { startMs: START_MS, endMs: SCAN_END_MS };

test("regression: a strategy traded the window that its pair was chosen by, without a word", () => {
  const selection = { formation: FORMATION, dataEndMs: SCAN_END_MS };
  const trading = { startMs: Date.UTC(2023, 8, 1), endMs: SCAN_END_MS };
  expect(selectionLookAhead(selection, trading)).toContain("Nothing that it has not seen is left");
});

test("where later data are left, the warning names their first day", () => {
  const selection = { formation: FORMATION, dataEndMs: DATA_END_MS };
  const trading = { startMs: Date.UTC(2023, 8, 1), endMs: DATA_END_MS };
  expect(selectionLookAhead(selection, trading)).toContain("start on 2024-01-01");
});

test.each([
  { name: "after", startMs: SCAN_END_MS, endMs: DATA_END_MS },
  { name: "before", startMs: START_MS - 2, endMs: START_MS },
])("trading $name the window of the scan needs no warning", (trading) => {
  expect(selectionLookAhead({ formation: FORMATION, dataEndMs: DATA_END_MS }, trading)).toBeNull();
});
