import { createRandom } from "#quant/synthetic/random.ts";

/** Seeded log prices that wander independently of each other. */
export function walks(count: number, bars: number): Float64Array[] {
  return Array.from({ length: count }, (_, i) => {
    const { gaussian } = createRandom(1, i);
    const values = new Float64Array(bars);
    let level = 4;
    for (let t = 0; t < bars; t++) {
      level += 0.01 * gaussian();
      values[t] = level;
    }
    return values;
  });
}
