/** Decimals that a sum below a limit is held on: together 15 digits, which a double has to spare. */
const GRIDS = [
  { below: 1e7, perUnit: 1e8 },
  { below: 1e10, perUnit: 1e5 },
  { below: 1e12, perUnit: 1e3 },
] as const;

/** A sum of two decimals is off by at most one and a half units of its last place. */
const NEAR = 2 * Number.EPSILON;

/**
 * Sum of two quantities as decimals: 0.1 and 0.2 make 0.3.
 *
 * Venues quote quantities with up to eight decimals. As long as those of a sum and its size are within
 * GRIDS the sum is the double nearest to the decimal sum, so that it depends neither on the order of the
 * quantities nor on how they were grouped. Elsewhere it is an ordinary sum.
 *
 * @param total sum so far, ≥ 0
 * @param quantity ≥ 0
 */
export function addQuantity(total: number, quantity: number): number {
  const sum = total + quantity;
  for (const { below, perUnit } of GRIDS) {
    if (sum >= below) continue;
    const decimal = Math.round(sum * perUnit) / perUnit;
    return Math.abs(decimal - sum) <= NEAR * sum ? decimal : sum;
  }
  return sum;
}
