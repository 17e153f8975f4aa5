import type { InstrumentPlan } from "../market/instrument-plan.ts";

/** Decimal texts of an instrument's whole numbers, as its venue prints them. */
export type NumberText = {
  readonly price: (ticks: number) => string;
  readonly quantity: (lots: number) => string;
  /** Value from ticks × lots. */
  readonly quote: (ticksTimesLots: bigint) => string;
};

/** Spot prints eight decimals whatever the instrument; futures print the instrument's own. */
const SPOT_DECIMALS = 8;

export function createNumberText(plan: InstrumentPlan): NumberText {
  const isSpot = plan.market === "spot";
  const { priceDecimals, quantityDecimals } = plan;
  const price = fixedText(priceDecimals, isSpot ? SPOT_DECIMALS : priceDecimals);
  const quoteDecimals = priceDecimals + quantityDecimals;
  return {
    price: (ticks) => price(ticks * plan.tickUnits),
    quantity: fixedText(quantityDecimals, isSpot ? SPOT_DECIMALS : quantityDecimals),
    quote: (value) =>
      bigFixedText(
        value * BigInt(plan.tickUnits),
        quoteDecimals,
        isSpot ? SPOT_DECIMALS : quoteDecimals,
      ),
  };
}

/** Text of a whole number of 10^-decimals, with `printed` ≥ `decimals` decimals. */
export function fixedText(decimals: number, printed: number): (units: number) => string {
  const scale = 10 ** decimals;
  const zeros = "0".repeat(printed - decimals);
  if (decimals === 0) {
    const tail = printed === 0 ? "" : `.${zeros}`;
    return (units) => `${units}${tail}`;
  }
  return (units) => {
    const whole = Math.floor(units / scale);
    // One more digit in front keeps the leading zeros of the fraction.
    const fraction = String(scale + units - whole * scale);
    return `${whole}.${fraction.slice(1)}${zeros}`;
  };
}

function bigFixedText(units: bigint, decimals: number, printed: number): string {
  const digits = units.toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).padEnd(printed, "0");
  return printed === 0 ? whole : `${whole}.${fraction}`;
}
