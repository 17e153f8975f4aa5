import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";

/** A real HTTP server in front of a handler of web requests, on a free port of this machine. */
export async function serve(
  handler: (request: Request) => Promise<Response>,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    answer(handler, incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has a port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  handler: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const leaving = new AbortController();
  outgoing.on("close", () => leaving.abort());
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === "string") headers.set(name, value);
  }
  const url = `http://${incoming.headers.host}${incoming.url}`;
  const response = await handler(new Request(url, { headers, signal: leaving.signal }));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  await pipeline(response.body ?? [], outgoing);
}

/** One event of a stream. */
export type StreamEvent = {
  readonly event: string;
  readonly data: string;
  readonly id: string | null;
};

/** Reads a stream of events as a browser does, and leaves it when `leave` is called. */
export async function openEventStream(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<{
  readonly response: Response;
  /** The next event; null at the end of the stream. */
  readonly next: () => Promise<StreamEvent | null>;
  readonly leave: () => void;
}> {
  const leaving = new AbortController();
  const response = await fetch(url, {
    headers: { accept: "text/event-stream", ...headers },
    signal: leaving.signal,
  });
  const events = eventsOf(response);
  return {
    response,
    leave: () => leaving.abort(),
    next: async () => {
      const { value, done } = await events.next();
      return done === true ? null : value;
    },
  };
}

async function* eventsOf(response: Response): AsyncGenerator<StreamEvent, void> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = eventOf(block);
      if (event !== null) yield event;
    }
  }
}

/** null: a comment, or nothing. */
function eventOf(block: string): StreamEvent | null {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const [name = "", ...value] = line.split(": ");
    if (name !== "" && value.length > 0) fields.set(name, value.join(": "));
  }
  if (fields.size === 0) return null;
  return {
    event: fields.get("event") ?? "message",
    data: fields.get("data") ?? "",
    id: fields.get("id") ?? null,
  };
}
