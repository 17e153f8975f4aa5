/**
 * Arrays as PostgreSQL reads them from text. Several times faster than the driver's own way, which escapes
 * every element: these need no escaping.
 */
export function numberArray(values: readonly (number | null)[]): string {
  return `{${values.map((value) => value ?? "NULL").join()}}`;
}

export function booleanArray(values: readonly boolean[]): string {
  return `{${values.map((value) => (value ? "t" : "f")).join()}}`;
}

/** @param values decimals without quotes, commas or braces */
export function decimalArray(values: readonly string[]): string {
  return `{${values.join()}}`;
}
