/**
 * Points of a lattice that are lower than their neighbours: one for each valley that it can show.
 *
 * @param cost of a point of k numbers
 * @param axes k ≥ 1 lists of values; the lattice has every combination of them
 * @param countMax how many are wanted at most
 * @returns the points no axis neighbour of which is lower, the lowest first
 *
 * Cost: one value of the function a point.
 */
export function latticeMinima(
  cost: (point: Float64Array) => number,
  axes: readonly Float64Array[],
  countMax: number,
): readonly Float64Array[] {
  const strides: number[] = [];
  let size = 1;
  for (const axis of axes) {
    strides.push(size);
    size *= axis.length;
  }
  const placeOn = (index: number, k: number): number =>
    Math.floor(index / strides[k]!) % axes[k]!.length;
  const pointAt = (index: number): Float64Array =>
    Float64Array.from(axes, (axis, k) => axis[placeOn(index, k)]!);
  const values = Float64Array.from({ length: size }, (_, index) => cost(pointAt(index)));
  const isLow = (index: number): boolean =>
    axes.every(({ length }, k) => {
      const place = placeOn(index, k);
      const stride = strides[k]!;
      const isBelowNext = place === length - 1 || !(values[index + stride]! < values[index]!);
      return isBelowNext && (place === 0 || !(values[index - stride]! < values[index]!));
    });
  return Array.from(values.keys())
    .filter(isLow)
    .sort((a, b) => values[a]! - values[b]!)
    .slice(0, countMax)
    .map(pointAt);
}
