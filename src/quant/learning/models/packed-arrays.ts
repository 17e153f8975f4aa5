import { InvalidInputError } from "../../invalid-input-error.ts";
import { base64Of, bytesOfBase64 } from "./base64.ts";

/** Mark of a packed array; what a model has learned has no fields of this name. */
const MARK = "$packed";

const ARRAYS = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint32: Uint32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
} as const;

type ArrayName = keyof typeof ARRAYS;
type Packed = { readonly [MARK]: ArrayName; readonly base64: string };

/**
 * Plain data with every typed array packed: its bytes, little-endian, as base64. A forest of millions of numbers
 * is read in a moment that way, where as digits it takes most of a minute.
 *
 * @param value plain data: objects, arrays, typed arrays, numbers, strings, booleans, null
 * @returns the same with `Packed` in the place of typed arrays
 *
 * Cost: O(size).
 */
export function withPackedArrays(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withPackedArrays);
  if (ArrayBuffer.isView(value)) {
    for (const [name, TypedArray] of Object.entries(ARRAYS)) {
      if (!(value instanceof TypedArray)) continue;
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      return { [MARK]: name, base64: base64Of(bytes) };
    }
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withPackedArrays(one)]),
  );
}

/**
 * The data that `withPackedArrays` has packed.
 *
 * @param value plain data, with packed arrays or without
 * @returns equal data, shared with nothing that is packed
 * @throws {InvalidInputError} "out-of-range": an array that is none
 *
 * Cost: O(size).
 */
export function withUnpackedArrays(value: unknown): unknown {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(withUnpackedArrays);
  if (isPacked(value)) return unpacked(value);
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withUnpackedArrays(one)]),
  );
}

/**
 * Letters that the typed arrays of plain data take when they are packed: nearly all of a large model's file.
 *
 * @param value plain data
 * @returns ≥ 0
 */
export function packedLength(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  if (ArrayBuffer.isView(value)) return 4 * Math.ceil(value.byteLength / 3);
  return Object.values(value).reduce((sum: number, one) => sum + packedLength(one), 0);
}

function isPacked(value: object): value is Packed {
  return MARK in value && "base64" in value;
}

function unpacked({ [MARK]: name, base64 }: Packed): unknown {
  const TypedArray = ARRAYS[name];
  const bytes = TypedArray === undefined ? null : bytesOfBase64(String(base64));
  if (bytes === null || bytes.length % TypedArray.BYTES_PER_ELEMENT !== 0) {
    throw new InvalidInputError("out-of-range", "the file holds an array of no known kind");
  }
  return new TypedArray(bytes.buffer, 0, bytes.length / TypedArray.BYTES_PER_ELEMENT);
}
