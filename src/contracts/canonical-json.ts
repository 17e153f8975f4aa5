/**
 * Canonical JSON: one text for one value, whatever the order in which its keys were written, so that
 * equal configurations have equal hashes.
 *
 * @param value plain data: no functions, dates, maps or undefined outside object fields
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
