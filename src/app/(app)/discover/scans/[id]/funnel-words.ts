import type { ScanReason, ScanStage } from "#contracts/scan-funnel.ts";

/** What each stage of the funnel is called, and what it asks, in their order. */
export const STAGES: Record<ScanStage, { label: string; help: string }> = {
  quality: { label: "Data quality", help: "Are the prices there, and do they move?" },
  clustering: { label: "Clusters", help: "Do both instruments move alike?" },
  baseline: { label: "Baseline", help: "Is it among the pairs that a simpler method chooses?" },
  "unit-roots": { label: "Unit roots", help: "Is each leg a random walk by itself?" },
  cointegration: { label: "Cointegration", help: "Does the spread come back?" },
  correction: { label: "Many tests", help: "Is it still so among so many pairs?" },
  johansen: { label: "Johansen", help: "Does a second test say the same?" },
  hurst: { label: "Hurst exponent", help: "Does the spread turn rather than trend?" },
  "half-life": { label: "Half-life", help: "Does it come back soon enough?" },
  "mean-crossings": { label: "Mean crossings", help: "Does it come back often enough?" },
  correlation: { label: "Correlation", help: "Do both legs move together from bar to bar?" },
  passed: { label: "Passed", help: "Everything that was asked." },
};

/** Stages that begin with a name of a person, which stays capital within a sentence. */
const NAMED: ReadonlySet<ScanStage> = new Set(["johansen", "hurst"]);

/** Where a pair stands, in words. */
export function stageWords(stage: ScanStage): string {
  if (stage === "passed") return "Passed";
  const { label } = STAGES[stage];
  return `Fell out at ${NAMED.has(stage) ? label : label.toLowerCase()}`;
}

/** Why a pair fell out, to be read after a count or a dash. */
export const REASONS: Record<ScanReason, string> = {
  "too-many-missing": "a leg lacks too many bars",
  "too-often-frozen": "a leg's price stands still too often",
  "other-cluster": "the legs are of different clusters",
  "no-cluster": "a leg belongs to no cluster",
  "not-selected": "other pairs are nearer, or more correlated",
  "leg-stationary": "a leg is no random walk: it comes back by itself",
  "leg-integrated-twice": "a leg's changes are a random walk too",
  refused: "could not be tested",
  "not-cointegrated": "not cointegrated at the significance",
  "not-after-correction": "does not survive the correction for many tests",
  "johansen-does-not-agree": "Johansen's test does not agree",
  "hurst-too-high": "the Hurst exponent is too high",
  "half-life-too-long": "the half-life is too long",
  "no-mean-reversion": "the spread does not revert to a mean",
  "too-few-crossings": "crosses its mean too seldom",
  "correlation-too-low": "the correlation is too low",
};

/** The stages of a funnel at which a tested pair can stand, in their order. */
export const PAIR_STAGES = [
  "passed",
  "unit-roots",
  "cointegration",
  "correction",
  "johansen",
  "hurst",
  "half-life",
  "mean-crossings",
  "correlation",
] as const satisfies readonly ScanStage[];
