import { expect, test } from "vitest";
import { datasetFingerprints, readWords, savedBarsWords } from "./dataset-fingerprints.ts";

const run = (datasetVersion: number, datasetHash: string | null) => ({
  datasetVersion,
  datasetHash,
});

test("a version that no run has read has no fingerprint of its bars", () => {
  expect(datasetFingerprints([run(2, "a"), run(1, null)], 1)).toEqual({ kind: "unread" });
});

test("regression: a dataset was called the same although its bars were others", () => {
  const runs = [run(1, "b"), run(1, null), run(1, "a"), run(1, "b")];
  const read = datasetFingerprints(runs, 1);
  expect(read).toEqual({ kind: "read", newest: "b", runs: 2, others: 1 });
  if (read.kind === "unread") return;
  expect(readWords(read)).toBe(
    "2 runs have read the same bars. One run read other bars in the same span: prices were added or corrected between.",
  );
});

test("series whose bars have changed since a version was saved are told by name, with what became of them", () => {
  const saved = { kind: "hashed" as const, contentHash: "a", series: 3, bars: 2_250 };
  expect(savedBarsWords({ ...saved, changed: [] })).toBe(
    "The 2,250 bars of 3 series are still those that it was saved on.",
  );
  const of = (symbol: string, barsNow: number) => ({ symbol, venue: "upload", bars: 750, barsNow });
  expect(savedBarsWords({ ...saved, changed: [of("A", 750), of("B", 760), of("C", 0)] })).toBe(
    "Of the 2,250 bars of 3 series that it was saved on, these have changed since: A (other values), B (750 bars then, 760 now), C (gone).",
  );
});
