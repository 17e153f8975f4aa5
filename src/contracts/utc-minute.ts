/**
 * A moment in messages: to the minute, in UTC.
 *
 * @param ms Unix time, milliseconds
 * @returns as 2026-03-01 14:30 UTC
 */
export function utcMinute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
