/** Keeps the parameters of the best epoch and says when to give up. */
export type EarlyStopping = {
  /**
   * @param loss of the epoch that just ended
   * @returns whether so many epochs were no better that training should end
   */
  readonly record: (loss: number) => boolean;
  /** Puts the best parameters back; the last where nothing was recorded. */
  readonly restore: () => void;
  /** Epoch of the best loss, from 0; −1 where nothing was recorded. */
  readonly bestEpoch: () => number;
};

/**
 * Early stopping: training ends when the validation loss has not fallen for a while, and what it had at
 * its lowest is kept.
 *
 * @param parameters as they are trained; copied at every better epoch
 * @param patienceEpochs epochs in a row without a lower loss after which to end, ≥ 1
 * @returns what to tell every loss
 *
 * Cost: O(parameters) a better epoch. Convention: matches Keras
 * EarlyStopping(restore_best_weights=True).
 */
export function earlyStopping(parameters: Float64Array, patienceEpochs: number): EarlyStopping {
  const best = parameters.slice();
  let lossMin = Number.POSITIVE_INFINITY;
  let bestEpoch = -1;
  let epoch = -1;
  return {
    record: (loss) => {
      epoch++;
      if (loss < lossMin) {
        lossMin = loss;
        bestEpoch = epoch;
        best.set(parameters);
      }
      return epoch - bestEpoch >= patienceEpochs;
    },
    restore: () => {
      if (bestEpoch >= 0) parameters.set(best);
    },
    bestEpoch: () => bestEpoch,
  };
}
