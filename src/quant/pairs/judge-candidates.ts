import { benjaminiYekutieli } from "../multiple-testing/benjamini-yekutieli.ts";
import { benjaminiHochberg } from "../stats/benjamini-hochberg.ts";
import { type CandidateColumns, candidateAt } from "./candidate-columns.ts";
import type { IntegrationOrder } from "./integration-order.ts";
import { PAIR_VERDICTS, pairVerdict, type VerdictBounds, verdictNumber } from "./pair-verdict.ts";

/** Candidates as the funnel takes them. */
export type Candidates = {
  readonly columns: CandidateColumns;
  /** Rows of leg Y and leg X of each candidate in turn. */
  readonly pairs: Uint32Array;
  /** By row; a row is absent where the check was not asked for. */
  readonly integrationOrderOf: ReadonlyMap<number, IntegrationOrder>;
};

/** Candidates judged, one element each. */
export type Judgements = {
  /** Place in PAIR_VERDICTS. */
  readonly verdict: Uint8Array;
  /** p-value after correction over all tested candidates; NaN without correction or test. */
  readonly qValue: Float64Array;
  /** Position among those that passed, from 1, the smallest p-value first; 0 for others. */
  readonly rank: Int32Array;
};

/** How p-values are corrected for their number. */
export type PValueCorrection = "none" | "benjamini-hochberg" | "benjamini-yekutieli";

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
  candidates: Candidates,
  bounds: VerdictBounds,
  correction: PValueCorrection,
): Judgements {
  const { columns } = candidates;
  const count = columns.refusal.length;
  const verdict = new Uint8Array(count);
  for (let i = 0; i < count; i++) verdict[i] = unitRootVerdict(candidates, i);
  const qValue = correctedPValues(columns.pValue, verdict, correction);
  const passed: number[] = [];
  for (let i = 0; i < count; i++) {
    if (verdict[i] !== PASSED) continue;
    const q = Number.isNaN(qValue[i]!) ? null : qValue[i]!;
    verdict[i] = verdictNumber(pairVerdict(candidateAt(columns, i), q, bounds));
    if (verdict[i] === PASSED) passed.push(i);
  }
  return { verdict, qValue, rank: ranksOf(columns, passed) };
}

const PASSED = PAIR_VERDICTS.findIndex(({ stage }) => stage === "passed");
const LEG_STATIONARY = PAIR_VERDICTS.findIndex(({ reason }) => reason === "leg-stationary");
const LEG_TWICE = PAIR_VERDICTS.findIndex(({ reason }) => reason === "leg-integrated-twice");

/** "passed" goes on to the test. A leg that could not be checked is left to it: it will say why. */
function unitRootVerdict({ pairs, integrationOrderOf }: Candidates, i: number): number {
  const y = integrationOrderOf.get(pairs[2 * i]!)?.kind;
  const x = integrationOrderOf.get(pairs[2 * i + 1]!)?.kind;
  if (y === "zero" || x === "zero") return LEG_STATIONARY;
  return y === "two" || x === "two" ? LEG_TWICE : PASSED;
}

function correctedPValues(
  pValue: Float64Array,
  verdict: Uint8Array,
  correction: PValueCorrection,
): Float64Array {
  const qValue = new Float64Array(pValue.length).fill(Number.NaN);
  if (correction === "none") return qValue;
  const isTested = (p: number, i: number): boolean => verdict[i] === PASSED && !Number.isNaN(p);
  const tested = pValue.filter(isTested);
  if (tested.length === 0) return qValue;
  const adjust = correction === "benjamini-hochberg" ? benjaminiHochberg : benjaminiYekutieli;
  const adjusted = adjust(tested);
  let k = 0;
  for (let i = 0; i < pValue.length; i++) {
    if (isTested(pValue[i]!, i)) qValue[i] = adjusted[k++]!;
  }
  return qValue;
}

function ranksOf(
  { pValue, halfLifeBars }: CandidateColumns,
  passed: readonly number[],
): Int32Array {
  const halfLifeOf = (i: number): number => {
    const bars = halfLifeBars[i]!;
    return Number.isNaN(bars) ? Number.MAX_VALUE : bars;
  };
  const order = passed.toSorted(
    (a, b) => pValue[a]! - pValue[b]! || halfLifeOf(a) - halfLifeOf(b) || a - b,
  );
  const rank = new Int32Array(pValue.length);
  for (const [position, i] of order.entries()) rank[i] = position + 1;
  return rank;
}
