import { grouped } from "#quant/optimisation/parameter-axis.ts";

const SCALES = [
  { exponent: 18, name: "quintillion" },
  { exponent: 15, name: "quadrillion" },
  { exponent: 12, name: "trillion" },
  { exponent: 9, name: "billion" },
  { exponent: 6, name: "million" },
] as const;

/** Above so many digits nobody reads the number itself. */
const DIGITS_READ = 15;

/** A count of combinations as people say it: exact, and above a million its size in a word. */
export function combinationsInWords(count: bigint): string {
  const unit = count === 1n ? "combination" : "combinations";
  const scale = SCALES.find(({ exponent }) => count >= 10n ** BigInt(exponent));
  if (scale === undefined) return `${grouped(count)} ${unit}`;
  const digits = count.toString().length;
  if (digits > 21) return `more than 10^${digits - 1} ${unit}`;
  const tenths = count / 10n ** BigInt(scale.exponent - 1);
  const size = `${tenths / 10n}.${tenths % 10n} ${scale.name}`.replace(".0 ", " ");
  return digits > DIGITS_READ ? `about ${size} ${unit}` : `${grouped(count)} ${unit} (${size})`;
}
