import { expect, test } from "vitest";
import type { Split } from "#contracts/learning-run.ts";
import { datedFoldRows, type FoldRow, foldSpans } from "./fold-spans.ts";

const text = (rows: readonly FoldRow[]) =>
  rows.map(({ segments }) =>
    segments.map(({ role, from, to }) => `${role} ${from.toFixed(2)}–${to.toFixed(2)}`).join(", "),
  );

test.each<{ name: string; split: Split; rows: string[] }>([
  {
    name: "one cut",
    split: { kind: "chronological", testShare: 0.2 },
    rows: ["training 0.00–0.80, test 0.80–1.00"],
  },
  {
    name: "an expanding walk learns from ever more",
    split: { kind: "walk-forward", window: "expanding", trainingShare: 0.5, folds: 2 },
    rows: ["training 0.00–0.50, test 0.50–0.75", "training 0.00–0.75, test 0.75–1.00"],
  },
  {
    name: "a rolling walk forgets as much as it learns",
    split: { kind: "walk-forward", window: "rolling", trainingShare: 0.5, folds: 2 },
    rows: ["training 0.00–0.50, test 0.50–0.75", "training 0.25–0.75, test 0.75–1.00"],
  },
  {
    name: "k folds learn from both sides, but for the embargo after the test",
    split: { kind: "purged-k-fold", folds: 2, embargoBars: 10 },
    rows: [
      "test 0.00–0.50, embargo 0.50–0.60, training 0.60–1.00",
      "training 0.00–0.50, test 0.50–1.00",
    ],
  },
])("$name", ({ split, rows }) => {
  expect(text(foldSpans(split, 100))).toEqual(rows);
});

test("folds of a run lie where their dates say", () => {
  const fold = { trainingStartMs: 100, trainingEndMs: 150, testStartMs: 160, testEndMs: 200 };
  expect(text(datedFoldRows([fold]))).toEqual(["training 0.00–0.50, test 0.60–1.00"]);
});
