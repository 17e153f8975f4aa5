/**
 * Values of a series at given times, both ascending; NaN where the series has none.
 *
 * @param openTimeMs times of the series
 * @param values one value a time
 * @param timesMs the times that are asked for
 */
export function valuesAtTimes(
  openTimeMs: Float64Array,
  values: Float64Array,
  timesMs: Float64Array,
): Float64Array {
  let bar = 0;
  return timesMs.map((time) => {
    while ((openTimeMs[bar] ?? Number.POSITIVE_INFINITY) < time) bar += 1;
    return openTimeMs[bar] === time ? (values[bar] ?? Number.NaN) : Number.NaN;
  });
}
