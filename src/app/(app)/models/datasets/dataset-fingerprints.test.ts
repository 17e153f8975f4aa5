import { expect, test } from "vitest";
import { datasetFingerprints, readWords } from "./dataset-fingerprints.ts";

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
    "As 2 runs have read it. One run read other bars in the same span: prices were added or corrected between.",
  );
});
