import { setTimeout as delay } from "node:timers/promises";
import type { FeedConnection } from "#contracts/feed.ts";
import { type BackOff, createBackOff } from "./back-off.ts";
import { StreamConnection, type StreamConnectionOptions } from "./stream-connection.ts";
import { parseStreamFrame, type StreamFrame } from "./stream-frame.ts";
import type { VenueMarket } from "./venue-market.ts";

/** Times of a slot's connections, ms, beside those of each connection. */
export type StreamSlotOptions = Omit<StreamConnectionOptions, "onFrame"> & {
  readonly market: VenueMarket;
  /** "wss://stream.binance.com:9443" */
  readonly streamUrl: string;
  readonly backOffMinMs: number;
  readonly backOffMaxMs: number;
  /** A connection is renewed at this age: the venue ends it after 24 hours. */
  readonly lifeMs: number;
  /** How long the old connection goes on beside the new one. */
  readonly overlapMs: number;
  readonly random: () => number;
};

/** What a slot tells. "interrupted": frames of these streams may have been missed. */
export type StreamSlotEvents = {
  readonly onFrame: (frame: StreamFrame, slot: StreamSlot) => void;
  readonly onOpen: (slot: StreamSlot) => void;
  readonly onInterrupted: (streams: readonly string[], reason: string) => void;
  readonly onRenewed: (slot: StreamSlot, reason: string) => void;
  /** The venue did not like a control message. */
  readonly onRefused: (reason: string) => void;
};

/** After this long a connection counts as good, and the next failure waits the shortest time again. */
const STABLE_MS = 10_000;

/** Waits of the renewal are shortened by up to this share, so that slots do not renew together. */
const LIFE_JITTER = 0.04;

/**
 * A place for a connection with its streams: connects, connects again when it is lost, and replaces it
 * before it ends (make before break). Streams can be added and removed at any time.
 */
export class StreamSlot {
  readonly name: string;
  readonly streams = new Set<string>();
  readonly #options: StreamSlotOptions;
  readonly #events: StreamSlotEvents;
  readonly #backOff: BackOff;
  readonly #ended = new AbortController();
  readonly #running: Promise<void>;
  #current: StreamConnection | null = null;
  #next: StreamConnection | null = null;
  #renewing: Promise<void> | null = null;
  #renewal: NodeJS.Timeout | undefined;
  #state: FeedConnection["state"] = "connecting";
  #openedAtMs: number | null = null;
  #frames = 0;
  #framesBefore = { frames: 0, atMs: performance.now() };
  #lastFrameAtMs: number | null = null;
  #lastDataMs: number | null = null;
  #reconnects = 0;
  #retryAtMs: number | null = null;
  #lastError: string | null = null;

