// Connections against a server that does what the exchange seldom does.
import { afterEach, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { until } from "../feed/until.test-support.ts";
import { StreamPool } from "./stream-pool.ts";

type Connection = { readonly streams: readonly string[]; readonly socket: WebSocket };

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A server that says of every stream that it sends it, or that it does not. */
async function createServer(options: {
  readonly refuses?: boolean;
  readonly admitted?: () => Promise<unknown>;
}) {
  const connections: Connection[] = [];
  const dialled: string[] = [];
  const server = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    verifyClient: ({ req }, done) => {
      dialled.push(req.url ?? "");
      const admitted = dialled.length === 1 ? undefined : options.admitted?.();
      void Promise.resolve(admitted).then(() => done(true));
    },
  });
  server.on("connection", (socket, { url }) => {
    const streams = new URL(url ?? "", "ws://localhost").searchParams.get("streams") ?? "";
    connections.push({ streams: streams.split("/"), socket });
    socket.on("message", (data) => {
      const { id }: { id: number } = JSON.parse(String(data));
      const error = { code: 2, msg: "Invalid request" };
      socket.send(JSON.stringify(options.refuses === true ? { error, id } : { result: null, id }));
    });
  });
  await new Promise((resolve) => server.once("listening", resolve));
  closers.push(async () => {
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { connections, dialled, streamUrl: `ws://127.0.0.1:${address.port}` };
}

function createPool(streamUrl: string) {
  const told: string[] = [];
  const options = {
    name: "spot",
    market: "spot",
    streamUrl,
    streamsPerConnection: 200,
    handshakeMs: 5_000,
    pingMs: 60_000,
    pongTimeoutMs: 60_000,
    controlSpacingMs: 10,
    answerMs: 5_000,
    frameBytesMax: 1_000_000,
    backOffMinMs: 10,
    backOffMaxMs: 100,
    lifeMs: 3_600_000,
    overlapMs: 20,
    random: Math.random,
  } as const;
  const pool = new StreamPool(options, {
    onFrame: () => undefined,
    onOpen: () => undefined,
    onInterrupted: (_, reason) => told.push(`interrupted: ${reason}`),
    onRenewed: (_, reason) => told.push(`renewed: ${reason}`),
    onRefused: (reason) => told.push(`refused: ${reason}`),
  });
  closers.push(() => pool.close());
  return { pool, told };
}

/** Something comes over the connection. */
function send({ socket }: Connection): void {
  socket.send('{"stream":"c@aggTrade","data":{"e":"somethingNew"}}');
}

test("regression: streams that are silent at once share the connection that is being made for the first", async () => {
  const admission = Promise.withResolvers<void>();
  const { streamUrl, connections, dialled } = await createServer({
    admitted: () => admission.promise,
  });
  const { pool } = createPool(streamUrl);
  pool.setStreams(["a", "b", "c"]);
  await until(() => pool.isListening("c"));
  const silentFromMs = performance.now();
  const [first] = connections;
  if (first === undefined) throw new Error("there is a connection");
  await until(() => {
    send(first);
    const { lastDataMs = null } = pool.slotOf("c") ?? {};
    return lastDataMs !== null && lastDataMs > silentFromMs + 50;
  });
  // The first two are silent, the third is not.
  expect(pool.replace("a", silentFromMs)).toEqual(["a"]);
  await until(() => dialled.length === 2);
  expect(pool.replace("b", silentFromMs)).toEqual(["b"]);
  admission.resolve();
  await until(() => pool.isListening("a") && pool.isListening("b"));
  expect(dialled).toHaveLength(2);
  expect(pool.slotOf("a")).toBe(pool.slotOf("b"));
  expect(pool.isListening("c")).toBe(true);
});

test("regression: a connection over which nothing comes is renewed with all its streams", async () => {
  const { streamUrl, connections, dialled } = await createServer({});
  const { pool, told } = createPool(streamUrl);
  pool.setStreams(["a", "b", "c"]);
  await until(() => pool.isListening("c"));
  for (const stream of ["a", "b", "c"]) {
    expect(pool.replace(stream, performance.now() - 1_000)).toEqual(["a", "b", "c"]);
  }
  await until(() => told.includes("renewed: nothing comes over it"));
  expect(dialled).toHaveLength(2);
  expect(connections[1]?.streams).toEqual(["a", "b", "c"]);
  expect(told).toEqual(["renewed: nothing comes over it"]);
});

test("regression: a stream of which the subscription is refused is asked for by the address of the next connection", async () => {
  const { streamUrl, connections } = await createServer({ refuses: true });
  const { pool, told } = createPool(streamUrl);
  pool.setStreams(["a"]);
  await until(() => pool.isListening("a"));
  pool.setStreams(["a", "b"]);
  await until(() => pool.isListening("b"));
  await until(() => told.length === 2);
  expect(connections.map(({ streams }) => streams)).toEqual([["a"], ["a", "b"]]);
  // Nothing of the other stream was missed.
  expect(told).toEqual(["refused: 2 Invalid request", "renewed: a subscription was refused"]);
});
