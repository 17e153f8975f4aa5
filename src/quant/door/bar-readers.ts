import { isRecord, required } from "./arguments.ts";
import { DoorError } from "./door-error.ts";
import { series } from "./series-readers.ts";

/** Series of bars by the name of their field. */
export type BarColumns = Readonly<Record<string, Float64Array>>;

const FIELDS: readonly string[] = ["open", "high", "low", "close", "volume"];

/**
 * Bars: an object of series by field, or an array of objects, one a bar.
 *
 * @param value what came
 * @param name of the argument
 * @returns the fields that are given
 * @throws {DoorError} "bad-argument": missing, neither form, a field that bars do not have;
 *   "not-finite"
 */
export function bars(value: unknown, name: string): BarColumns {
  const columns = Array.isArray(value) ? columnsOf(value, name) : required(value, name);
  if (!isRecord(columns)) {
    throw new DoorError("bad-argument", `${name} must be an object of series or an array of bars`);
  }
  const entries = Object.entries(columns).map(([field, values]) => {
    if (FIELDS.includes(field)) return [field, series(values, `${name}.${field}`)] as const;
    throw new DoorError(
      "bad-argument",
      `${name}.${field} is no field of a bar; there are ${FIELDS.join(", ")}`,
    );
  });
  return Object.fromEntries(entries);
}

function columnsOf(
  rows: readonly unknown[],
  name: string,
): Readonly<Record<string, readonly unknown[]>> {
  const [first] = rows;
  if (!isRecord(first)) throw new DoorError("bad-argument", `${name}[0] must be an object`);
  const fields = Object.keys(first);
  const columns = new Map(fields.map((field): [string, unknown[]] => [field, []]));
  rows.forEach((row, i) => {
    if (!isRecord(row) || Object.keys(row).length !== fields.length) {
      throw new DoorError("bad-argument", `${name}[${i}] has not the fields of the first`);
    }
    for (const [field, value] of Object.entries(row)) columns.get(field)?.push(value);
  });
  return Object.fromEntries(columns);
}

/**
 * One field of bars.
 *
 * @param columns the bars
 * @param field its name
 * @returns its series
 * @throws {DoorError} "bad-argument": the bars do not have it
 */
export function barField(columns: BarColumns, field: string): Float64Array {
  const values = columns[field];
  if (values === undefined) throw new DoorError("bad-argument", `bars.${field} is missing`);
  return values;
}
