import { expect, test } from "vitest";
import type { OptimisationSummary } from "#contracts/optimisation.ts";
import { overfittingVerdict } from "./overfitting-verdict.ts";

const known = (value: number | null) => ({
  value,
  reason: value === null ? "Too few trades" : null,
});

function figures(deflated: number | null, pbo: number | null): OptimisationSummary["overfitting"] {
  return {
    earlierTrials: 40,
    probabilisticSharpe: known(0.99),
    deflatedSharpe: known(deflated),
    expectedMaximumSharpe: known(1.234),
    minimumTrackRecordBars: known(900),
    backtestOverfitting: known(pbo),
    logits: [],
  };
}

test.each([
  { deflated: 0.97, pbo: 0.1, tone: "good" },
  { deflated: 0.97, pbo: 0.3, tone: "warn" },
  { deflated: 0.8, pbo: 0.1, tone: "warn" },
  { deflated: 0.97, pbo: 0.6, tone: "bad" },
  { deflated: 0.3, pbo: 0.1, tone: "bad" },
  { deflated: null, pbo: null, tone: "warn" },
])("deflated $deflated with overfitting $pbo is $tone", ({ deflated, pbo, tone }) => {
  expect(overfittingVerdict(figures(deflated, pbo), 100).tone).toBe(tone);
});

test("earlier trials on the same data raise the count, and are named", () => {
  const [chance] = overfittingVerdict(figures(0.8, 0.1), 100).sentences;
  expect(chance).toBe(
    "The best of 140 trials without any skill, 40 of them earlier ones on this data, would be expected to show a Sharpe ratio of 1.23.",
  );
});

test("where there is no figure, its reason is told", () => {
  expect(overfittingVerdict(figures(null, null), 100).sentences[0]).toBe("Too few trades");
});
