/** A span as the date fields hold it: UTC milliseconds, null while nothing is chosen. */
export type WindowFormValues = { startMs: number | null; endMs: number | null };

export function windowOf({ startMs, endMs }: WindowFormValues) {
  return { startMs: startMs ?? Number.NaN, endMs: endMs ?? Number.NaN };
}

/** NaN for an empty or unreadable number: the schema refuses it beside the field. */
export function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

export function optionalNumberOf(text: string): number | null {
  return text.trim() === "" ? null : Number(text);
}

/** The fraction of a percentage as typed: the point is moved, so that 7 is 0.07 and nothing beside it. */
export function fractionOfPercent(text: string): number {
  return shifted(text.trim(), -2);
}

/** A fraction as the percentage that a person types. */
export function percentText(fraction: number): string {
  return String(shifted(String(fraction), 2));
}

function shifted(decimal: string, places: number): number {
  if (decimal === "") return Number.NaN;
  const [mantissa = "", exponent = "0"] = decimal.toLowerCase().split("e");
  return Number(`${mantissa}e${Number(exponent) + places}`);
}
