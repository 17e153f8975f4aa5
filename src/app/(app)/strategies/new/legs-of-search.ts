import type { PrefillSource } from "../strategy-prefill.ts";

/** The pair, interval and window that an address names (y, x, interval, from, to), if it names all. */
export function legsOfSearch(get: (key: string) => string | null): PrefillSource | null {
  const whole = (key: string): number | null => {
    const text = get(key) ?? "";
    return /^\d{1,15}$/.test(text) ? Number(text) : null;
  };
  const instrumentY = whole("y");
  const instrumentX = whole("x");
  const intervalMs = whole("interval");
  const startMs = whole("from");
  const endMs = whole("to");
  if (instrumentY === null || instrumentX === null || intervalMs === null) return null;
  if (startMs === null || endMs === null || startMs >= endMs) return null;
  return { instrumentY, instrumentX, intervalMs, formation: { startMs, endMs } };
}
