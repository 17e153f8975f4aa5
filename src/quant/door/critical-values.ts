import type { CriticalValues } from "../cointegration/mackinnon.ts";

/**
 * Critical values under the names of the door.
 *
 * @param values at three levels
 * @returns the same by level in percent
 */
export function criticalValuesByLevel(values: CriticalValues): Readonly<Record<string, number>> {
  return { "1%": values.onePercent, "5%": values.fivePercent, "10%": values.tenPercent };
}
