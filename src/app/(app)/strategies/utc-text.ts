/** A moment as a date-and-time field holds it, in UTC: "2023-01-01T00:00", with seconds where there are any. */
export function utcTextOf(timeMs: number): string {
  const text = new Date(timeMs).toISOString();
  return timeMs % 60_000 === 0 ? text.slice(0, 16) : text.slice(0, 19);
}

/** The moment that a date-and-time field names, read as UTC; NaN when it names none. */
export function msOfUtcText(text: string): number {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text)
    ? Date.parse(`${text}Z`)
    : Number.NaN;
}
