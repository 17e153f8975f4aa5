import type { EquityCurve } from "./reported-run.ts";

/** Returns of two runs on the bars that both have; ends of equal index are the same bar. */
export type CommonReturns = {
  readonly openTimeMs: Float64Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
};

/**
 * Common returns: what two equity curves made from each common bar to the next.
 *
 * Where only one of them has a bar in between, its move is inside the step to the next common bar. The
 * first common bar has a return if both curves begin with it, else it is the base of the second.
 *
 * @param a equity on its bars, open times ascending
 * @param b the other
 * @returns see CommonReturns; null when an equity is zero or below, and returns have no base
 *
 * Cost: O(n).
 */
export function commonReturns(a: EquityCurve, b: EquityCurve): CommonReturns | null {
  const places = commonPlaces(a.openTimeMs, b.openTimeMs);
  const isFromStart = places.a[0] === 0 && places.b[0] === 0;
  const levels = (curve: EquityCurve, at: Int32Array): Float64Array => {
    const before = isFromStart ? 1 : 0;
    const equity = new Float64Array(at.length + before);
    if (isFromStart) equity[0] = curve.initialEquity;
    at.forEach((place, i) => {
      equity[i + before] = curve.equity[place]!;
    });
    return equity;
  };
  const [levelsA, levelsB] = [levels(a, places.a), levels(b, places.b)];
  if (![levelsA, levelsB].every((one) => one.every((value) => value > 0))) return null;
  const ends = isFromStart ? places.a : places.a.subarray(1);
  return {
    openTimeMs: Float64Array.from(ends, (place) => a.openTimeMs[place]!),
    a: growthOf(levelsA),
    b: growthOf(levelsB),
  };
}

/** Places of the common bars in both. */
type Places = { readonly a: Int32Array; readonly b: Int32Array };

function commonPlaces(a: Float64Array, b: Float64Array): Places {
  const most = Math.min(a.length, b.length);
  const places = { a: new Int32Array(most), b: new Int32Array(most) };
  let count = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      places.a[count] = i++;
      places.b[count++] = j++;
    } else if (a[i]! < b[j]!) i += 1;
    else j += 1;
  }
  return { a: places.a.subarray(0, count), b: places.b.subarray(0, count) };
}

function growthOf(levels: Float64Array): Float64Array {
  return levels.subarray(1).map((value, i) => value / levels[i]! - 1);
}
