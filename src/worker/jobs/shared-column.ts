/** A copy of a column in memory that threads share, so that it is not copied again for each of them. */
export function sharedColumn(values: Float64Array): Float64Array {
  const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}
