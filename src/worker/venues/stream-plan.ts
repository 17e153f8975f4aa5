/** What a connection carries now. */
export type PlannedSlot = { readonly name: string; readonly streams: ReadonlySet<string> };

/** What to change so that the connections carry what is wanted. */
export type StreamPlan = {
  /** By slot name. */
  readonly remove: ReadonlyMap<string, readonly string[]>;
  readonly add: ReadonlyMap<string, readonly string[]>;
  /** Streams of connections that are to be made. */
  readonly open: readonly (readonly string[])[];
};

/**
 * Plan of subscriptions: streams stay where they are, new ones fill the connections that have room, and
 * what is left over gets connections of its own.
 *
 * @param options.perSlotMax streams that one connection may carry
 */
export function streamPlan(
  slots: readonly PlannedSlot[],
  wanted: ReadonlySet<string>,
  options: { readonly perSlotMax: number },
): StreamPlan {
  const remove = new Map<string, readonly string[]>();
  const add = new Map<string, readonly string[]>();
  const carried = new Set<string>();
  const room: { readonly name: string; free: number }[] = [];
  for (const { name, streams } of slots) {
    const unwanted = [...streams].filter((stream) => !wanted.has(stream));
    if (unwanted.length > 0) remove.set(name, unwanted);
    for (const stream of streams) carried.add(stream);
    room.push({ name, free: options.perSlotMax - (streams.size - unwanted.length) });
  }
  let missing = [...wanted].filter((stream) => !carried.has(stream)).sort();
  for (const { name, free } of room) {
    const taken = missing.slice(0, Math.max(0, free));
    if (taken.length === 0) continue;
    add.set(name, taken);
    missing = missing.slice(taken.length);
  }
  const open: string[][] = [];
  for (let start = 0; start < missing.length; start += options.perSlotMax) {
    open.push(missing.slice(start, start + options.perSlotMax));
  }
  return { remove, add, open };
}
