import { InvalidInputError } from "../invalid-input-error.ts";
import { symmetricEigen } from "../linalg/symmetric-eigen.ts";
import { total } from "../linalg/total.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import { mean } from "../stats/mean.ts";
import { requireSeries } from "../stats/require-series.ts";
import {
  type JohansenCriticalValues,
  type JohansenDeterministic,
  johansenCriticalValues,
  johansenPValue,
} from "./johansen-law.ts";
import { type JohansenMoments, johansenMoments } from "./johansen-moments.ts";
import type { LevelSystem } from "./system-moments.ts";

/** Most series for which there are critical values. */
const SERIES_MAX = 12;

/** One of the two tests; element i is of the hypothesis of rank ≤ i (trace) or = i (eigenvalue). */
export type JohansenTest = {
  readonly statistics: Float64Array;
  /** Values that the statistic must be above for the hypothesis to be rejected. */
  readonly criticalValues: readonly JohansenCriticalValues[];
  /** null where more than five common trends are left. */
  readonly pValues: readonly (number | null)[];
};

/** Result of a Johansen test of m series. */
export type Johansen = {
  /** m squared canonical correlations in [0, 1), descending. */
  readonly eigenvalues: Float64Array;
  /**
   * Cointegrating vectors, of the eigenvalue in the same place: one coefficient a series, the first
   * of them 1, then that of the restricted term (the constant, or t per bar) where there is one.
   */
  readonly eigenvectors: readonly Float64Array[];
  /** How far each series moves in one bar per unit of each deviation, one list a vector. */
  readonly loadings: readonly Float64Array[];
  readonly trace: JohansenTest;
  readonly maxEigenvalue: JohansenTest;
  /** First rank that the trace does not reject at 5 %; m where all are rejected. */
  readonly rank: number;
  /** Rows: bars − 1 − lagged differences. */
  readonly observations: number;
};

/** How a Johansen test is made. */
export type JohansenOptions = {
  /** "restricted-constant" by default: log prices without a drift of their own. */
  readonly deterministic?: JohansenDeterministic;
  /** Lagged differences of the model, k ≥ 0; 1 by default. */
  readonly lagsDiff?: number;
  /** For orders 0 and 1: the laws for data without linear drift, or without quadratic trend. */
  readonly driftless?: boolean;
};

/**
 * Johansen test: how many combinations of several series stand still, and which?
 *
 * Δxₜ = α βᵀ xₜ₋₁ + Σ Γᵢ Δxₜ₋ᵢ + d + e; the eigenvalues are the squared canonical correlations of Δxₜ
 * and xₜ₋₁ given the rest. Trace −T Σ_{i > r} ln(1 − λᵢ), eigenvalue −T ln(1 − λᵣ₊₁).
 * Null hypothesis: at most r combinations (trace), exactly r (eigenvalue). Large statistics reject.
 *
 * The tables of orders 0 and 1 presume a linear drift, or a quadratic trend, in the data; on walks
 * without one they reject 11 and 21 % at a nominal 5. `driftless` has the laws of such data; the
 * restricted forms need no such choice.
 *
 * @param series 2 … 12 series of n finite values, oldest first, natural-log prices
 * @param options see JohansenOptions; deterministic −1 none, 0 constant, 1 linear trend taken off the
 *   levels first, "restricted-constant", "restricted-trend" (with an unrestricted constant)
 * @returns eigenvalues, vectors, loadings and both tests; see Johansen
 * @throws {InvalidInputError} lengths differ, too few bars, a value is not finite, "constant": a
 *   series does not vary, "collinear": one is a combination of the others, "out-of-range": number of
 *   series or lagsDiff
 *
 * Cost: O(n m² max(k, 1)). Convention: matches statsmodels coint_johansen for orders −1, 0, 1 and
 * k ≥ 1 (for k = 0 it is wrong: it lags the level by no bar), urca ca.jo for the restricted forms.
 * Source: Johansen (1995), chapter 6. Checked: golden/johansen.json, golden/extra-r.json.
 */
