/**
 * Rows of a node by the values of one feature: a step each, ascending, the missing ones apart.
 *
 * The record of a step has the count of its rows, their weight, then a sum for each channel: the
 * weight of each class, or weight · target of a regression.
 */
export type NodeSteps = {
  /** 2 + channels: numbers of a record. */
  readonly stride: number;
  readonly records: Float64Array;
  /** Of each step the record it has, and the code of its values. */
  readonly slots: Int32Array;
  readonly codes: Int32Array;
  /** Steps there are. */
  count: number;
  /** Record of the missing values; −1 where there are none. */
  missingSlot: number;
};

/** The best cut of a node that was found so far. */
export type BestCut = {
  /** −1: none. */
  feature: number;
  /** Codes of the steps to either side of it; equal when only missing values are on the right. */
  lowCode: number;
  highCode: number;
  missingLeft: boolean;
  /** Σ over the sides and channels of sum² / weight; what it exceeds that of the node by is the gain. */
  score: number;
};

/**
 * Room for steps.
 *
 * @param channels classes, or 1 of a regression
 * @param recordCount steps there can be, the missing one with them
 * @returns no steps
 */
export function createNodeSteps(channels: number, recordCount: number): NodeSteps {
  return {
    stride: 2 + channels,
    records: new Float64Array((2 + channels) * recordCount),
    slots: new Int32Array(recordCount),
    codes: new Int32Array(recordCount),
    count: 0,
    missingSlot: -1,
  };
}

/** What a cut is searched with. */
export type CutSearch = {
  readonly steps: NodeSteps;
  /** Record of the whole node. */
  readonly total: Float64Array;
  /** Record of the left side, used while searching. */
  readonly left: Float64Array;
  /** Rows a side must have. */
  readonly leafRowsMin: number;
  readonly best: BestCut;
};

/**
 * Looks for a better cut of a node by one feature: Gini impurity of classes, variance of a target.
 *
 * Both fall by Σ over the sides of Σₖ sₖ² / w, less the same of the node, where s are the sums of the
 * channels and w is the weight. Missing values are tried on either side, else the heavier side takes
 * them. Of equal cuts the first that was tried stays.
 *
 * @param search its best is written to
 * @param feature whose steps they are
 *
 * Cost: O(steps · channels). Source: Breiman, Friedman, Olshen and Stone (1984).
 */
export function searchCut(search: CutSearch, feature: number): void {
  const { steps, left } = search;
  left.fill(0);
  if (steps.missingSlot < 0) {
    if (scanSteps(search, feature, steps.count - 1)) {
      search.best.missingLeft = 2 * left[1]! > search.total[1]!;
    }
    return;
  }
  if (scanSteps(search, feature, steps.count)) search.best.missingLeft = false;
  const missing = steps.missingSlot * steps.stride;
  for (let c = 0; c < steps.stride; c++) left[c] = steps.records[missing + c]!;
  if (scanSteps(search, feature, steps.count - 1)) search.best.missingLeft = true;
}

/** Tries the first `cuts` cuts; says whether one was better, and then leaves `left` at that one. */
function scanSteps(search: CutSearch, feature: number, cuts: number): boolean {
  const { steps, total, left, leafRowsMin, best } = search;
  const { stride, records, slots, codes } = steps;
  const rows = total[0]!;
  const weight = total[1]!;
  let bestScore = best.score;
  let bestStep = -1;
  let bestLeftWeight = 0;
  for (let s = 0; s < cuts; s++) {
    const record = slots[s]! * stride;
    for (let c = 0; c < stride; c++) left[c] = left[c]! + records[record + c]!;
    if (left[0]! < leafRowsMin) continue;
    if (rows - left[0]! < leafRowsMin) break;
    const leftWeight = left[1]!;
    const rightWeight = weight - leftWeight;
    // Weights of very different sizes can round a side away.
    if (!(leftWeight > 0 && rightWeight > 0)) continue;
    let leftSquares = 0;
    let rightSquares = 0;
    for (let c = 2; c < stride; c++) {
      const l = left[c]!;
      const r = total[c]! - l;
      leftSquares += l * l;
      rightSquares += r * r;
    }
    const score = leftSquares / leftWeight + rightSquares / rightWeight;
    if (score > bestScore) {
      bestScore = score;
      bestStep = s;
      bestLeftWeight = leftWeight;
    }
  }
  if (bestStep < 0) return false;
  left[1] = bestLeftWeight;
  best.feature = feature;
  best.score = bestScore;
  best.lowCode = codes[bestStep]!;
  best.highCode = bestStep + 1 < steps.count ? codes[bestStep + 1]! : best.lowCode;
  return true;
}
