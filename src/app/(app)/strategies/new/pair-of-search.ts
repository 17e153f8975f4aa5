import type { PairKey } from "../../pairs/pair-settings.ts";

// By hand, not by a schema: the form loads none before it is seen.
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ID = /^[1-9]\d{0,14}$/;

/** The scanned pair that an address names (scan, y, x), if it names one. */
export function pairOfSearch(get: (key: string) => string | null): PairKey | null {
  const [scanId, y, x] = [get("scan") ?? "", get("y") ?? "", get("x") ?? ""];
  if (!UUID.test(scanId) || !ID.test(y) || !ID.test(x)) return null;
  return { scanId, instrumentY: Number(y), instrumentX: Number(x) };
}