  constructor(
    name: string,
    streams: Iterable<string>,
    options: StreamSlotOptions,
    events: StreamSlotEvents,
  ) {
    this.name = name;
    this.#options = options;
    this.#events = events;
    for (const stream of streams) this.streams.add(stream);
    this.#backOff = createBackOff({
      minMs: options.backOffMinMs,
      maxMs: options.backOffMaxMs,
      random: options.random,
    });
    this.#running = this.#run();
  }

  get isOpen(): boolean {
    return this.#state === "open" || this.#state === "renewing";
  }

  /** Whether its first connection is still being made. */
  get isStarting(): boolean {
    return this.#state === "connecting" && this.#reconnects === 0;
  }

  get isRenewing(): boolean {
    return this.#state === "renewing";
  }

  /** When something last came in any stream, by `performance.now()`; null before. Answers and pongs do not count. */
  get lastDataMs(): number | null {
    return this.#lastDataMs;
  }

  /** Whether everything that happens now in a stream comes. */
  isListening(stream: string): boolean {
    return this.isOpen && this.#current?.hasAcknowledged(stream) === true;
  }

  add(streams: readonly string[]): void {
    const added = streams.filter((stream) => !this.streams.has(stream));
    for (const stream of added) this.streams.add(stream);
    // A connection that is still being made has asked for fewer; it catches up once it is open.
    if (this.isOpen) this.#current?.subscribe(added);
    this.#next?.subscribe(added);
  }

  remove(streams: readonly string[]): void {
    const removed = streams.filter((stream) => this.streams.delete(stream));
    if (removed.length === 0) return;
    if (this.isOpen) this.#current?.unsubscribe(removed);
    this.#next?.unsubscribe(removed);
  }

  async close(): Promise<void> {
    this.#ended.abort();
    clearTimeout(this.#renewal);
    this.#next?.close("closed by us");
    this.#current?.close("closed by us");
    await this.#running;
    this.#state = "closed";
  }

  status(): FeedConnection {
    const now = performance.now();
    const seconds = (now - this.#framesBefore.atMs) / 1_000;
    const framesPerSecond = seconds > 0 ? (this.#frames - this.#framesBefore.frames) / seconds : 0;
    this.#framesBefore = { frames: this.#frames, atMs: now };
    return {
      name: this.name,
      market: this.#options.market,
      state: this.#state,
      streams: this.streams.size,
      openedAtMs: this.#openedAtMs,
      framesPerSecond: Math.round(framesPerSecond * 10) / 10,
      lastFrameAtMs: this.#lastFrameAtMs,
      reconnects: this.#reconnects,
      retryAtMs: this.#retryAtMs,
      lastError: this.#lastError,
    };
  }

  async #run(): Promise<void> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      this.#state = "connecting";
      this.#retryAtMs = null;
      const connection = this.#dial();
      this.#current = connection;
      const startedAt = performance.now();
      const reason = await this.#untilLost(connection);
      if (signal.aborted) return;
      if (performance.now() - startedAt > STABLE_MS) this.#backOff.reset();
      this.#lastError = reason;
      this.#reconnects += 1;
      this.#openedAtMs = null;
      clearTimeout(this.#renewal);
      this.#events.onInterrupted([...this.streams], reason);
      const waitMs = this.#backOff.next();
      this.#state = "waiting";
      this.#retryAtMs = Date.now() + waitMs;
      // The wait is cut short when the slot is closed.
      await delay(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Serves a connection and those that replace it without a break. @returns why the last one ended */
  async #untilLost(first: StreamConnection): Promise<string> {
    const opened = await first.opened.then(
      () => true,
      () => false,
    );
    if (!opened) return first.closed;
    this.#became(first);
    for (;;) {
      const serving = this.#current ?? first;
      const reason = await serving.closed;
      // Lost while its successor was being made: the successor takes over, if it comes.
      await this.#renewing;
      if (this.#current === serving) return reason;
    }
  }

  /** A connection has taken over: what has changed since it was dialled is made up for. */
  #became(connection: StreamConnection): void {
    this.#current = connection;
    this.#state = "open";
    this.#openedAtMs = Date.now();
    const { lifeMs, random } = this.#options;
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(
      () => void this.renew("it is old"),
      lifeMs * (1 - LIFE_JITTER * random()),
    );
    this.#renewal.unref();
    this.#events.onOpen(this);
  }

  /** Puts a new connection in the place of the present one, which goes on until the new one delivers. */
  renew(reason: string): Promise<void> {
    const old = this.#current;
    if (old === null || !this.isOpen || this.#ended.signal.aborted) return Promise.resolve();
    this.#renewing ??= this.#replace(old, reason).finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async #replace(old: StreamConnection, reason: string): Promise<void> {
    this.#state = "renewing";
    const next = this.#dial();
    this.#next = next;
    const opened = await next.opened.then(
      () => true,
      () => false,
    );
    if (opened) {
      // Whichever comes first: the overlap is over, or the old one ends by itself.
      await Promise.race([delay(this.#options.overlapMs), old.closed]);
    }
    this.#next = null;
    if (this.#ended.signal.aborted || !opened) {
      next.close("not needed");
      if (!this.#ended.signal.aborted) this.#retryRenewal();
      return;
    }
    this.#became(next);
    old.close("replaced");
    this.#events.onRenewed(this, reason);
  }

  #retryRenewal(): void {
    this.#state = "open";
    clearTimeout(this.#renewal);
    this.#renewal = setTimeout(() => void this.renew("it is old"), this.#backOff.next());
    this.#renewal.unref();
  }

  #dial(): StreamConnection {
    const asked = [...this.streams];
    const url = `${this.#options.streamUrl}/stream`;
    const connection: StreamConnection = new StreamConnection(url, asked, {
      ...this.#options,
      onFrame: (bytes) => this.#onFrame(connection, bytes),
    });
    connection.opened.then(
      () => {
        const missed = [...this.streams].filter((stream) => !asked.includes(stream));
        const gone = asked.filter((stream) => !this.streams.has(stream));
        if (missed.length > 0) connection.subscribe(missed);
        if (gone.length > 0) connection.unsubscribe(gone);
      },
      // Whoever waits for the connection hears of it.
      () => undefined,
    );
    return connection;
  }

  #onFrame(connection: StreamConnection, bytes: Buffer): void {
    this.#frames += 1;
    this.#lastFrameAtMs = Date.now();
    const frame = parseStreamFrame(bytes);
    if (frame.kind === "answer") {
      const wasAsked = connection.answered(frame.id, frame.error !== null);
      if (frame.error !== null) this.#events.onRefused(frame.error);
      if (wasAsked && frame.error !== null) this.#askByAddress(connection);
    } else if (frame.kind === "shutdown") {
      if (connection === this.#current) void this.renew("the venue is about to end it");
    } else {
      this.#lastDataMs = performance.now();
      this.#events.onFrame(frame, this);
    }
  }

  /** A subscription was refused: the next connection asks for its streams by its address. */
  #askByAddress(refused: StreamConnection): void {
    const reason = "a subscription was refused";
    if (refused === this.#current) void this.renew(reason);
    else refused.close(reason);
  }
}
