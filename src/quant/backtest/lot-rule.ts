/**
 * What a venue lets one trade: `quantityStep` (lot) and `priceTick` in units and in quote currency, 0
 * where there is no rule; `notionalMin` in quote currency, 0 where anything is accepted.
 */
export type LotRule = {
  readonly quantityStep: number;
  readonly priceTick: number;
  readonly notionalMin: number;
};

/** Anything goes: the rule of a simulation without a venue. */
export const NO_LOTS: LotRule = { quantityStep: 0, priceTick: 0, notionalMin: 0 };

/**
 * A number of steps nearer than this to a whole one is that whole one; 0.3 / 0.1 is 2.9999999999999996.
 */
const STEP_CARE = 1e-9;

/** The same of very many steps, where a double itself is coarser: four units in the last place. */
const STEP_CARE_RELATIVE = 4 * Number.EPSILON;

/**
 * Quantity rounded towards zero to whole lots: never more than was asked for.
 *
 * @param quantity signed units
 * @param quantityStep lot, 0: none
 * @returns signed units, the nearest double to the decimal multiple of the lot
 */
export function roundToLots(quantity: number, quantityStep: number): number {
  if (quantityStep === 0) return quantity;
  const exact = Math.abs(quantity) / quantityStep;
  const steps = Math.floor(exact + stepCare(exact));
  return steps === 0 ? 0 : Math.sign(quantity) * multipleOf(quantityStep, steps);
}

/**
 * Price rounded to the tick against us: up where we buy, down where we sell.
 *
 * @param price positive
 * @param direction 1 buys, −1 sells
 * @param priceTick tick, 0: none
 * @returns a price on the grid; never below one tick
 */
export function roundToTick(price: number, direction: number, priceTick: number): number {
  if (priceTick === 0) return price;
  const exact = price / priceTick;
  const ticks =
    direction > 0 ? Math.ceil(exact - stepCare(exact)) : Math.floor(exact + stepCare(exact));
  return multipleOf(priceTick, Math.max(ticks, 1));
}

/** Whether a venue takes an order of this size. */
export function isTradable(quantity: number, price: number, rule: LotRule): boolean {
  return quantity !== 0 && Math.abs(quantity) * price >= rule.notionalMin;
}

function stepCare(steps: number): number {
  return Math.max(STEP_CARE, STEP_CARE_RELATIVE * steps);
}

/** 3 · 0.1 is 0.30000000000000004, 3 / 10 is 0.3: a step that is one over a whole number divides. */
function multipleOf(step: number, count: number): number {
  const inverse = Math.round(1 / step);
  return Math.abs(inverse * step - 1) < 1e-12 ? count / inverse : count * step;
}
