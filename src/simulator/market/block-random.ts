import { normalQuantile } from "#quant/stats/normal-distribution.ts";

/**
 * Random numbers with an address: the same seed, place and draw give the same bits in any order of
 * asking. A minute of 2021 costs as much as the current one, and nothing has to be stored.
 *
 * Source of the constants: the 32-bit finaliser of MurmurHash3 (Appleby).
 */
export function mix(seed: number, place: number): number {
  let bits = (seed ^ Math.imul(place + 0x7f4a7c15, 0x9e3779b1)) | 0;
  bits ^= bits >>> 16;
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Seed of a text, for streams that are named rather than numbered (FNV-1a). */
export function seedOf(seed: number, name: string): number {
  let bits = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) bits = Math.imul(bits ^ name.charCodeAt(i), 0x01000193);
  return mix(seed, bits | 0);
}

export function uniformAt(seed: number, place: number): number {
  return mix(seed, place) / 2 ** 32;
}

const STEPS = 1024;

/** Standard normal numbers by ten random bits: exact enough for prices that are rounded to ticks. */
export const GAUSSIAN = Float64Array.from({ length: STEPS }, (_, i) =>
  normalQuantile((i + 0.5) / STEPS),
);

export function gaussianAt(seed: number, place: number): number {
  return GAUSSIAN[mix(seed, place) >>> 22] ?? 0;
}

/** Multipliers of mean 1 with a heavy upper tail, by ten random bits: sizes of trades. */
export const HEAVY_TAIL = GAUSSIAN.map((z) => Math.exp(z - 0.5));
