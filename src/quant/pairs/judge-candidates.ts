import { benjaminiYekutieli } from "../multiple-testing/benjamini-yekutieli.ts";
import { benjaminiHochberg } from "../stats/benjamini-hochberg.ts";
import type { CandidateFigures } from "./candidate-figures.ts";
import type { IntegrationOrder } from "./integration-order.ts";
import { type PairVerdict, pairVerdict, type VerdictBounds } from "./pair-verdict.ts";

/** A candidate as the funnel takes it. */
export type Candidate = {
  readonly figures: CandidateFigures;
  /** Of both legs; null where the check was not asked for. */
  readonly integrationOrders: readonly [IntegrationOrder, IntegrationOrder] | null;
};

/** A candidate judged. */
export type JudgedCandidate = {
  readonly verdict: PairVerdict;
  /** p-value after correction over all tested candidates; null without correction or test. */
  readonly qValue: number | null;
  /** Position among those that passed, from 1, the smallest p-value first; null for others. */
  readonly rank: number | null;
};

/**
 * Judges all candidates of a scan: unit roots, correction for their number, verdict and rank.
 *
 * Only candidates that come to the test are counted by the correction. Equal p-values are ranked by
 * the shorter half-life.
 *
 * @param candidates in any order
 * @param bounds see VerdictBounds
 * @param correction of the p-values
 * @returns judgements in the order of the candidates
 *
 * Cost: O(n log n).
 */
export function judgeCandidates(
  candidates: readonly Candidate[],
  bounds: VerdictBounds,
  correction: "none" | "benjamini-hochberg" | "benjamini-yekutieli",
): JudgedCandidate[] {
  const early = candidates.map(({ integrationOrders }) => unitRootVerdict(integrationOrders));
  const qValues = correctedPValues(candidates, early, correction);
  const verdicts = candidates.map(
    ({ figures }, i) => early[i] ?? pairVerdict(figures, qValues[i] ?? null, bounds),
  );
  const ranks = ranksOf(candidates, verdicts);
  return verdicts.map((verdict, i) => ({
    verdict,
    qValue: qValues[i] ?? null,
    rank: ranks.get(i) ?? null,
  }));
}

/** A leg that could not be checked is left to the test, which will say why. */
function unitRootVerdict(orders: Candidate["integrationOrders"]): PairVerdict | null {
  const kinds = orders?.map(({ kind }) => kind) ?? [];
  if (kinds.includes("zero")) return { stage: "unit-roots", reason: "leg-stationary" };
  if (kinds.includes("two")) return { stage: "unit-roots", reason: "leg-integrated-twice" };
  return null;
}

function correctedPValues(
  candidates: readonly Candidate[],
  early: readonly (PairVerdict | null)[],
  correction: "none" | "benjamini-hochberg" | "benjamini-yekutieli",
): (number | null)[] {
  const qValues: (number | null)[] = candidates.map(() => null);
  if (correction === "none") return qValues;
  const tested = candidates.flatMap(({ figures: { pValue } }, i) =>
    early[i] === null && pValue !== null ? [{ i, pValue }] : [],
  );
  const pValues = Float64Array.from(tested, ({ pValue }) => pValue);
  const adjust = correction === "benjamini-hochberg" ? benjaminiHochberg : benjaminiYekutieli;
  const adjusted = pValues.length === 0 ? pValues : adjust(pValues);
  for (const [k, { i }] of tested.entries()) qValues[i] = adjusted[k]!;
  return qValues;
}

function ranksOf(
  candidates: readonly Candidate[],
  verdicts: readonly PairVerdict[],
): Map<number, number> {
  const passed = candidates.flatMap(({ figures }, i) =>
    verdicts[i]!.stage === "passed" ? [{ i, figures }] : [],
  );
  const longest = Number.MAX_VALUE;
  passed.sort(
    (a, b) =>
      a.figures.pValue! - b.figures.pValue! ||
      (a.figures.halfLifeBars ?? longest) - (b.figures.halfLifeBars ?? longest) ||
      a.i - b.i,
  );
  return new Map(passed.map(({ i }, position) => [i, position + 1]));
}
