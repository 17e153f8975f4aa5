import { expect, test } from "vitest";
import { SCAN_PRESETS } from "#contracts/scan-presets.ts";
import { funnelFacts } from "./funnel-facts.ts";

test("the honest preset says every stage that it has", () => {
  expect(funnelFacts(SCAN_PRESETS.honest)).toEqual([
    "Logarithms of prices.",
    "Leaves out instruments that lack more than 5 % of the bars, or whose price stands still at more than 50 % of them.",
    "Tests all pairs, not only those within clusters.",
    "Both legs must be random walks by themselves.",
    "Engle–Granger in both directions, one calibrated p-value below 0.05, corrected by Benjamini–Hochberg.",
    "Of the finds at 5 % some 3 to 4 % were false in our simulations of such a scan.",
    "Johansen's trace test must agree.",
    "The test has lags by AIC.",
    "Hurst exponent below 0.5.",
    "Half-life below 260 bars.",
    "More than 12 crossings of the mean.",
  ]);
});

test.each([
  {
    kind: "distance",
    says: "Tests the 20 pairs whose normalised prices stayed nearest: a baseline.",
  },
  {
    kind: "correlation",
    says: "Tests the 20 pairs with the highest correlation of returns: a baseline.",
  },
] as const)("a selection by $kind is called a baseline", ({ kind, says }) => {
  const { funnel, ...honest } = SCAN_PRESETS.honest;
  const clustering = { kind, pairs: 20 };
  expect(funnelFacts({ ...honest, funnel: { ...funnel, clustering } })).toContain(says);
});

test("the thesis preset says that its test is naive", () => {
  expect(funnelFacts(SCAN_PRESETS.thesis)).toContain(
    "ADF of the residual below 0.1, as if the residual had not been fitted.",
  );
});
