/** How the numbers of an axis are written, so that neighbours differ and none is longer than its place. */
export type AxisNumbers = {
  readonly format: (value: number) => string;
  /** "×10⁻⁴" where the numbers are written as that multiple; else "". */
  readonly unit: string;
};

/** Steps of an axis at most: two of its labels differ by about that part of its range. */
const STEPS_MAX = 10;

/** Below and from these the numbers are written as multiples of a power of ten. */
const SMALL = 0.01;
const LARGE = 100_000;

/**
 * Numbers of an axis over some values.
 *
 * @param values all that is drawn along it
 */
export function axisNumbers(values: readonly number[]): AxisNumbers {
  const finite = values.filter(Number.isFinite);
  const low = finite.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  const high = finite.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const size = finite.length === 0 ? 0 : Math.max(Math.abs(low), Math.abs(high));
  const power = size > 0 && (size < SMALL || size >= LARGE) ? Math.floor(Math.log10(size)) : 0;
  const step = (high > low ? high - low : size) / STEPS_MAX / 10 ** power;
  // Steps of 2.5 need a digit more than their size says.
  const digits =
    step > 0 && Number.isFinite(step) ? Math.max(0, 1 - Math.floor(Math.log10(step))) : 0;
  return {
    format: (value) =>
      String(Number((value / 10 ** power).toFixed(Math.min(digits, 12)))).replace("-", "−"),
    unit: power === 0 ? "" : `×10${superscript(power)}`,
  };
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function superscript(power: number): string {
  const digits = Array.from(String(Math.abs(power)), (digit) => SUPERSCRIPTS[Number(digit)]);
  return `${power < 0 ? "⁻" : ""}${digits.join("")}`;
}
