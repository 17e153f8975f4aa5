import type { ScanClustering, ScanFilters, ScanTest } from "#contracts/scan-funnel.ts";
import type { ScanPreset } from "#contracts/scan-presets.ts";
import { lagChoiceLabel } from "./scan-words.ts";

/** What a preset does, a line for each stage that it has. */
export function funnelFacts({ funnel, lags, significance }: ScanPreset): string[] {
  const { missingShareMax, frozenShareMax } = funnel.quality;
  const standing =
    frozenShareMax >= 1
      ? ""
      : `, or whose price stands still at more than ${percent(frozenShareMax)} of them`;
  return [
    funnel.prices === "log" ? "Logarithms of prices." : "Prices as they are, not their logarithms.",
    `Leaves out instruments that lack ${missingShareMax === 0 ? "any bar" : `more than ${percent(missingShareMax)} of the bars`}${standing}.`,
    clusteringFact(funnel.clustering),
    ...testFacts(funnel.test, significance),
    `The test has ${lagChoiceLabel(lags)}.`,
    ...filterFacts(funnel.filters),
  ];
}

function clusteringFact(clustering: ScanClustering): string {
  switch (clustering.kind) {
    case "none":
      return "Tests all pairs, not only those within clusters.";
    case "group":
      return "Tests pairs within the groups that instruments carry.";
    case "optics": {
      const { components, minSamples, epsMax, xi } = clustering;
      const far = epsMax === null ? "" : `, distances up to ${epsMax}`;
      return `Tests pairs within clusters by OPTICS: ${components} components, at least ${minSamples} neighbours${far}, xi ${xi}.`;
    }
    case "distance":
      return `Tests the ${clustering.pairs} pairs whose normalised prices stayed nearest: a baseline.`;
    case "correlation":
      return `Tests the ${clustering.pairs} pairs with the highest correlation of returns: a baseline.`;
    case "dbscan": {
      const { components, minSamples, eps } = clustering;
      return `Tests pairs within clusters by DBSCAN: ${components} components, at least ${minSamples} neighbours within ${eps}.`;
    }
  }
}

const CORRECTIONS = {
  none: "",
  "benjamini-hochberg": ", corrected by Benjamini–Hochberg",
  "benjamini-yekutieli": ", corrected by Benjamini–Yekutieli",
};

/** What a correction at 5 % leaves of false finds; see docs/research-combined-p-value.md. */
function falseFindFacts(test: Extract<ScanTest, { kind: "calibrated" }>): string[] {
  switch (test.correction) {
    case "none":
      return [];
    case "benjamini-hochberg":
      return test.requiresUnitRoots
        ? ["Of the finds at 5 % some 3 to 4 % were false in our simulations of such a scan."]
        : [
            "Of the finds at 5 % some 5 to 8 % were false in our simulations: pairs share their legs.",
          ];
    case "benjamini-yekutieli":
      return [
        "Of the finds at 5 % about 1 % were false in our simulations, and half of the slow pairs missed.",
      ];
  }
}

function testFacts(test: ScanTest, significance: number): string[] {
  if (test.kind === "naive") {
    return [`ADF of the residual below ${significance}, as if the residual had not been fitted.`];
  }
  return [
    ...(test.requiresUnitRoots ? ["Both legs must be random walks by themselves."] : []),
    `Engle–Granger in both directions, one calibrated p-value below ${significance}${CORRECTIONS[test.correction]}.`,
    ...falseFindFacts(test),
    ...(test.requiresJohansen ? ["Johansen's trace test must agree."] : []),
  ];
}

function filterFacts(filters: ScanFilters): string[] {
  const { hurstMax, halfLifeBarsMax, meanCrossingsMin, correlationMin } = filters;
  return [
    hurstMax === null ? "" : `Hurst exponent below ${hurstMax}.`,
    halfLifeBarsMax === null ? "" : `Half-life below ${halfLifeBarsMax} bars.`,
    meanCrossingsMin === null ? "" : `More than ${meanCrossingsMin} crossings of the mean.`,
    correlationMin === null ? "" : `Correlation of returns of at least ${correlationMin}.`,
  ].filter((fact) => fact !== "");
}

function percent(fraction: number): string {
  return `${Number((fraction * 100).toPrecision(3))} %`;
}
