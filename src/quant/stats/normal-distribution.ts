import { InvalidInputError } from "../invalid-input-error.ts";

// Rational approximations to full double precision, highest power first; the denominators have an
// implied leading 1. Source: S. L. Moshier, Cephes Mathematical Library, ndtr (1984–2000).
const ERF_NUMERATOR = [
  9.604973739870516, 90.02601972038427, 2232.005345946843, 7003.325141128051, 55592.30130103949,
];
const ERF_DENOMINATOR = [
  1, 33.56171416475031, 521.3579497801527, 4594.323829709801, 22629.000061389095, 49267.39426086359,
];
const ERFC_NUMERATOR = [
  2.461969814735305e-10, 0.5641895648310689, 7.463210564422699, 48.63719709856814,
  196.5208329560771, 526.4451949954773, 934.5285271719576, 1027.5518868951572, 557.5353353693994,
];
const ERFC_DENOMINATOR = [
  1, 13.228195115474499, 86.70721408859897, 354.9377788878199, 975.7085017432055,
  1823.9091668790973, 2246.3376081871097, 1656.6630919416134, 557.5353408177277,
];
const ERFC_TAIL_NUMERATOR = [
  0.5641895835477551, 1.275366707599781, 5.019050422511805, 6.160210979930536, 7.4097426995044895,
  2.9788666537210022,
];
const ERFC_TAIL_DENOMINATOR = [
  1, 2.2605286322011726, 9.396035249380015, 12.048953980809666, 17.08144507475659,
  9.608968090632859, 3.369076451000815,
];

// First guess of the quantile, relative error 1.2e-9. Source: P. J. Acklam (2003).
const QUANTILE_CENTRE_NUMERATOR = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239,
];
const QUANTILE_CENTRE_DENOMINATOR = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572,
  1,
];
const QUANTILE_TAIL_NUMERATOR = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
  4.374664141464968, 2.938163982698783,
];
const QUANTILE_TAIL_DENOMINATOR = [
  0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1,
];
const QUANTILE_TAIL_PROBABILITY = 0.02425;

/**
 * Complementary error function: 2/√π ∫ₓ^∞ exp(−t²) dt.
 *
 * @param x any number
 * @returns a value in [0, 2], to about 1e-15 relative wherever it does not underflow
 *
 * Cost: O(1). Source: Moshier, Cephes ndtr. Checked: values of Python's math.erfc in the test.
 */
export function complementaryErrorFunction(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude < 1) {
    const square = x * x;
    return 1 - (x * polynomial(ERF_NUMERATOR, square)) / polynomial(ERF_DENOMINATOR, square);
  }
  // exp(−27²) is below the smallest double.
  if (magnitude > 27) return x > 0 ? 0 : 2;
  const ratio =
    magnitude < 8
      ? polynomial(ERFC_NUMERATOR, magnitude) / polynomial(ERFC_DENOMINATOR, magnitude)
      : polynomial(ERFC_TAIL_NUMERATOR, magnitude) / polynomial(ERFC_TAIL_DENOMINATOR, magnitude);
  const tail = expOfMinusSquare(magnitude) * ratio;
  return x > 0 ? tail : 2 - tail;
}

/**
 * Standard normal distribution function: the probability of a value ≤ x.
 *
 * Φ(x) = ½ erfc(−x / √2).
 *
 * @param x any number
 * @returns a probability in [0, 1], accurate in relative terms far into the left tail
 *
 * Cost: O(1). Convention: matches scipy.stats.norm.cdf. Source: Moshier, Cephes ndtr.
 */
export function normalCdf(x: number): number {
  return 0.5 * complementaryErrorFunction(-x * Math.SQRT1_2);
}

/**
 * Standard normal quantile: the x with Φ(x) = probability.
 *
 * @param probability strictly between 0 and 1
 * @returns x, to about 1e-14 relative (1e-9 for probabilities below 1e-307)
 * @throws {InvalidInputError} "out-of-range": probability is not strictly between 0 and 1
 *
 * Cost: O(1). Source: Acklam (2003) with one Halley step on normalCdf.
 */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new InvalidInputError("out-of-range", "a quantile needs a probability between 0 and 1");
  }
  // The left tail keeps its relative accuracy; the right half follows by symmetry, 1 − p is exact.
  if (probability > 0.5) return -normalQuantile(1 - probability);
  const guess = quantileGuess(probability);
  // Below about 1e-307 the density of the correction step would leave the range of a double.
  if (guess < -37.5) return guess;
  const error = (normalCdf(guess) - probability) * Math.sqrt(2 * Math.PI);
  const step = error * Math.exp((guess * guess) / 2);
  return guess - step / (1 + (guess * step) / 2);
}

function quantileGuess(probability: number): number {
  if (probability < QUANTILE_TAIL_PROBABILITY) {
    const q = Math.sqrt(-2 * Math.log(probability));
    return polynomial(QUANTILE_TAIL_NUMERATOR, q) / polynomial(QUANTILE_TAIL_DENOMINATOR, q);
  }
  const q = probability - 0.5;
  const square = q * q;
  return (
    (q * polynomial(QUANTILE_CENTRE_NUMERATOR, square)) /
    polynomial(QUANTILE_CENTRE_DENOMINATOR, square)
  );
}

/** Coefficients highest power first, Horner's rule. */
function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}

/** exp(−x²) without the error that rounding x² would bring: x is split at 1/128, whose square is exact. */
function expOfMinusSquare(x: number): number {
  const head = Math.floor(x * 128) / 128;
  const rest = x - head;
  return Math.exp(-head * head) * Math.exp(-rest * (head + x));
}
