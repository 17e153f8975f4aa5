import { mix } from "./block-random.ts";

/**
 * Raw trades of an aggregated trade: one to eight, 1.75 on average.
 *
 * Of every 64 aggregated trades 48 further raw ones are handed out after one of 32 patterns, so the
 * first raw id is a closed form of the aggregated id, and next.first = this.last + 1 always.
 */
export type RawTradeIds = {
  readonly first: (aggregateId: number) => number;
  readonly last: (aggregateId: number) => number;
  /** The aggregated trade that a raw trade belongs to. */
  readonly aggregateOf: (rawId: number) => number;
};

/** Most raw trades that one aggregated trade may have; its quantity has at least as many lots. */
export const RAW_TRADES_MAX = 8;

const BLOCK = 64;
const FURTHER = 48;
const PATTERNS = 32;

const PREFIXES: readonly Int32Array[] = Array.from({ length: PATTERNS }, (_, pattern) => {
  const further = new Int32Array(BLOCK);
  for (let given = 0, draw = 0; given < FURTHER; draw++) {
    // Half of them go where a few already are: many single trades, some large ones.
    const random = mix(pattern * 7919 + 17, draw);
    const at = draw % 2 === 0 ? random % BLOCK : (random % 8) * 8;
    if ((further[at] ?? 0) + 1 >= RAW_TRADES_MAX) continue;
    further[at] = (further[at] ?? 0) + 1;
    given += 1;
  }
  const prefix = new Int32Array(BLOCK + 1);
  for (let i = 0; i < BLOCK; i++) prefix[i + 1] = (prefix[i] ?? 0) + (further[i] ?? 0);
  return prefix;
});

export function createRawTradeIds(seed: number, offset: number): RawTradeIds {
  const first = (aggregateId: number): number => {
    const block = Math.floor(aggregateId / BLOCK);
    const prefix = PREFIXES[mix(seed, block) % PATTERNS];
    return offset + aggregateId + FURTHER * block + (prefix?.[aggregateId - block * BLOCK] ?? 0);
  };
  const aggregateOf = (rawId: number): number => {
    const block = Math.floor((rawId - offset) / (BLOCK + FURTHER));
    let low = block * BLOCK;
    let high = low + BLOCK;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (first(middle) <= rawId) low = middle;
      else high = middle;
    }
    return low;
  };
  return { first, last: (aggregateId) => first(aggregateId + 1) - 1, aggregateOf };
}
