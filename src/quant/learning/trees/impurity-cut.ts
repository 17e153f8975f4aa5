import { type NodeSteps, recordWeight } from "./node-steps.ts";

/** The best cut of a node that was found so far. */
export type BestCut = {
  /** −1: none. */
  feature: number;
  /** Codes of the steps to either side of it; equal when only missing values are on the right. */
  lowCode: number;
  highCode: number;
  missingLeft: boolean;
  /** Worth of both sides; what it exceeds that of the node by is the gain. */
  score: number;
};

/** What a cut is searched with. */
export type CutSearch = {
  readonly steps: NodeSteps;
  /** Record of the whole node, and its weight. */
  readonly total: Float64Array;
  readonly totalWeight: number;
  /** Record of the left side, used while searching. */
  readonly left: Float64Array;
  /** Rows a side must have. */
  readonly leafRowsMin: number;
  readonly best: BestCut;
};

/** Where a scan found something better, the weight of the left side there. */
type Found = { step: number; leftWeight: number };

/**
 * Looks for a better cut of a node by one feature: Gini impurity of classes, variance of a target.
 *
 * Both fall by what the sides are worth together more than the node (recordWorth). Missing values are
 * tried on either side, else the heavier side takes them. Of equal cuts the first that was tried stays.
 *
 * @param search its best is written to
 * @param feature whose steps they are
 *
 * Cost: O(steps · classes). Source: Breiman, Friedman, Olshen and Stone (1984).
 */
export function searchCut(search: CutSearch, feature: number): void {
  const { steps, left, best } = search;
  left.fill(0);
  if (steps.missingSlot < 0) {
    const found = scan(search, steps.count - 1);
    if (take(search, feature, found)) {
      best.missingLeft = 2 * found.leftWeight > search.totalWeight;
    }
    return;
  }
  if (take(search, feature, scan(search, steps.count))) best.missingLeft = false;
  const missing = steps.missingSlot * steps.stride;
  for (let c = 0; c < steps.stride; c++) left[c] = steps.records[missing + c]!;
  if (take(search, feature, scan(search, steps.count - 1))) best.missingLeft = true;
}

function take({ steps, best }: CutSearch, feature: number, { step }: Found): boolean {
  if (step < 0) return false;
  best.feature = feature;
  best.lowCode = steps.codes[step]!;
  best.highCode = step + 1 < steps.count ? steps.codes[step + 1]! : best.lowCode;
  return true;
}

/** Tries the first `cuts` cuts, with what is in `left` on the left before them. */
function scan(search: CutSearch, cuts: number): Found {
  if (search.steps.kind === "values") return scanValues(search, cuts);
  return search.steps.stride === 3 ? scanTwoClasses(search, cuts) : scanClasses(search, cuts);
}

// Three times the same: the worth of two classes, of more, and of values, each in numbers of its own.
// A cut is divided only when it is better, as most are not. Where weights are of such different sizes
// that a side is rounded away, it is no cut.

function scanTwoClasses(search: CutSearch, cuts: number): Found {
  const { steps, total, totalWeight, left, leafRowsMin, best } = search;
  const { records, slots } = steps;
  const rowsMax = total[0]! - leafRowsMin;
  const found: Found = { step: -1, leftWeight: 0 };
  let [rows, l0, l1] = [left[0]!, left[1]!, left[2]!];
  for (let s = 0; s < cuts; s++) {
    const record = 3 * slots[s]!;
    rows += records[record]!;
    l0 += records[record + 1]!;
    l1 += records[record + 2]!;
    if (rows < leafRowsMin) continue;
    if (rows > rowsMax) break;
    const leftWeight = l0 + l1;
    const rightWeight = totalWeight - leftWeight;
    const r0 = total[1]! - l0;
    const r1 = total[2]! - l1;
    const score = (l0 * l0 + l1 * l1) * rightWeight + (r0 * r0 + r1 * r1) * leftWeight;
    const weights = leftWeight * rightWeight;
    if (score > best.score * weights && weights > 0) {
      best.score = score / weights;
      found.step = s;
      found.leftWeight = leftWeight;
    }
  }
  return found;
}

function scanClasses(search: CutSearch, cuts: number): Found {
  const { steps, total, totalWeight, left, leafRowsMin, best } = search;
  const { stride, records, slots, kind } = steps;
  const rowsMax = total[0]! - leafRowsMin;
  const found: Found = { step: -1, leftWeight: 0 };
  let leftWeight = recordWeight(kind, left);
  for (let s = 0; s < cuts; s++) {
    const record = slots[s]! * stride;
    left[0] = left[0]! + records[record]!;
    let leftSquares = 0;
    let rightSquares = 0;
    for (let c = 1; c < stride; c++) {
      const more = records[record + c]!;
      const l = left[c]! + more;
      const r = total[c]! - l;
      left[c] = l;
      leftWeight += more;
      leftSquares += l * l;
      rightSquares += r * r;
    }
    if (left[0]! < leafRowsMin) continue;
    if (left[0]! > rowsMax) break;
    const rightWeight = totalWeight - leftWeight;
    const score = leftSquares * rightWeight + rightSquares * leftWeight;
    const weights = leftWeight * rightWeight;
    if (score > best.score * weights && weights > 0) {
      best.score = score / weights;
      found.step = s;
      found.leftWeight = leftWeight;
    }
  }
  return found;
}

function scanValues(search: CutSearch, cuts: number): Found {
  const { steps, total, totalWeight, left, leafRowsMin, best } = search;
  const { records, slots } = steps;
  const rowsMax = total[0]! - leafRowsMin;
  const found: Found = { step: -1, leftWeight: 0 };
  let [rows, leftWeight, leftSum] = [left[0]!, left[1]!, left[2]!];
  for (let s = 0; s < cuts; s++) {
    const record = 3 * slots[s]!;
    rows += records[record]!;
    leftWeight += records[record + 1]!;
    leftSum += records[record + 2]!;
    if (rows < leafRowsMin) continue;
    if (rows > rowsMax) break;
    const rightWeight = totalWeight - leftWeight;
    const rightSum = total[2]! - leftSum;
    const score = leftSum * leftSum * rightWeight + rightSum * rightSum * leftWeight;
    const weights = leftWeight * rightWeight;
    if (score > best.score * weights && weights > 0) {
      best.score = score / weights;
      found.step = s;
      found.leftWeight = leftWeight;
    }
  }
  return found;
}
