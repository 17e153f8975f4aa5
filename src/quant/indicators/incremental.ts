import { InvalidInputError } from "../invalid-input-error.ts";
import { requireSeries } from "../stats/require-series.ts";

/**
 * Incremental form of an indicator: takes the next bar, answers the value of that bar.
 *
 * It remembers what it needs of the bars before, so each stream of bars has its own. The batch form
 * runs it over a history; both agree to the bit when they begin at the same bar.
 */
export type Incremental<Input, Output> = (input: Input) => Output;

/** What an indicator of bars looks at; prices and volume of one bar, or a history of each. */
export type Bar = { readonly high: number; readonly low: number; readonly close: number };
export type VolumeBar = Bar & { readonly volume: number };
export type Bars = { readonly [Field in keyof Bar]: Float64Array };
export type VolumeBars = { readonly [Field in keyof VolumeBar]: Float64Array };

/**
 * Runs an incremental indicator of one value a bar over a history.
 *
 * @param values finite values, oldest first
 * @param next a fresh incremental indicator
 * @returns one value a bar
 * @throws {InvalidInputError} "not-finite"
 */
export function overSeries(values: Float64Array, next: Incremental<number, number>): Float64Array {
  requireSeries(values, { name: "values", lengthMin: 0 });
  return values.map((value) => next(value));
}

/**
 * Entry check of a history of bars.
 *
 * @param bars aligned series, oldest first
 * @throws {InvalidInputError} "length-mismatch", "not-finite"
 */
export function requireBars(bars: Readonly<Record<string, Float64Array>>): void {
  const lengths = new Set(Object.values(bars).map((values) => values.length));
  if (lengths.size > 1) {
    throw new InvalidInputError("length-mismatch", "the series of the bars must be aligned");
  }
  for (const [name, values] of Object.entries(bars)) requireSeries(values, { name, lengthMin: 0 });
}

/**
 * Bar i of a history.
 *
 * @param bars aligned series
 * @param i index of the bar
 * @returns its prices
 */
export function barAt({ high, low, close }: Bars, i: number): Bar {
  return { high: high[i]!, low: low[i]!, close: close[i]! };
}

/**
 * Bar i of a history with its volume.
 *
 * @param bars aligned series
 * @param i index of the bar
 * @returns its prices and volume
 */
export function volumeBarAt(bars: VolumeBars, i: number): VolumeBar {
  return { ...barAt(bars, i), volume: bars.volume[i]! };
}

/**
 * Gathers an indicator of several values a bar into one series each.
 *
 * @param names of the values
 * @param result an empty series of n values for each name, overwritten
 * @param valuesAt the values of bar i, called once a bar in order
 * @returns result
 */
export function gather<Name extends string>(
  names: readonly Name[],
  result: Readonly<Record<Name, Float64Array>>,
  valuesAt: (i: number) => Readonly<Record<Name, number>>,
): Readonly<Record<Name, Float64Array>> {
  const n = names.length === 0 ? 0 : result[names[0]!].length;
  for (let i = 0; i < n; i++) {
    const values = valuesAt(i);
    for (const name of names) result[name][i] = values[name];
  }
  return result;
}

/**
 * Entry check of one value of a stream.
 *
 * @param value what came
 * @returns the value
 * @throws {InvalidInputError} "not-finite"
 */
export function finite(value: number): number {
  if (!Number.isFinite(value)) throw new InvalidInputError("not-finite", "a value is not finite");
  return value;
}
