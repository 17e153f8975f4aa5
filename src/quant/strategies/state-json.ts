/** Marks of what JSON itself cannot hold; states have no fields of these names. */
const ARRAY_MARK = "$float64";
const NUMBER_MARK = "$number";

/**
 * The state of a strategy as JSON, to the bit: typed arrays, NaN, infinities and −0 included.
 *
 * @param state plain data: objects, arrays, Float64Array, numbers, strings, booleans, null
 * @returns a document for `stateFromJson`
 *
 * Cost: O(size).
 */
export function stateToJson(state: unknown): string {
  return JSON.stringify(state, (_key, value: unknown) => {
    if (value instanceof Float64Array) return { [ARRAY_MARK]: Array.from(value, marked) };
    return typeof value === "number" ? marked(value) : value;
  });
}

/**
 * The state that `stateToJson` has written.
 *
 * @param json its document
 * @returns equal plain data, shared with nothing
 *
 * Cost: O(size).
 */
export function stateFromJson(json: string): unknown {
  return JSON.parse(json, (_key, value: unknown) => {
    if (typeof value !== "object" || value === null) return value;
    // The reviver goes from the inside out: numbers within an array are already numbers.
    if (ARRAY_MARK in value && Array.isArray(value[ARRAY_MARK])) {
      return Float64Array.from(value[ARRAY_MARK], Number);
    }
    return NUMBER_MARK in value ? Number(value[NUMBER_MARK]) : value;
  });
}

function marked(value: number): number | { readonly [NUMBER_MARK]: string } {
  if (Object.is(value, -0)) return { [NUMBER_MARK]: "-0" };
  return Number.isFinite(value) ? value : { [NUMBER_MARK]: String(value) };
}