export function johansen(series: readonly Float64Array[], options: JohansenOptions = {}): Johansen {
  const { deterministic = "restricted-constant", lagsDiff = 1, driftless = false } = options;
  const n = requireSystem(series, lagsDiff);
  const m = series.length;
  const observations = n - 1 - lagsDiff;
  const system = systemOf(series, deterministic, lagsDiff);
  const moments = johansenMoments(system);
  const { values, vectors } = canonicalVectors(moments, m);
  const eigenvectors = vectors.map((vector) =>
    deterministic === "restricted-constant" ? uncentred(vector, system.centres) : vector,
  );
  const law = { deterministic, driftless };
  const maxStatistics = new Float64Array(m);
  const traceStatistics = new Float64Array(m);
  let sum = 0;
  for (let i = m - 1; i >= 0; i--) {
    const statistic = -observations * Math.log1p(-values[i]!);
    sum += statistic;
    maxStatistics[i] = statistic;
    traceStatistics[i] = sum;
  }
  const trace = testOf("trace", traceStatistics, law);
  const accepted = trace.criticalValues.findIndex(
    ({ fivePercent }, i) => traceStatistics[i]! < fivePercent,
  );
  return {
    eigenvalues: values,
    eigenvectors,
    loadings: vectors.map((vector) => loadingsOf(moments, vector, m)),
    trace,
    maxEigenvalue: testOf("maxEigenvalue", maxStatistics, law),
    rank: accepted < 0 ? m : accepted,
    observations,
  };
}

function requireSystem(series: readonly Float64Array[], lagsDiff: number): number {
  const m = series.length;
  if (m < 2 || m > SERIES_MAX) {
    throw new InvalidInputError("out-of-range", `a system has 2 to ${SERIES_MAX} series, not ${m}`);
  }
  if (!Number.isInteger(lagsDiff) || lagsDiff < 0) {
    throw new InvalidInputError("out-of-range", "lagsDiff must be a whole number of at least 0");
  }
  const n = series[0]!.length;
  // One row more than variables: both blocks, the lags, a constant and a restricted term.
  const lengthMin = m * (lagsDiff + 2) + 3 + 1 + lagsDiff;
  series.forEach((values, j) => {
    if (values.length !== n) {
      throw new InvalidInputError(
        "length-mismatch",
        `series 0 has ${n} values and series ${j} has ${values.length}, they must be aligned`,
      );
    }
    requireSeries(values, { name: `series ${j}`, lengthMin });
  });
  return n;
}

const TERMS = {
  "-1": "none",
  0: "constant",
  1: "constant",
  "restricted-constant": "restricted-constant",
  "restricted-trend": "restricted-trend",
} as const satisfies Record<JohansenDeterministic, LevelSystem["terms"]>;

/** The regression of a system, its levels near zero where their span with the terms allows that. */
function systemOf(
  series: readonly Float64Array[],
  deterministic: JohansenDeterministic,
  lagsDiff: number,
): LevelSystem {
  const means = new Float64Array(series.length);
  for (const [j, values] of series.entries()) means[j] = total(values) / values.length;
  const isDetrended = deterministic === 1;
  const levels = series.map((values, j) => {
    const { rest, slope } = isDetrended ? withoutTrend(values) : { rest: values, slope: 0 };
    const magnitude = Math.abs(means[j]!) + Math.abs(slope) * values.length;
    if (!isVarying(rest, isDetrended ? 0 : means[j]!, magnitude)) {
      throw new InvalidInputError("constant", `series ${j} does not vary`);
    }
    return rest;
  });
  return {
    levels,
    // Without a constant the distance from zero is part of the model.
    centres: isDetrended || deterministic === -1 ? new Float64Array(series.length) : means,
    lagsDiff,
    terms: TERMS[deterministic],
  };
}

/** Whether the squares about a centre are more than rounding: most often the first says so. */
function isVarying(values: Float64Array, centre: number, magnitude: number): boolean {
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i]! - centre;
    squares += deviation * deviation;
    if (!isRoundingNoise(squares, values.length, magnitude)) return true;
  }
  return false;
}

/** What the line of best fit leaves of a series. */
function withoutTrend(values: Float64Array): {
  readonly rest: Float64Array;
  readonly slope: number;
} {
  const n = values.length;
  const centre = mean(values);
  const middle = (n - 1) / 2;
  const rest = values.map((value) => value - centre);
  let product = 0;
  for (let i = 0; i < n; i++) product += (i - middle) * rest[i]!;
  // Σ (i − middle)² in closed form.
  const slope = (12 * product) / (n * (n * n - 1));
  for (let i = 0; i < n; i++) rest[i]! -= slope * (i - middle);
  return { rest, slope };
}

