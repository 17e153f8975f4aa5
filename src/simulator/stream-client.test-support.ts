import { once } from "node:events";
import WebSocket from "ws";

/** A plain client of the stream interface: keeps what comes and waits for what is expected. */
export class StreamClient {
  readonly socket: WebSocket;
  readonly texts: string[] = [];
  /** Code and reason of the end, once it came. */
  readonly closed: Promise<{ code: number; reason: string }>;
  #read = 0;
  #wake: () => void = () => undefined;

  private constructor(url: string, options: WebSocket.ClientOptions) {
    this.socket = new WebSocket(url, options);
    this.socket.on("message", (data) => {
      this.texts.push(String(data));
      this.#wake();
    });
    this.socket.on("error", () => undefined);
    this.closed = new Promise((resolve) => {
      this.socket.on("close", (code, reason) => resolve({ code, reason: String(reason) }));
    });
  }

  static async open(url: string, options: WebSocket.ClientOptions = {}): Promise<StreamClient> {
    const client = new StreamClient(url, options);
    await once(client.socket, "open");
    return client;
  }

  send(message: unknown): void {
    this.socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  /** The next text, in the order in which they came. */
  async nextText(): Promise<string> {
    while (this.texts.length <= this.#read) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.texts[this.#read++] ?? "";
  }

  async next(): Promise<unknown> {
    return JSON.parse(await this.nextText());
  }

  async take(count: number): Promise<unknown[]> {
    const messages: unknown[] = [];
    while (messages.length < count) messages.push(await this.next());
    return messages;
  }

  end(): void {
    this.socket.terminate();
  }
}
