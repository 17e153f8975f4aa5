/**
 * Sample uniqueness: which part of what each label reads it has to itself.
 *
 * A label reads the bars after its own up to its end; a bar that c labels read counts 1 / c for each of
 * them, and the uniqueness of a label is the mean over the bars that it reads. Labels that overlap say the
 * same thing several times; weighted by their uniqueness they say it once.
 *
 * @param bars bar of each row, ascending; rows of one series only
 * @param endBars last bar that the label of each row reads, ≥ its bar
 * @returns one value a row in (0, 1]; 1 of labels that read nothing ahead
 *
 * Cost: O(rows + bars). Source: López de Prado (2018), Advances in Financial Machine Learning, ch. 4.
 */
export function sampleUniqueness(bars: Int32Array, endBars: Int32Array): Float64Array {
  const rows = bars.length;
  const uniqueness = new Float64Array(rows).fill(1);
  let barCount = 0;
  for (let i = 0; i < rows; i++) barCount = Math.max(barCount, endBars[i]! + 1);
  const readers = readersOf(bars, endBars, barCount);
  // Compensated: differences of a plain running sum would keep the rounding of the whole past.
  const sums = new Float64Array(barCount + 1);
  const carries = new Float64Array(barCount + 1);
  let sum = 0;
  let carry = 0;
  for (let bar = 0; bar < barCount; bar++) {
    const share = readers[bar]! === 0 ? 0 : 1 / readers[bar]!;
    const after = sum + share;
    carry += Math.abs(sum) >= share ? sum - after + share : share - after + sum;
    sum = after;
    sums[bar + 1] = sum;
    carries[bar + 1] = carry;
  }
  for (let i = 0; i < rows; i++) {
    const from = bars[i]! + 1;
    const to = endBars[i]! + 1;
    if (to <= from) continue;
    const shares = sums[to]! - sums[from]! + (carries[to]! - carries[from]!);
    uniqueness[i] = Math.min(1, shares / (to - from));
  }
  return uniqueness;
}

/** How many labels read each bar. */
function readersOf(bars: Int32Array, endBars: Int32Array, barCount: number): Int32Array {
  const readers = new Int32Array(barCount + 1);
  for (let i = 0; i < bars.length; i++) {
    readers[bars[i]! + 1]! += 1;
    readers[endBars[i]! + 1]! -= 1;
  }
  for (let bar = 1; bar <= barCount; bar++) readers[bar]! += readers[bar - 1]!;
  return readers;
}
