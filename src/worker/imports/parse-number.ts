const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A decimal number, exponent allowed; NaN for anything else (also for "0x10", " " and "1,5"). */
export function parseNumber(text: string): number {
  return DECIMAL.test(text) ? Number(text) : Number.NaN;
}

/** Spellings of "no value" that exporting programs write. */
const NO_VALUE = new Set(["", "nan", "na", "n/a", "null", "none", "-"]);

/** Whether a cell says that there is no value. */
export function isNoValue(text: string): boolean {
  return text === "" || (text.length <= 4 && NO_VALUE.has(text.toLowerCase()));
}
