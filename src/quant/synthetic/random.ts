/** A seeded stream of random numbers; the same seed gives the same numbers to the bit. */
export type Random = {
  /** Uniform in [0, 1), a multiple of 2⁻³². */
  readonly uniform: () => number;
  /** Standard normal. */
  readonly gaussian: () => number;
};

/**
 * Seeded random numbers: xoshiro128**, 128 bits of state, period 2¹²⁸ − 1.
 *
 * The state is filled by SplitMix32 from seed and stream, so that neighbouring seeds and streams
 * are unrelated. Uniforms use integers only and are equal on every platform; `gaussian` uses
 * Math.log and Math.sqrt, and Math.log may differ in its last bit between JavaScript engines (not
 * between machines of one engine: V8 carries its own).
 *
 * @param seed whole number in [0, 2³²)
 * @param stream whole number in [0, 2³²), independent sequences of one seed
 * @returns the stream
 *
 * Source: Blackman and Vigna (2021), "Scrambled linear pseudorandom number generators"; Marsaglia's
 * polar method for normals.
 */
export function createRandom(seed: number, stream = 0): Random {
  const next = xoshiro128(seed, stream);
  const uniform = (): number => next() / 2 ** 32;
  let spare: number | null = null;
  const gaussian = (): number => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const square = u * u + v * v;
      if (square > 0 && square < 1) {
        const scale = Math.sqrt((-2 * Math.log(square)) / square);
        spare = v * scale;
        return u * scale;
      }
    }
  };
  return { uniform, gaussian };
}

function xoshiro128(seed: number, stream: number): () => number {
  const split = splitMix32((seed ^ Math.imul(stream + 1, 0x9e3779b9)) >>> 0);
  let a = split();
  let b = split();
  let c = split();
  let d = split() | 1;
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** Constants of the 32-bit finaliser of MurmurHash3 (Appleby). */
function splitMix32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x85ebca6b);
    mixed ^= mixed >>> 13;
    mixed = Math.imul(mixed, 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
}
