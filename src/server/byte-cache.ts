/** Values that are kept ready as long as there is room; those that were not asked for the longest go first. */
export type ByteCache<Value> = {
  readonly get: (key: string) => Value | undefined;
  readonly set: (key: string, value: Value, bytes: number) => void;
};

/**
 * A cache of a bounded size.
 *
 * @param bytesMax of all its values together; a larger one is not kept
 */
export function createByteCache<Value>(bytesMax: number): ByteCache<Value> {
  // A map keeps the order in which keys were put in: the one that was not asked for the longest comes first.
  const kept = new Map<string, { readonly value: Value; readonly bytes: number }>();
  let total = 0;
  const remove = (key: string) => {
    total -= kept.get(key)?.bytes ?? 0;
    kept.delete(key);
  };
  return {
    get: (key) => {
      const found = kept.get(key);
      if (found === undefined) return undefined;
      kept.delete(key);
      kept.set(key, found);
      return found.value;
    },
    set: (key, value, bytes) => {
      remove(key);
      if (bytes > bytesMax) return;
      kept.set(key, { value, bytes });
      total += bytes;
      for (const oldest of kept.keys()) {
        if (total <= bytesMax) break;
        remove(oldest);
      }
    },
  };
}
