import { InvalidInputError } from "../../invalid-input-error.ts";
import { studentTTwoSided } from "../../regression/student-t.ts";
import { mean } from "../../stats/mean.ts";
import { requireAlignedSeries } from "../../stats/require-series.ts";
import { longRunMoments } from "./long-run-moments.ts";

/** Whether two series of losses differ in their mean; differences are first − second. */
export type DieboldMariano =
  | {
      readonly kind: "tested";
      readonly meanDifference: number;
      /** Below 0 the first is better. */
      readonly statistic: number;
      /** Of Student's t, which the statistic follows under the null; need not be whole. */
      readonly degreesOfFreedom: number;
      readonly pTwoSided: number;
      /** One-sided, against "the first has the smaller loss". */
      readonly pFirstBetter: number;
      /** One-sided, against "the second has the smaller loss". */
      readonly pSecondBetter: number;
      readonly lags: number;
      readonly rows: number;
    }
  | {
      readonly kind: "no-difference";
      /** "equal": the losses are the same; "constant": they differ by the same on every row. */
      readonly reason: "equal" | "constant";
      readonly meanDifference: number;
      readonly rows: number;
    };

/** Fewest rows of a test. */
const ROWS_MIN = 20;

/** Fewest rows a horizon: of fewer there are hardly any that do not overlap. */
const ROWS_PER_HORIZON_MIN = 4;

/**
 * Diebold–Mariano test: whether one forecast loses less than another on the same rows.
 *
 * t = d̄ / √(V / n) · √((n − g)(n − g + 1)) / n with d the differences of the losses, V their long-run
 * variance (longRunMoments) and g = max(horizon, ⌈(lags + 2) / 2⌉), against Student's t with
 * min(n − 1, 1.5 n / (lags + 1)) degrees of freedom: so many independent rows know a variance as well. With
 * lags = horizon − 1, g is the horizon and the factor that of Harvey and others; with more lags it is the
 * horizon whose unweighted autocovariances weigh as much.
 * Null hypothesis: the mean of the differences is 0, and they are stationary.
 *
 * Losses that do not differ, or differ by the same on every row, have no variance to be measured against:
 * that is an answer of its own, not a p-value of 0 or NaN. For one row ahead and no lags it is the paired t
 * test. Rejects at a nominal 5 %, one-sided: 5 % of independent differences (60 rows), 5.3 % of those that
 * overlap over 5 of 250 rows, 6.1 % over 20 of 250 (8.8 % with lags = horizon − 1 and n − 1 degrees).
 *
 * @param first losses, n ≥ max(20, 4 · horizon) finite values, oldest first
 * @param second losses of the other forecast on the same rows
 * @param options.horizonRows rows ahead that were forecast, ≥ 1: labels nearer than that overlap
 * @param options.lags of the long-run variance, horizon − 1 … n / 2; chosen by longRunMoments unless told
 * @returns see DieboldMariano
 * @throws {InvalidInputError} "too-short", "length-mismatch", "not-finite"; "out-of-range": an option
 *
 * Cost: O(n · lags). Source: Diebold and Mariano (1995); Harvey, Leybourne and Newbold (1997), equation 9;
 * Sun (2014) for the degrees of freedom. Convention: with lags = horizon − 1 the statistic is that of R's
 * forecast::dm.test(varestimator = "bartlett"), which takes n − 1 degrees of freedom.
 * Checked: the paired t test, and the size by simulation, in the test.
 */
export function dieboldMariano(
  first: Float64Array,
  second: Float64Array,
  options: { readonly horizonRows: number; readonly lags?: number },
): DieboldMariano {
  const { horizonRows } = options;
  requireAlignedSeries(first, second, dieboldMarianoRowsMin(horizonRows), ["first", "second"]);
  const rows = first.length;
  requireLags(options, rows);
  const differences = first.map((loss, i) => loss - second[i]!);
  // Smaller than the rounding of the losses, a difference is none.
  const magnitude = mean(first.map(Math.abs)) + mean(second.map(Math.abs));
  const {
    mean: meanDifference,
    variance,
    lags,
  } = longRunMoments(differences, {
    ...options,
    magnitude,
  });
  if (variance === 0) {
    const isEqual = Math.abs(meanDifference) <= 10 * Number.EPSILON * magnitude;
    return {
      kind: "no-difference",
      reason: isEqual ? "equal" : "constant",
      meanDifference: isEqual ? 0 : meanDifference,
      rows,
    };
  }
  const statistic =
    (meanDifference / Math.sqrt(variance / rows)) * smallSampleFactor(rows, horizonRows, lags);
  const degreesOfFreedom = degreesOfFreedomOf(rows, lags);
  const pTwoSided = studentTTwoSided(statistic, degreesOfFreedom);
  const [tail, rest] = [pTwoSided / 2, 1 - pTwoSided / 2];
  return {
    kind: "tested",
    meanDifference,
    statistic,
    degreesOfFreedom,
    pTwoSided,
    pFirstBetter: statistic < 0 ? tail : rest,
    pSecondBetter: statistic < 0 ? rest : tail,
    lags,
    rows,
  };
}

/**
 * Fewest rows of a Diebold–Mariano test.
 *
 * @param horizonRows rows ahead that were forecast, ≥ 1
 * @throws {InvalidInputError} "out-of-range": the horizon
 */
export function dieboldMarianoRowsMin(horizonRows: number): number {
  if (!(Number.isInteger(horizonRows) && horizonRows >= 1)) {
    throw new InvalidInputError("out-of-range", "the horizon must be a whole number of at least 1");
  }
  return Math.max(ROWS_MIN, ROWS_PER_HORIZON_MIN * horizonRows);
}

function requireLags(
  { horizonRows, lags }: { readonly horizonRows: number; readonly lags?: number },
  rows: number,
): void {
  if (lags === undefined) return;
  if (!(Number.isInteger(lags) && lags >= horizonRows - 1 && lags <= rows / 2)) {
    throw new InvalidInputError(
      "out-of-range",
      "lags must be from horizon − 1 to half of the rows",
    );
  }
}

/** The Bartlett window has ∫ k² = ⅔, and ν = n / (⅔ (lags + 1)). */
function degreesOfFreedomOf(rows: number, lags: number): number {
  return Math.min(rows - 1, (1.5 * rows) / (lags + 1));
}

function smallSampleFactor(rows: number, horizonRows: number, lags: number): number {
  const horizon = Math.max(horizonRows, Math.ceil((lags + 2) / 2));
  return Math.sqrt((rows - horizon) * (rows - horizon + 1)) / rows;
}
