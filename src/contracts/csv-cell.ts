/** A cell of an exported table: text is guarded, numbers stay numbers, null is an empty cell. */
export type CsvValue = string | number | boolean | null;

/** First characters that make a spreadsheet read a text as a formula (OWASP, "CSV injection"). */
const FORMULA_START = /^[=+\-@\t\r\n\0]/;

/**
 * CSV cell: one value, quoted as RFC 4180 says and with text kept from acting as a formula by a leading
 * apostrophe. A negative number is no text, so it stays a number.
 */
export function csvCell(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const guarded = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/** CSV row: cells joined by commas, ended by CR LF as RFC 4180 says. */
export function csvRow(values: readonly CsvValue[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}
