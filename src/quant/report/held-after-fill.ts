/** What the additions of many fills can leave of the last one when nothing is held. */
const ROUNDING = 1e-9;

/**
 * Units held after a fill, from the fills alone: what rounding leaves of a closed position is 0.
 *
 * @param held signed units before
 * @param quantity signed units of the fill
 * @returns signed units after
 */
export function heldAfterFill(held: number, quantity: number): number {
  const after = held + quantity;
  return Math.abs(after) <= ROUNDING * Math.abs(quantity) ? 0 : after;
}
