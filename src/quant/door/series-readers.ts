import { type Matrix, matrixFromRows } from "../linalg/matrix.ts";
import { required } from "./arguments.ts";
import { DoorError } from "./door-error.ts";

/** JSON has no such numbers; software that has them writes these, or null. */
const NOT_FINITE: readonly unknown[] = [null, "NaN", "Infinity", "-Infinity"];

/**
 * A series: an array of finite numbers.
 *
 * @param value what came
 * @param name of the argument
 * @returns the numbers
 * @throws {DoorError} "bad-argument": missing, no array or something else in it; "not-finite": null
 *   or what stands for NaN and infinity
 */
export function series(value: unknown, name: string): Float64Array {
  return Float64Array.from(list(value, name), (element, i) => seriesElement(element, name, i));
}

function seriesElement(element: unknown, name: string, i: number): number {
  if (typeof element === "number" && Number.isFinite(element)) return element;
  if (typeof element === "number" || NOT_FINITE.includes(element)) {
    throw new DoorError("not-finite", `${name} is not finite at index ${i}`);
  }
  throw new DoorError("bad-argument", `${name} must be an array of numbers, see index ${i}`);
}

/**
 * Several series: an array of arrays of finite numbers, or one such array for a single series.
 *
 * @param value what came
 * @param name of the argument
 * @returns the series
 * @throws {DoorError} as series; "bad-argument": it is empty
 */
export function seriesOneOrSeveral(value: unknown, name: string): readonly Float64Array[] {
  const elements = list(value, name);
  if (elements.length === 0) {
    throw new DoorError("bad-argument", `${name} must hold a series at least`);
  }
  return elements.some(Array.isArray) ? seriesList(value, name) : [series(value, name)];
}

/**
 * Several series: an array of arrays of finite numbers.
 *
 * @param value what came
 * @param name of the argument
 * @returns the series
 * @throws {DoorError} as series
 */
export function seriesList(value: unknown, name: string): readonly Float64Array[] {
  return list(value, name).map((each, i) => series(each, `${name}[${i}]`));
}

/**
 * A matrix: an array of rows.
 *
 * @param value what came
 * @param name of the argument
 * @returns the matrix
 * @throws {DoorError} as series; {InvalidInputError} "too-short" or "length-mismatch"
 */
export function matrix(value: unknown, name: string): Matrix {
  return matrixFromRows(seriesList(value, name));
}

function list(value: unknown, name: string): readonly unknown[] {
  const array: unknown = required(value, name);
  if (!Array.isArray(array)) throw new DoorError("bad-argument", `${name} must be an array`);
  return array;
}
