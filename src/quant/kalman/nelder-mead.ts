/** Where a search ended, and the value there. */
export type Minimum = { readonly point: Float64Array; readonly value: number };

const STEPS_MAX = 2000;
/** The search ends when the values of all corners agree to this share, at least absolutely. */
const VALUE_TOLERANCE = 1e-12;

/**
 * Nelder–Mead simplex search: a minimum of a function without derivatives.
 *
 * @param cost function of k numbers; infinite where it has no value
 * @param start k numbers, where the first simplex stands, its edges of length 1
 * @returns the best corner found, a local minimum in general
 *
 * Cost: at most 2,000 steps, one or two values of the function each (k + 2 on a shrink).
 * Source: Nelder and Mead (1965), The Computer Journal 7, coefficients 1, 2, ½, ½.
 */
export function nelderMead(cost: (point: Float64Array) => number, start: Float64Array): Minimum {
  const k = start.length;
  const corner = (point: Float64Array): Minimum => ({ point, value: cost(point) });
  let simplex = [corner(start.slice())];
  for (let i = 0; i < k; i++) simplex.push(corner(start.map((v, j) => (j === i ? v + 1 : v))));
  for (let step = 0; step < STEPS_MAX; step++) {
    simplex.sort((a, b) => a.value - b.value);
    const best = simplex[0]!;
    const worst = simplex[k]!;
    if (worst.value - best.value <= VALUE_TOLERANCE * Math.max(1, Math.abs(best.value))) break;
    const centre = start.map((_, j) => {
      let sum = 0;
      for (let i = 0; i < k; i++) sum += simplex[i]!.point[j]!;
      return sum / k;
    });
    const along = (factor: number): Minimum =>
      corner(centre.map((c, j) => c + factor * (c - worst.point[j]!)));
    const replacement = nextCorner(along, {
      best: best.value,
      second: simplex[k - 1]!.value,
      worst: worst.value,
    });
    if (replacement !== null) simplex[k] = replacement;
    else {
      simplex = simplex.map(({ point }) => corner(point.map((v, j) => (v + best.point[j]!) / 2)));
    }
  }
  simplex.sort((a, b) => a.value - b.value);
  return simplex[0]!;
}

/** The corner to put in the place of the worst, or null when the simplex must shrink. */
function nextCorner(
  along: (factor: number) => Minimum,
  values: { readonly best: number; readonly second: number; readonly worst: number },
): Minimum | null {
  const reflected = along(1);
  if (reflected.value < values.best) {
    const expanded = along(2);
    return expanded.value < reflected.value ? expanded : reflected;
  }
  if (reflected.value < values.second) return reflected;
  const contracted = along(reflected.value < values.worst ? 0.5 : -0.5);
  return contracted.value < Math.min(reflected.value, values.worst) ? contracted : null;
}
