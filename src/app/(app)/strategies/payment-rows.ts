/** A payment of an instrument at a moment, UTC ms. */
export type Payment = { readonly timeMs: number; readonly value: number };

/** Bounds of the value of a row: the least, whether it is included, and the most. */
export type PaymentBounds = {
  readonly min: number;
  readonly includesMin: boolean;
  readonly max: number;
};

export const DIVIDEND_BOUNDS: PaymentBounds = { min: 0, includesMin: false, max: 1e9 };
export const FUNDING_BOUNDS: PaymentBounds = { min: -1, includesMin: true, max: 1 };

const ROWS_MAX = 5_000;
const PROBLEMS_SHOWN = 3;

/** The rows of a text and what is wrong with the others, each by its number from 1. */
export type PaymentReading = {
  readonly payments: readonly Payment[];
  readonly problems: readonly string[];
};

/**
 * Reads pasted rows "time, amount". A time is a date or a moment of ISO 8601, UTC where it names no zone,
 * or milliseconds since 1970. A first row without any number is a header; empty rows are skipped.
 */
export function readPaymentRows(text: string, bounds: PaymentBounds): PaymentReading {
  const payments: Payment[] = [];
  const problems: string[] = [];
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === "" || (index === 0 && !/\d/.test(line))) return;
    const row = readRow(line, bounds, payments.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY);
    if (typeof row === "string") problems.push(`Row ${index + 1}: ${row}`);
    else payments.push(row);
  });
  if (payments.length > ROWS_MAX) problems.push(`At most ${ROWS_MAX.toLocaleString("en-US")} rows`);
  return { payments, problems };
}

/** The first problems in one line. */
export function problemsText(problems: readonly string[]): string {
  const left = problems.length - PROBLEMS_SHOWN;
  const shown = problems.slice(0, PROBLEMS_SHOWN).join(". ");
  return left > 0 ? `${shown}. And ${left} more` : shown;
}

/** Payments as the rows that readPaymentRows reads. */
export function paymentRows(payments: readonly Payment[]): string {
  return payments
    .map(({ timeMs, value }) => `${new Date(timeMs).toISOString()}, ${value}`)
    .join("\n");
}

function readRow(line: string, bounds: PaymentBounds, afterMs: number): Payment | string {
  const [time = "", amount, ...rest] = line.split(/[,;\t]/).map((cell) => cell.trim());
  if (amount === undefined || rest.length > 0) return "write a time and an amount, with a comma";
  const timeMs = timeOf(time);
  if (Number.isNaN(timeMs)) return `“${time}” is no time`;
  const value = amount === "" ? Number.NaN : Number(amount);
  if (!Number.isFinite(value)) return `“${amount}” is no amount`;
  if (value < bounds.min || (value === bounds.min && !bounds.includesMin)) {
    return bounds.includesMin ? `at least ${bounds.min}` : `must be above ${bounds.min}`;
  }
  if (value > bounds.max) return `at most ${bounds.max.toLocaleString("en-US")}`;
  return timeMs > afterMs ? { timeMs, value } : "times must ascend";
}

const ISO_TIME =
  /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;

function timeOf(text: string): number {
  if (/^\d{10,15}$/.test(text)) return Number(text);
  const match = ISO_TIME.exec(text);
  if (match === null) return Number.NaN;
  const hasTime = text.length > 10;
  const zone = hasTime && match[1] === undefined ? "Z" : "";
  const timeMs = Date.parse(`${text.replace(" ", "T")}${zone}`);
  return timeMs >= 0 ? timeMs : Number.NaN;
}
