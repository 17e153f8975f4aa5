const FNV_PRIME = 0x01000193;
const FNV_OFFSET = 0x811c9dc5;

/**
 * Hash of a text, 32 bits, that goes on from another: to compare many cells without keeping them.
 *
 * Source: Fowler, Noll and Vo, FNV-1a, over UTF-16 units and their number.
 */
export function textHash(text: string, seed = 0): number {
  let hash = (seed ^ FNV_OFFSET) >>> 0;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
  return Math.imul(hash ^ text.length, FNV_PRIME) >>> 0;
}
