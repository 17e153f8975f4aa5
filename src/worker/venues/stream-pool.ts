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

  /** Moves a stream to another connection: where it is nothing comes, and the others there are well. */
  replace(stream: string): void {
    const from = this.slotOf(stream);
    if (from === null || this.#isHeld) return;
    const to = [...this.#slots.values()].find(
      (slot) =>
        slot !== from && slot.isOpen && slot.streams.size < this.#options.streamsPerConnection,
    );
    if (to === undefined) this.#open([stream]);
    else to.add([stream]);
    from.remove([stream]);
    this.#closeEmpty();
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
