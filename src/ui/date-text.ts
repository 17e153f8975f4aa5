/**
 * Reads what a date or date-time control holds as UTC: "2023-01-01" or "2023-01-01T14:00".
 * Returns null while it is empty or half typed.
 */
export function parseDateText(text: string): number | null {
  if (!/^\d{4,6}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/.test(text)) return null;
  const ms = Date.parse(text.includes("T") ? `${text}Z` : `${text}T00:00:00Z`);
  return Number.isNaN(ms) ? null : ms;
}

/** The inverse of parseDateText, to the minute. */
export function dateText(ms: number | null, withTime: boolean): string {
  if (ms === null || !Number.isFinite(ms)) return "";
  return new Date(ms).toISOString().slice(0, withTime ? 16 : 10);
}
