/** A value that tasks of one job share in a thread: the latest one, by its key. */
export type KeptValue<Value> = (key: string, make: () => Value) => Value;

/** Keeps the value of the last key, so that the tasks of a job do not each prepare the same. */
export function keptValue<Value>(): KeptValue<Value> {
  let kept: { readonly key: string; readonly value: Value } | null = null;
  return (key, make) => {
    if (kept === null || kept.key !== key) kept = { key, value: make() };
    return kept.value;
  };
}