/** Eigenvalues of S₁₀ S₀₀⁻¹ S₀₁ in the metric of S₁₁, and their vectors scaled to a first 1. */
function canonicalVectors(
  { levels, levelFactor, changeOnLevel, changeFactor }: JohansenMoments,
  m: number,
): { readonly values: Float64Array; readonly vectors: readonly Float64Array[] } {
  // Y = G⁻¹ C, so that Yᵀ Y = Cᵀ S₀₀⁻¹ C.
  const whitened = new Float64Array(m * levels);
  for (let i = 0; i < m; i++) {
    for (let c = 0; c < levels; c++) {
      let sum = changeOnLevel[i * levels + c]!;
      for (let k = 0; k < i; k++) sum -= changeFactor[i * m + k]! * whitened[k * levels + c]!;
      whitened[i * levels + c] = sum / changeFactor[i * m + i]!;
    }
  }
  const matrix = new Float64Array(levels * levels);
  for (let a = 0; a < levels; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = 0; i < m; i++) sum += whitened[i * levels + a]! * whitened[i * levels + b]!;
      matrix[a * levels + b] = sum;
      matrix[b * levels + a] = sum;
    }
  }
  const eigen = symmetricEigen(matrix, levels);
  const values = new Float64Array(m);
  const vectors: Float64Array[] = [];
  for (let i = 0; i < m; i++) {
    // Rounding may leave a zero eigenvalue just below zero.
    values[i] = Math.max(0, eigen.values[i]!);
    // β = L⁻ᵀ v.
    const vector = new Float64Array(levels);
    for (let a = levels - 1; a >= 0; a--) {
      let sum = eigen.vectors[i * levels + a]!;
      for (let b = a + 1; b < levels; b++) sum -= levelFactor[b * levels + a]! * vector[b]!;
      vector[a] = sum / levelFactor[a * levels + a]!;
    }
    scaleToFirst(vector);
    vectors.push(vector);
  }
  return { values, vectors };
}

function scaleToFirst(vector: Float64Array): void {
  const first = vector[0]!;
  if (first === 0) return;
  for (let a = 0; a < vector.length; a++) vector[a]! /= first;
}

/** The constant for levels as they are: βᵀ (x − centre) + c = βᵀ x + (c − βᵀ centre). */
function uncentred(vector: Float64Array, centres: Float64Array): Float64Array {
  const m = centres.length;
  const result = new Float64Array(m + 1);
  let constant = vector[m]!;
  for (let j = 0; j < m; j++) {
    result[j] = vector[j]!;
    constant -= vector[j]! * centres[j]!;
  }
  result[m] = constant;
  return result;
}

/** α = S₀₁ β / (βᵀ S₁₁ β). */
function loadingsOf(
  { levels, levelFactor, changeOnLevel }: JohansenMoments,
  vector: Float64Array,
  m: number,
): Float64Array {
  // Lᵀ β, the vector in whitened coordinates.
  const white = new Float64Array(levels);
  let squares = 0;
  for (let a = 0; a < levels; a++) {
    for (let b = a; b < levels; b++) white[a]! += levelFactor[b * levels + a]! * vector[b]!;
    squares += white[a]! * white[a]!;
  }
  const loadings = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    let sum = 0;
    for (let a = 0; a < levels; a++) sum += changeOnLevel[i * levels + a]! * white[a]!;
    loadings[i] = sum / squares;
  }
  return loadings;
}

function testOf(
  kind: "trace" | "maxEigenvalue",
  statistics: Float64Array,
  law: { readonly deterministic: JohansenDeterministic; readonly driftless: boolean },
): JohansenTest {
  const criticalValues: JohansenCriticalValues[] = [];
  const pValues: (number | null)[] = [];
  for (let i = 0; i < statistics.length; i++) {
    const of = { ...law, kind, commonTrends: statistics.length - i };
    criticalValues.push(johansenCriticalValues(of));
    pValues.push(johansenPValue(statistics[i]!, of));
  }
  return { statistics, criticalValues, pValues };
}
