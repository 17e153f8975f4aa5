import type { Pool } from "pg";
import type pino from "pino";
import { addFeedEvents, type NewFeedEvent } from "#db/feed-events.ts";

/** The same kind of event of the same instrument is told once in so long; the others are counted. */
const REPEAT_MS = 10_000;

/** Events that wait for the database; the oldest go when there are more. */
const WAITING_MAX = 1_000;

/** What happened to a feed, for its page and for the log. Events that repeat are told with their number. */
export class EventLog {
  readonly #pool: Pool;
  readonly #holder: string;
  readonly #log: pino.Logger;
  readonly #told = new Map<string, { atMs: number; more: number }>();
  #waiting: NewFeedEvent[] = [];

  constructor(pool: Pool, holder: string, log: pino.Logger) {
    this.#pool = pool;
    this.#holder = holder;
    this.#log = log;
  }

  add(kind: string, message: string, instrumentId: number | null = null): void {
    const now = performance.now();
    const key = `${kind} ${instrumentId}`;
    const told = this.#told.get(key);
    if (told !== undefined && now - told.atMs < REPEAT_MS) {
      told.more += 1;
      return;
    }
    const more = told?.more ?? 0;
    this.#told.set(key, { atMs: now, more: 0 });
    const text = more > 0 ? `${message} (and ${more} more like it before)` : message;
    this.#log.info({ kind, instrumentId }, text);
    this.#waiting.push({
      holder: this.#holder,
      instrumentId,
      kind,
      message: text,
      happenedAtMs: Date.now(),
    });
    if (this.#waiting.length > WAITING_MAX) this.#waiting.shift();
  }

  /** Stores what waits. */
  async flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const events = this.#waiting;
    this.#waiting = [];
    try {
      await addFeedEvents(this.#pool, events);
    } catch (error) {
      this.#waiting = [...events, ...this.#waiting].slice(-WAITING_MAX);
      throw error;
    }
  }
}
