import { InvalidInputError } from "../invalid-input-error.ts";

/**
 * Open time of the bar that a moment belongs to: bars stand on multiples of their interval since
 * 1970-01-01T00:00Z, so that days are UTC days.
 *
 * @param timeMs UTC ms
 * @param intervalMs whole, positive
 * @throws {InvalidInputError} the time is not finite or the interval is not whole and positive
 */
export function openTime(timeMs: number, intervalMs: number): number {
  if (!Number.isSafeInteger(intervalMs) || intervalMs <= 0) {
    throw new InvalidInputError("out-of-range", "openTime requires a whole positive interval");
  }
  if (!Number.isFinite(timeMs)) {
    throw new InvalidInputError("not-finite", "openTime requires a finite time");
  }
  return Math.floor(timeMs / intervalMs) * intervalMs;
}
