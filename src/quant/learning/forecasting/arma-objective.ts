import { createArmaFilter, filteredForms, tuneArmaFilter } from "./arma-filter.ts";
import { levinsonStep, partialOfFree } from "./partial-autocorrelations.ts";

/** What is fitted, and by which likelihood. */
export type ArmaShape = {
  /** Order of the autoregression, ≥ 0. */
  readonly p: number;
  /** Order of the moving average, ≥ 0. */
  readonly q: number;
  /** Whether the process has a mean to be estimated; 0 otherwise. */
  readonly hasMean: boolean;
  /** "exact": from the stationary law on; "conditional": innovations before bar p are 0, bars before it given. */
  readonly likelihood: "exact" | "conditional";
};

/** What a point of the search stands for. */
export type ArmaPoint = {
  readonly mean: number;
  readonly ar: Float64Array;
  readonly ma: Float64Array;
  /** Σ e² / F. */
  readonly sumOfSquares: number;
  /** Σ ln F; 0 of a conditional likelihood. */
  readonly logVariances: number;
};

/** A likelihood as a sum of squares over p + q free numbers. */
export type ArmaObjective = {
  readonly residualCount: number;
  /** Fills in the residuals, and answers the sum of their squares. */
  readonly residuals: (free: Float64Array, into: Float64Array) => number;
  readonly pointOf: (free: Float64Array) => ArmaPoint;
};

/** A product of variances is taken the logarithm of before it can overflow. */
const PRODUCT_MAX = 1e200;

/**
 * Likelihood of an autoregressive moving average, as a sum of squares that is least where it is largest.
 *
 * With the innovations e and their variances F (in that of the noise), variance and mean concentrated out,
 * −2 ln L = n ln(Σ e² / F) + Σ ln F + a constant: least where the squares of g e / √F have the least sum,
 * g = exp(Σ ln F / 2n). The mean is that of generalised least squares, from the innovations of a series of
 * ones. Free numbers stand for partial autocorrelations, of φ first, then of −θ, so that every point is
 * stationary and invertible.
 *
 * @param values of the process, n > p, oldest first
 * @param shape see ArmaShape
 * @returns the objective; it owns a work space, so that two searches do not share one
 *
 * Cost: O(n (p + q + r)) a call. Source: Ansley (1979), Biometrika 66, for the sum of squares; Harvey (1989),
 * 3.4, for variance and mean; Monahan (1984) for the free numbers.
 */
export function createArmaObjective(values: Float64Array, shape: ArmaShape): ArmaObjective {
  const { p, q, likelihood } = shape;
  const n = values.length;
  const isExact = likelihood === "exact";
  const filter = createArmaFilter(isExact ? n : 0, p, q);
  const { ar, ma } = filter;
  const partials = new Float64Array(p);
  const form = new Float64Array(filter.stateSize);
  const residualCount = isExact ? n : n - p;
  const ones = shape.hasMean ? new Float64Array(n).fill(1) : null;
  const ofOnes = new Float64Array(shape.hasMean ? residualCount : 0);
  let mean = 0;
  let logVariances = 0;

  const residuals = (free: Float64Array, into: Float64Array): number => {
    setCoefficients(filter, partials, free);
    logVariances = 0;
    if (isExact) {
      tuneArmaFilter(filter, partials);
      setForecastForm(filter, form);
      exactInnovations(values, into);
      if (ones !== null) exactInnovations(ones, ofOnes);
      logVariances = standardise(into);
    } else {
      conditionalInnovations(filter, values, into);
      if (ones !== null) conditionalInnovations(filter, ones, ofOnes);
    }
    mean = ones === null ? 0 : takeMeanOff(into, ofOnes);
    return scale(into, Math.exp(logVariances / (2 * n)));
  };

  const exactInnovations = (series: Float64Array, into: Float64Array): void => {
    filteredForms(filter, series, form, into);
    for (let t = n - 1; t > 0; t--) into[t] = series[t]! - into[t - 1]!;
    into[0] = series[0]!;
  };

  const standardise = (into: Float64Array): number => {
    let sum = 0;
    // Variances are at least 1: one logarithm of many is enough.
    let product = 1;
    for (let t = 0; t < filter.steadyFrom; t++) {
      const variance = filter.variances[t]!;
      const share = 1 / Math.sqrt(variance);
      into[t]! *= share;
      if (ones !== null) ofOnes[t]! *= share;
      product *= variance;
      if (product < PRODUCT_MAX) continue;
      sum += Math.log(product);
      product = 1;
    }
    return sum + Math.log(product);
  };

  const pointOf = (free: Float64Array): ArmaPoint => {
    const scaled = residuals(free, new Float64Array(residualCount));
    const sumOfSquares = scaled / Math.exp(logVariances / n);
    return { mean, ar: ar.slice(), ma: ma.slice(), sumOfSquares, logVariances };
  };

  return { residualCount, residuals, pointOf };
}

type Coefficients = { readonly ar: Float64Array; readonly ma: Float64Array };

function setCoefficients(
  { ar, ma }: Coefficients,
  partials: Float64Array,
  free: Float64Array,
): void {
  const p = ar.length;
  for (let k = 0; k < p; k++) {
    partials[k] = partialOfFree(free[k]!);
    levinsonStep(ar, k + 1, partials[k]!);
  }
  for (let k = 0; k < ma.length; k++) levinsonStep(ma, k + 1, partialOfFree(free[p + k]!));
  for (let k = 0; k < ma.length; k++) ma[k] = -ma[k]!;
}

/** The forecast of the next bar: (1, θ) moved on by one bar. */
function setForecastForm({ ar, ma }: Coefficients, form: Float64Array): void {
  for (let i = 0; i < form.length; i++) {
    form[i] = (i < ar.length ? ar[i]! : 0) + (i < ma.length ? ma[i]! : 0);
  }
}

/** Innovations of the bars from p on, the earlier ones being 0. */
function conditionalInnovations(
  { ar, ma }: Coefficients,
  values: Float64Array,
  into: Float64Array,
): void {
  const p = ar.length;
  const q = ma.length;
  for (let i = 0; i < into.length; i++) {
    const t = i + p;
    let innovation = values[t]!;
    for (let k = 0; k < p; k++) innovation -= ar[k]! * values[t - 1 - k]!;
    const known = Math.min(q, i);
    for (let j = 0; j < known; j++) innovation -= ma[j]! * into[i - 1 - j]!;
    into[i] = innovation;
  }
}

/** Regression on the innovations of ones; answers the mean. */
function takeMeanOff(into: Float64Array, ofOnes: Float64Array): number {
  let products = 0;
  let squares = 0;
  for (let i = 0; i < into.length; i++) {
    products += into[i]! * ofOnes[i]!;
    squares += ofOnes[i]! * ofOnes[i]!;
  }
  const mean = squares === 0 ? 0 : products / squares;
  for (let i = 0; i < into.length; i++) into[i]! -= mean * ofOnes[i]!;
  return mean;
}

/** Multiplies all by a factor; answers the sum of their squares. */
function scale(into: Float64Array, factor: number): number {
  let sum = 0;
  for (let i = 0; i < into.length; i++) {
    const value = into[i]! * factor;
    into[i] = value;
    sum += value * value;
  }
  return sum;
}
