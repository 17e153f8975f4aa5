import { WebSocket } from "ws";

/** How a connection to a venue's streams behaves. Times in ms. */
export type StreamConnectionOptions = {
  readonly handshakeMs: number;
  /** A ping of ours is sent so often … */
  readonly pingMs: number;
  /** … and the connection is given up when nothing at all has come for so long after one. */
  readonly pongTimeoutMs: number;
  /** Control messages and pings keep this distance: five a second break a spot connection. */
  readonly controlSpacingMs: number;
  /** A control message without an answer for so long ends the connection. */
  readonly answerMs: number;
  /** Larger frames end the connection, before they are in memory. */
  readonly frameBytesMax: number;
  readonly onFrame: (bytes: Buffer) => void;
};

type Control = { readonly method: "SUBSCRIBE" | "UNSUBSCRIBE"; readonly params: readonly string[] };

/** Streams in one control message: a message has a limit of its own at the venue. */
const PARAMS_MAX = 100;

/**
 * One connection to combined streams. It ends once, and then for good: `closed` says why. Silence on a
 * socket whose other end is gone is found by pings, which the peer must answer.
 */
export class StreamConnection {
  /** Rejects when the connection ends before it has opened. */
  readonly opened: Promise<void>;
  readonly closed: Promise<string>;
  readonly #socket: WebSocket;
  readonly #options: StreamConnectionOptions;
  readonly #controls: Control[] = [];
  readonly #unanswered = new Map<number, Control & { readonly sentMs: number }>();
  readonly #acknowledged = new Set<string>();
  #nextControlId = 1;
  #timer: NodeJS.Timeout | undefined;
  #lastSentMs = 0;
  #lastPingMs: number;
  #lastHeardMs: number;
  #awaitsPong = false;
  #reason: string | null = null;

  /**
   * @param url without the streams
   * @param streams that the address asks for
   */
  constructor(url: string, streams: readonly string[], options: StreamConnectionOptions) {
    this.#options = options;
    this.#lastHeardMs = this.#lastPingMs = performance.now();
    const socket = new WebSocket(`${url}?streams=${streams.join("/")}`, {
      handshakeTimeout: options.handshakeMs,
      maxPayload: options.frameBytesMax,
      perMessageDeflate: false,
    });
    this.#socket = socket;
    const opened = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<string>();
    // Whoever only waits for the end hears of a failed start there.
    opened.promise.catch(() => undefined);
    this.opened = opened.promise;
    this.closed = closed.promise;
    socket.on("open", () => {
      this.#heard();
      for (const stream of streams) this.#acknowledged.add(stream);
      this.#timer = setInterval(() => this.#tend(), Math.min(50, options.controlSpacingMs));
      opened.resolve();
    });
    socket.on("message", (data) => {
      this.#heard();
      if (Buffer.isBuffer(data)) options.onFrame(data);
    });
    socket.on("pong", () => this.#heard());
    socket.on("error", (error) => {
      this.#reason ??= error.message;
    });
    socket.on("close", (code, text) => {
      clearInterval(this.#timer);
      const reason = this.#reason ?? `closed with ${code}${text.length > 0 ? ` ${text}` : ""}`;
      opened.reject(new Error(reason));
      closed.resolve(reason);
    });
  }

  /** Time since anything came from the other end, ms. */
  get silentMs(): number {
    return performance.now() - this.#lastHeardMs;
  }

  subscribe(streams: readonly string[]): void {
    this.#control("SUBSCRIBE", streams);
  }

  unsubscribe(streams: readonly string[]): void {
    for (const stream of streams) this.#acknowledged.delete(stream);
    this.#control("UNSUBSCRIBE", streams);
  }

  /** Whether the venue has said that it sends a stream: what happens from then on comes. */
  hasAcknowledged(stream: string): boolean {
    return this.#acknowledged.has(stream);
  }

  /**
   * An answer to one of our control messages has come.
   *
   * @returns whether it is the answer to a subscription
   */
  answered(id: number | null, isRefused: boolean): boolean {
    const control = id === null ? undefined : this.#unanswered.get(id);
    if (id === null || control === undefined) return false;
    this.#unanswered.delete(id);
    if (control.method === "UNSUBSCRIBE") return false;
    if (!isRefused) for (const stream of control.params) this.#acknowledged.add(stream);
    return true;
  }

  /** Ends the connection at once; nothing that is still on its way is waited for. */
  close(reason: string): void {
    this.#reason ??= reason;
    this.#socket.terminate();
  }

  #heard(): void {
    this.#lastHeardMs = performance.now();
    this.#awaitsPong = false;
  }

  #control(method: Control["method"], streams: readonly string[]): void {
    for (let start = 0; start < streams.length; start += PARAMS_MAX) {
      this.#controls.push({ method, params: streams.slice(start, start + PARAMS_MAX) });
    }
  }

  #tend(): void {
    const now = performance.now();
    const { pingMs, pongTimeoutMs, controlSpacingMs, answerMs } = this.#options;
    if (this.#awaitsPong && now - this.#lastPingMs > pongTimeoutMs) {
      this.close(`nothing came for ${Math.round(now - this.#lastHeardMs)} ms`);
      return;
    }
    for (const { sentMs } of this.#unanswered.values()) {
      if (now - sentMs > answerMs) this.close("a control message was not answered");
    }
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    if (now - this.#lastSentMs < controlSpacingMs) return;
    const control = this.#controls.shift();
    if (control !== undefined) {
      const id = this.#nextControlId++;
      this.#unanswered.set(id, { ...control, sentMs: now });
      this.#lastSentMs = now;
      this.#socket.send(JSON.stringify({ ...control, id }));
    } else if (!this.#awaitsPong && now - this.#lastPingMs > pingMs) {
      this.#awaitsPong = true;
      this.#lastPingMs = this.#lastSentMs = now;
      this.#socket.ping();
    }
  }
}
