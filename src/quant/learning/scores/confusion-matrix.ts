/**
 * Confusion matrix: how often each class was taken for which.
 *
 * @param actual the class of each row, whole numbers in [0, classCount)
 * @param predicted the class that was said, aligned with actual
 * @param classCount ≥ 2
 * @returns counts, row-major, classCount × classCount: row the actual class, column the predicted one
 *
 * Cost: O(rows). Convention: matches sklearn.metrics.confusion_matrix.
 */
export function confusionMatrix(
  actual: Float64Array,
  predicted: Int32Array,
  classCount: number,
): Float64Array {
  const counts = new Float64Array(classCount * classCount);
  for (let i = 0; i < actual.length; i++) counts[actual[i]! * classCount + predicted[i]!]! += 1;
  return counts;
}
