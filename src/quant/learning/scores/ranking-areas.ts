/**
 * Area under the ROC curve: how often a positive row has a higher score than a negative one, ties half.
 *
 * @param counts of rankCounts
 * @returns a fraction, ½ of scores that say nothing; null without positives or without negatives
 *
 * Cost: O(thresholds). Convention: matches sklearn.metrics.roc_auc_score.
 * Source: Hanley and McNeil (1982). Checked: golden/classification.json.
 */
export function areaUnderRoc(counts: Int32Array): number | null {
  let positives = 0;
  let negatives = 0;
  let pairs = 0;
  for (let r = 0; r < counts.length; r += 2) {
    const [negative, positive] = [counts[r]!, counts[r + 1]!];
    pairs += negative * (positives + positive / 2);
    positives += positive;
    negatives += negative;
  }
  return positives === 0 || negatives === 0 ? null : pairs / (positives * negatives);
}

/**
 * Average precision: the mean precision at the thresholds at which positives are found.
 *
 * Σ (Rₖ − Rₖ₋₁) Pₖ over descending thresholds, without interpolation. Of scores that say nothing it is
 * the share of positives.
 *
 * @param counts of rankCounts
 * @returns a fraction; null without positives
 *
 * Cost: O(thresholds). Convention: matches sklearn.metrics.average_precision_score.
 * Checked: golden/classification.json.
 */
export function averagePrecision(counts: Int32Array): number | null {
  let positives = 0;
  let rows = 0;
  let sum = 0;
  for (let r = 0; r < counts.length; r += 2) {
    const found = counts[r + 1]!;
    positives += found;
    rows += counts[r]! + found;
    // Redrawn rows may leave a threshold, even the first ones, without any.
    if (found > 0) sum += (found * positives) / rows;
  }
  return positives === 0 ? null : sum / positives;
}

/**
 * Area under the precision–recall curve, by trapezia from recall 0 and precision 1.
 *
 * A straight line between two points of this curve promises what no threshold reaches: the average
 * precision is the one to compare by.
 *
 * @param counts of rankCounts
 * @returns a fraction; null without positives
 *
 * Cost: O(thresholds). Convention: sklearn.metrics.auc of precision_recall_curve.
 * Source: Davis and Goadrich (2006) for the caution. Checked: golden/classification.json.
 */
export function areaUnderPrecisionRecall(counts: Int32Array): number | null {
  let positives = 0;
  let rows = 0;
  let sum = 0;
  let precisionBefore = 1;
  for (let r = 0; r < counts.length; r += 2) {
    const found = counts[r + 1]!;
    const here = counts[r]! + found;
    if (here === 0) continue;
    positives += found;
    rows += here;
    const precision = positives / rows;
    sum += (found * (precision + precisionBefore)) / 2;
    precisionBefore = precision;
  }
  return positives === 0 ? null : sum / positives;
}
