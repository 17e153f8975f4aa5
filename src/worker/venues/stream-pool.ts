import type { FeedConnection } from "#contracts/feed.ts";
import { streamPlan } from "./stream-plan.ts";
import { StreamSlot, type StreamSlotEvents, type StreamSlotOptions } from "./stream-slot.ts";

export type StreamPoolOptions = StreamSlotOptions & {
  /** Before the name of each connection: "spot". */
  readonly name: string;
  readonly streamsPerConnection: number;
};

/** The connections that carry the wanted streams of one market. */
export class StreamPool {
  readonly #options: StreamPoolOptions;
  readonly #events: StreamSlotEvents;
  readonly #slots = new Map<string, StreamSlot>();
  #wanted: ReadonlySet<string> = new Set();
  #nextSlot = 1;
  #isHeld = false;
  #isClosed = false;

  constructor(options: StreamPoolOptions, events: StreamSlotEvents) {
    this.#options = options;
    this.#events = events;
  }

  /** Carries exactly these streams from now on. */
  setStreams(wanted: Iterable<string>): void {
    this.#wanted = new Set(wanted);
    this.#follow();
  }

  /**
   * Gives a stream another connection, because nothing comes in it. When nothing comes over its connection at all,
   * the connection is renewed with all its streams; otherwise the stream moves, and the others stay.
   *
   * @param silentFromMs since when nothing has come in the stream, by `performance.now()`
   * @returns the streams that get another connection
   */
  replace(stream: string, silentFromMs: number): readonly string[] {
    const from = this.slotOf(stream);
    if (from === null || this.#isHeld) return [];
    if (isDeaf(from, silentFromMs)) {
      void from.renew("nothing comes over it");
      return [...from.streams];
    }
    // One that is still being made will do: many streams may be silent at once, and they can share it.
    const to = [...this.#slots.values()].find(
      (slot) =>
        slot !== from &&
        (slot.isOpen || slot.isStarting) &&
        slot.streams.size < this.#options.streamsPerConnection,
    );
    if (to === undefined) this.#open([stream]);
    else to.add([stream]);
    from.remove([stream]);
    this.#closeEmpty();
    return [stream];
  }

  /** Replaces every connection without a break. */
  async renewAll(reason: string): Promise<void> {
    await Promise.all([...this.#slots.values()].map((slot) => slot.renew(reason)));
  }

  /** Stops reading: every connection is closed until `release`. */
  async hold(): Promise<void> {
    this.#isHeld = true;
    const slots = [...this.#slots.values()];
    this.#slots.clear();
    await Promise.all(slots.map((slot) => slot.close()));
  }

  release(): void {
    this.#isHeld = false;
    this.#follow();
  }

  slotOf(stream: string): StreamSlot | null {
    for (const slot of this.#slots.values()) if (slot.streams.has(stream)) return slot;
    return null;
  }

  isListening(stream: string): boolean {
    return this.slotOf(stream)?.isListening(stream) === true;
  }

  status(): FeedConnection[] {
    return [...this.#slots.values()].map((slot) => slot.status());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.hold();
  }

  #follow(): void {
    if (this.#isHeld || this.#isClosed) return;
    const plan = streamPlan([...this.#slots.values()], this.#wanted, {
      perSlotMax: this.#options.streamsPerConnection,
    });
    for (const [name, streams] of plan.remove) this.#slots.get(name)?.remove(streams);
    for (const [name, streams] of plan.add) this.#slots.get(name)?.add(streams);
    for (const streams of plan.open) this.#open(streams);
    this.#closeEmpty();
  }

  #open(streams: readonly string[]): void {
    const name = `${this.#options.name}-${this.#nextSlot++}`;
    this.#slots.set(name, new StreamSlot(name, streams, this.#options, this.#events));
  }

  #closeEmpty(): void {
    for (const [name, slot] of this.#slots) {
      if (slot.streams.size > 0) continue;
      this.#slots.delete(name);
      void slot.close();
    }
  }
}

/**
 * Whether nothing comes over a connection at all. Its streams do not end in the same instant: half of a stream's
 * silence has to be that of all of them.
 */
export function isDeaf(slot: Pick<StreamSlot, "lastDataMs">, silentFromMs: number): boolean {
  const now = performance.now();
  return now - (slot.lastDataMs ?? Number.NEGATIVE_INFINITY) >= (now - silentFromMs) / 2;
}
