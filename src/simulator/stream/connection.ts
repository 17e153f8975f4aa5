import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { FaultMenu } from "../faults/fault-menu.ts";
import { faultedFrames, type Held, mayFault, type Outgoing } from "../faults/frame-faults.ts";
import type { Market } from "../market/instrument-plan.ts";
import type { TimeUnit } from "../wire/event-text.ts";
import { FrameBatch } from "../wire/frame-batch.ts";

/** Which of the venue's addresses a connection came to. "old" is the futures root before the split. */
export type StreamRoute = "spot" | "public" | "market" | "private" | "old";

export type ConnectionOptions = {
  readonly id: number;
  readonly market: Market;
  readonly route: StreamRoute;
  readonly isCombined: boolean;
  readonly unit: TimeUnit;
  readonly remoteAddress: string;
  readonly outboundBytesMax: number;
  readonly menu: FaultMenu;
  readonly traffic: Traffic;
};

/** What all connections together were sent. */
export type Traffic = { frames: number; bytes: number; slowClientsCut: number };

/** One client's stream connection: what it listens to, and what reaches it. */
export class Connection {
  readonly options: ConnectionOptions;
  readonly openedAtMs = Date.now();
  readonly streams = new Set<string>();
  isCombined: boolean;
  /** Nothing leaves any more, not even pongs: a line that is cut without either end knowing. */
  isHalfOpen = false;
  framesSent = 0;
  readonly #socket: Duplex;
  readonly #webSocket: WebSocket;
  readonly #held = new Map<number, Held>();
  /** Frames that wait for a delay, in the order in which they go out. */
  #delayed: { readonly dueMs: number; readonly text: string }[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(socket: Duplex, webSocket: WebSocket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#webSocket = webSocket;
    this.options = options;
    this.isCombined = options.isCombined;
  }

  get isOpen(): boolean {
    return this.#webSocket.readyState === this.#webSocket.OPEN && !this.#socket.destroyed;
  }

  /** Bytes that the client has not read yet, beyond what its kernel holds. */
  get unreadBytes(): number {
    return this.#socket.writableLength;
  }

  /** Sends the events of a stream; the socket is expected to be corked by the caller. */
  deliver(batch: FrameBatch, symbol: string | undefined): void {
    if (!this.isOpen || this.isHalfOpen) return;
    const { menu, market, id } = this.options;
    const place = { market, symbol, stream: batch.stream, connection: id };
    const isPlain = this.#delayed.length === 0 && this.#held.size === 0;
    if (isPlain && (menu.isEmpty || !mayFault(menu, place))) {
      this.#write(batch.bytes(this.isCombined), batch.payloads.length);
      return;
    }
    for (const text of batch.texts(this.isCombined)) {
      for (const outgoing of faultedFrames(menu, place, text, this.#held)) this.#send(outgoing);
    }
  }

  /** An answer to a control message. */
  answer(value: unknown): void {
    if (this.isOpen && !this.isHalfOpen) this.#webSocket.send(JSON.stringify(value));
  }

  pong(payload: Buffer): void {
    if (this.isOpen && !this.isHalfOpen) this.#webSocket.pong(payload);
  }

  close(code: number, reason = ""): void {
    this.#webSocket.close(code, reason);
  }

  /** The socket ends without a closing frame: the client sees 1006. */
  destroy(): void {
    this.#socket.destroy();
  }

  /** RST instead of FIN, where the socket is one of TCP. */
  reset(): void {
    if ("resetAndDestroy" in this.#socket && typeof this.#socket.resetAndDestroy === "function") {
      this.#socket.resetAndDestroy();
    } else this.#socket.destroy();
  }

  /** Begins the events of a moment. A client that has left too much of the past unread is cut off. */
  cork(): void {
    if (this.unreadBytes > this.options.outboundBytesMax && !this.#socket.destroyed) {
      this.options.traffic.slowClientsCut += 1;
      this.#socket.destroy();
    }
    this.#socket.cork();
  }

  uncork(): void {
    this.#socket.uncork();
  }

  /** Frees what waits when the connection has ended. */
  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#delayed = [];
    this.#held.clear();
  }

  #send({ text, delayMs }: Outgoing): void {
    const lastDueMs = this.#delayed.at(-1)?.dueMs;
    if (delayMs === 0 && lastDueMs === undefined) {
      this.#sendText(text);
      return;
    }
    // A line keeps the order: nothing overtakes what was sent before.
    this.#delayed.push({ text, dueMs: Math.max(lastDueMs ?? 0, Date.now() + delayMs) });
    this.#timer ??= setTimeout(() => this.#flush(), delayMs);
  }

  #flush(): void {
    this.#timer = null;
    const now = Date.now();
    const due = this.#delayed.filter(({ dueMs }) => dueMs <= now);
    this.#delayed = this.#delayed.slice(due.length);
    for (const { text } of due) this.#sendText(text);
    const [next] = this.#delayed;
    if (next !== undefined) this.#timer = setTimeout(() => this.#flush(), next.dueMs - now);
  }

  #sendText(text: string): void {
    if (!this.isOpen || this.isHalfOpen) return;
    this.#write(new FrameBatch("", [text]).bytes(false), 1);
  }

  #write(bytes: Buffer, frames: number): void {
    const { traffic } = this.options;
    this.framesSent += frames;
    traffic.frames += frames;
    traffic.bytes += bytes.length;
    this.#socket.write(bytes);
  }
}
