import { z } from "zod";
import type { PairKey } from "../../pairs/pair-settings.ts";

const InstrumentId = z.coerce.number().int().positive();

/** The scanned pair that an address names (scan, y, x), if it names one. */
export function pairOfSearch(get: (key: string) => string | null): PairKey | null {
  const scanId = z.uuid().safeParse(get("scan"));
  const instrumentY = InstrumentId.safeParse(get("y"));
  const instrumentX = InstrumentId.safeParse(get("x"));
  return scanId.success && instrumentY.success && instrumentX.success
    ? { scanId: scanId.data, instrumentY: instrumentY.data, instrumentX: instrumentX.data }
    : null;
}
