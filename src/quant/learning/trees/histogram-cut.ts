import {
  countOf,
  FEATURE_STRIDE,
  type GradientPairs,
  missingSlot,
  type PairSum,
} from "./gradient-histogram.ts";

/** What a cut must keep to. */
export type CutRules = {
  /** Rows a side must have. */
  readonly leafRowsMin: number;
  /** Added to the sum of the hessians of each side. */
  readonly l2: number;
};

/** The best cut of a node by one of the features of its histogram. */
export type HistogramCut = {
  /** Place of the feature among those of the histogram. */
  readonly place: number;
  /** Codes up to here go left. */
  readonly cut: number;
  readonly missingLeft: boolean;
  /** Fall of the loss to second order, times 2, > 0. */
  readonly gain: number;
  readonly left: PairSum;
};

/** Convention of scikit-learn: a side whose loss does not bend has no leaf value worth having. */
const SIDE_HESSIAN_MIN = 1e-3;
/** A gain must exceed this share of what the node is worth: below it is rounding. */
const GAIN_SHARE_MIN = 1e-12;

/** A histogram with all that is needed to read it. */
export type NodeHistogram = {
  readonly histogram: Float64Array;
  /** Codes of each place that are in use, the missing one apart. */
  readonly binCounts: Int32Array;
  readonly sum: PairSum;
  readonly scales: GradientPairs;
  readonly rules: CutRules;
};

/** The search as it goes, of one node. */
type Search = {
  readonly node: NodeHistogram;
  readonly rowCount: number;
  /** In the units of the packed sums. */
  readonly l2: number;
  readonly hessianMin: number;
  bestScore: number;
  place: number;
  cut: number;
  missingLeft: boolean;
  leftGradient: number;
  leftPacked: number;
};

/**
 * Best cut of a node: the one whose two sides, each with its own best value, lower the loss most.
 *
 * gain = G_L² / (H_L + l2) + G_R² / (H_R + l2) − G² / (H + l2), G and H the sums of gradients and
 * hessians. Where values are missing they are tried on either side, else the heavier side takes them.
 *
 * @param node histogram, sums and rules
 * @returns the cut, of equal ones the first by place and code; null where none gains
 *
 * Cost: O(features · bins). Source: Friedman (2001); Chen and Guestrin (2016), equation 7 and
 * algorithm 3.
 */
export function bestHistogramCut(node: NodeHistogram): HistogramCut | null {
  const { scales, sum, rules } = node;
  const l2 = rules.l2 * scales.hessianScale;
  const worth = (sum.gradient * sum.gradient) / (sum.packed + l2);
  const search: Search = {
    node,
    rowCount: countOf(sum.packed, scales.countUnit),
    l2,
    hessianMin: SIDE_HESSIAN_MIN * scales.hessianScale,
    bestScore: worth * (1 + GAIN_SHARE_MIN),
    place: -1,
    cut: 0,
    missingLeft: false,
    leftGradient: 0,
    leftPacked: 0,
  };
  for (let place = 0; place < node.binCounts.length; place++) searchPlace(search, place);
  if (search.place < 0) return null;
  return {
    place: search.place,
    cut: search.cut,
    missingLeft: search.missingLeft,
    gain: ((search.bestScore - worth) * scales.hessianScale) / scales.gradientScale ** 2,
    left: { gradient: search.leftGradient, packed: search.leftPacked },
  };
}

function searchPlace(search: Search, place: number): void {
  const { histogram } = search.node;
  const slot = missingSlot(place);
  const packed = histogram[slot + 1]!;
  if (packed === 0) {
    if (searchCuts(search, place, { gradient: 0, packed: 0 })) {
      const leftRows = countOf(search.leftPacked, search.node.scales.countUnit);
      search.missingLeft = 2 * leftRows > search.rowCount;
    }
    return;
  }
  const missing = { gradient: histogram[slot]!, packed };
  if (searchCuts(search, place, { gradient: 0, packed: 0 })) search.missingLeft = false;
  if (searchCuts(search, place, missing)) search.missingLeft = true;
}

/**
 * Tries every cut of a feature with `first` on the left before its lowest code; says whether one was
 * better than the best so far.
 */
function searchCuts(search: Search, place: number, first: PairSum): boolean {
  const { node, l2 } = search;
  const { histogram } = node;
  const slots = place * FEATURE_STRIDE;
  const { gradient: totalGradient, packed: totalPacked } = node.sum;
  const last = lastCut(search, place, first);
  let best = search.bestScore;
  let bestCut = -1;
  let leftGradient = first.gradient;
  let leftPacked = first.packed;
  let code = 0;
  // The first codes have too few rows.
  for (; code <= last && !isEnough(search, leftPacked + histogram[slots + 2 * code + 1]!); code++) {
    leftGradient += histogram[slots + 2 * code]!;
    leftPacked += histogram[slots + 2 * code + 1]!;
  }
  for (let slot = slots + 2 * code; code <= last; code++, slot += 2) {
    leftGradient += histogram[slot]!;
    leftPacked += histogram[slot + 1]!;
    const rightGradient = totalGradient - leftGradient;
    const leftBend = leftPacked + l2;
    const rightBend = totalPacked - leftPacked + l2;
    const score =
      leftGradient * leftGradient * rightBend + rightGradient * rightGradient * leftBend;
    const bends = leftBend * rightBend;
    // Divided only when it is better: most are not.
    if (score > best * bends) {
      best = score / bends;
      bestCut = code;
      search.leftGradient = leftGradient;
      search.leftPacked = leftPacked;
    }
  }
  if (bestCut < 0) return false;
  search.bestScore = best;
  search.place = place;
  search.cut = bestCut;
  return true;
}

/** The highest code that may be cut after: what is right of it is enough. −1 where there is none. */
function lastCut(search: Search, place: number, first: PairSum): number {
  const { histogram, binCounts } = search.node;
  const slots = place * FEATURE_STRIDE;
  const missing = histogram[missingSlot(place) + 1]!;
  // What is missing is on the right, unless it came first.
  let right = first.packed === 0 ? missing : 0;
  let code = binCounts[place]! - 1;
  for (; code >= 0 && !isEnough(search, right); code--) {
    right += histogram[slots + 2 * code + 1]!;
  }
  return code;
}

function isEnough(search: Search, packed: number): boolean {
  return (
    packed >= search.hessianMin &&
    countOf(packed, search.node.scales.countUnit) >= search.node.rules.leafRowsMin
  );
}
