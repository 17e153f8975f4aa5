import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createSimulator, type Simulator } from "../simulator.ts";
import type { SimulatorOptions } from "../simulator-options.ts";
import { StreamClient } from "../stream-client.test-support.ts";

const START_MS = Date.UTC(2026, 10, 30, 3, 0, 0);
/** The time stands still but for what a test lets pass. */
const STILL: SimulatorOptions = {
  clock: { kind: "virtual", startMs: START_MS, speed: 0 },
  tradesPerSecond: 600,
};

const open: { simulator?: Simulator; clients: StreamClient[] } = { clients: [] };

async function simulatorWith(options: SimulatorOptions = STILL): Promise<Simulator> {
  open.simulator = await createSimulator(options);
  return open.simulator;
}

async function clientAt(simulator: Simulator, path: string): Promise<StreamClient> {
  const client = await StreamClient.open(`${simulator.streamUrl}${path}`);
  open.clients.push(client);
  return client;
}

afterEach(async () => {
  for (const client of open.clients.splice(0)) client.end();
  await open.simulator?.close();
});

/** Refused connections answer with a status instead of a socket. */
async function refusalAt(simulator: Simulator, path: string): Promise<unknown> {
  return StreamClient.open(`${simulator.streamUrl}${path}`).catch((error: unknown) =>
    String(error),
  );
}

const decimal = z.string().regex(/^\d+\.\d+$/);
const signed = z.string().regex(/^-?\d+\.\d+$/);
const whole = z.number().int();
const time = whole.min(START_MS - 86_400_000).max(START_MS + 86_400_000);
const levels = z.array(z.tuple([decimal, decimal]));

const kline = z.strictObject({
  t: time,
  T: time,
  s: z.literal("BTCUSDT"),
  i: z.string(),
  f: whole,
  L: whole,
  o: decimal,
  c: decimal,
  h: decimal,
  l: decimal,
  v: decimal,
  n: whole,
  x: z.boolean(),
  q: decimal,
  V: decimal,
  Q: decimal,
  B: z.string(),
});
const head = { E: time, s: z.literal("BTCUSDT") };
const miniTicker = {
  e: z.literal("24hrMiniTicker"),
  ...head,
  s: z.string(),
  c: decimal,
  o: decimal,
  h: decimal,
  l: decimal,
  v: decimal,
  q: decimal,
};
const ticker = {
  e: z.literal("24hrTicker"),
  ...head,
  p: signed,
  P: signed,
  w: decimal,
  c: decimal,
  Q: decimal,
  o: decimal,
  h: decimal,
  l: decimal,
  v: decimal,
  q: decimal,
  O: time,
  C: time,
  F: whole,
  L: whole,
  n: whole,
};

/** Shapes of binance.md 2.3; strict, so a field too much fails as well. */
const SPOT_SHAPES: Readonly<Record<string, z.ZodType>> = {
  "btcusdt@aggTrade": z.strictObject({
    e: z.literal("aggTrade"),
    ...head,
    a: whole,
    p: decimal,
    q: decimal,
    f: whole,
    l: whole,
    T: time,
    m: z.boolean(),
    M: z.literal(true),
  }),
  "btcusdt@trade": z.strictObject({
    e: z.literal("trade"),
    ...head,
    t: whole,
    p: decimal,
    q: decimal,
    T: time,
    m: z.boolean(),
    M: z.literal(true),
  }),
  "btcusdt@kline_1m": z.strictObject({ e: z.literal("kline"), ...head, k: kline }),
  "btcusdt@kline_1d@+08:00": z.strictObject({ e: z.literal("kline"), ...head, k: kline }),
  "btcusdt@bookTicker": z.strictObject({
    u: whole,
    s: z.literal("BTCUSDT"),
    b: decimal,
    B: decimal,
    a: decimal,
    A: decimal,
  }),
  "btcusdt@miniTicker": z.strictObject(miniTicker),
  "!miniTicker@arr": z.array(z.strictObject(miniTicker)).length(24),
  "btcusdt@ticker": z.strictObject({
    ...ticker,
    x: decimal,
    b: decimal,
    B: decimal,
    a: decimal,
    A: decimal,
  }),
  "btcusdt@ticker_1h": z.strictObject({ ...ticker, e: z.literal("1hTicker") }).omit({ Q: true }),
  "btcusdt@avgPrice": z.strictObject({
    e: z.literal("avgPrice"),
    ...head,
    i: z.literal("5m"),
    w: decimal,
    T: time,
  }),
  "btcusdt@depth@100ms": z.strictObject({
    e: z.literal("depthUpdate"),
    ...head,
    U: whole,
    u: whole,
    b: levels,
    a: levels,
  }),
  "btcusdt@depth5": z.strictObject({
    lastUpdateId: whole,
    bids: levels.length(5),
    asks: levels.length(5),
  }),
};

const one = z.literal(1);
const FUTURES_SHAPES: Readonly<Record<string, z.ZodType>> = {
  "/market btcusdt@aggTrade": z.strictObject({
    e: z.literal("aggTrade"),
    ...head,
    a: whole,
    p: decimal,
    q: decimal,
    nq: decimal,
    f: whole,
    l: whole,
    T: time,
    m: z.boolean(),
    st: one,
  }),
  "/market btcusdt@kline_1m": z.strictObject({ e: z.literal("kline"), ...head, k: kline }),
  "/market btcusdt@markPrice@1s": z.strictObject({
    e: z.literal("markPriceUpdate"),
    ...head,
    p: decimal,
    i: decimal,
    P: decimal,
    ap: decimal,
    r: signed,
    T: time,
    st: one,
  }),
  "/public btcusdt@bookTicker": z.strictObject({
    e: z.literal("bookTicker"),
    ...head,
    u: whole,
    T: time,
    b: decimal,
    B: decimal,
    a: decimal,
    A: decimal,
    st: one,
    ps: z.literal("BTCUSDT"),
  }),
  "/public btcusdt@depth@100ms": z.strictObject({
    e: z.literal("depthUpdate"),
    ...head,
    T: time,
    ps: z.literal("BTCUSDT"),
    st: one,
    U: whole,
    u: whole,
    pu: whole,
    b: levels,
    a: levels,
  }),
};

describe("shapes of events", () => {
  test.each(Object.entries(SPOT_SHAPES))("%s as documented", async (name, shape) => {
    const simulator = await simulatorWith();
    const client = await clientAt(simulator, `/ws/${name}`);
    simulator.advance(3_000);
    expect(shape.safeParse(await client.next()).error).toBeUndefined();
  });

  test.each(Object.entries(FUTURES_SHAPES))("USD-M %s as documented", async (place, shape) => {
    const simulator = await simulatorWith();
    const [route, name] = place.split(" ");
    const client = await clientAt(simulator, `/futures${route}/ws/${name}`);
    simulator.advance(3_000);
    expect(shape.safeParse(await client.next()).error).toBeUndefined();
  });

  test("combined events are wrapped, raw ones are not, and the property changes that", async () => {
    const simulator = await simulatorWith();
    const client = await clientAt(
      simulator,
      "/stream?streams=btcusdt@bookTicker/ethusdt@bookTicker",
    );
    simulator.advance(200);
    const wrapped = z.strictObject({ stream: z.string(), data: z.object({ s: z.string() }) });
    const [btc, eth] = z.array(wrapped).parse(await client.take(2));
    expect([btc?.stream, eth?.data.s]).toEqual(["btcusdt@bookTicker", "ETHUSDT"]);
    client.send({ method: "SET_PROPERTY", params: ["combined", false], id: 5 });
    expect(await client.next()).toEqual({ result: null, id: 5 });
    simulator.advance(1_000);
    expect(await client.next()).toMatchObject({ s: "BTCUSDT" });
  });

  test("microseconds are told to those who ask", async () => {
    const simulator = await simulatorWith();
    const client = await clientAt(simulator, "/ws/btcusdt@aggTrade?timeUnit=MICROSECOND");
    simulator.advance(1_000);
    const { T, E } = z.object({ T: whole, E: whole }).parse(await client.next());
    expect(Math.floor(T / 1_000_000_000)).toBe(Math.floor(START_MS / 1_000_000));
    expect(E).toBe((START_MS + 1_000) * 1_000);
  });
});

describe("control messages", () => {
  test("subscribe, list, unsubscribe", async () => {
    const simulator = await simulatorWith();
    const client = await clientAt(simulator, "/ws");
    client.send({ method: "SUBSCRIBE", params: ["btcusdt@aggTrade", "btcusdt@depth"], id: 1 });
    expect(await client.next()).toEqual({ result: null, id: 1 });
    client.send({ method: "UNSUBSCRIBE", params: ["btcusdt@depth"], id: 312 });
    expect(await client.next()).toEqual({ result: null, id: 312 });
    client.send({ method: "LIST_SUBSCRIPTIONS", id: 3 });
    expect(await client.next()).toEqual({ result: ["btcusdt@aggTrade"], id: 3 });
    client.send({ method: "GET_PROPERTY", params: ["combined"], id: 2 });
    expect(await client.next()).toEqual({ result: false, id: 2 });
    simulator.advance(1_000);
    expect(await client.next()).toMatchObject({ e: "aggTrade" });
  });

  test("an unknown stream is acknowledged and never delivers", async () => {
    const simulator = await simulatorWith();
    const client = await clientAt(simulator, "/ws");
    client.send({ method: "SUBSCRIBE", params: ["BTCUSDT@aggTrade", "nope@trade"], id: 1 });
    expect(await client.next()).toEqual({ result: null, id: 1 });
    simulator.advance(5_000);
    client.send({ method: "LIST_SUBSCRIPTIONS", id: 2 });
    expect(await client.next()).toEqual({ result: ["BTCUSDT@aggTrade", "nope@trade"], id: 2 });
  });

  test("errors come in the venue's words and leave the connection open", async () => {
    const simulator = await simulatorWith();
    const client = await clientAt(simulator, "/ws");
    client.send('{"method":"GET_PROPERTY","params":["speed"],"id":7}');
    expect(await client.next()).toEqual({ code: 0, msg: "Unknown property", id: 7 });
    client.send("no json");
    expect(await client.next()).toEqual({
      code: 3,
      msg: "Invalid JSON: expected value at line 1 column 1",
    });
    client.send({ method: "LIST_SUBSCRIPTIONS", id: 3 });
    expect(await client.next()).toEqual({ result: [], id: 3 });
  });
});

describe("the futures addresses", () => {
  test("the old root acknowledges everything and delivers public streams only", async () => {
    const simulator = await simulatorWith();
    const client = await clientAt(simulator, "/futures/ws");
    const params = ["btcusdt@aggTrade", "btcusdt@kline_1m", "btcusdt@bookTicker"];
    client.send({ method: "SUBSCRIBE", params, id: 1 });
    expect(await client.next()).toEqual({ result: null, id: 1 });
    simulator.advance(30_000);
    const events = z.array(z.object({ e: z.string() })).parse(await client.take(20));
    expect(new Set(events.map(({ e }) => e))).toEqual(new Set(["bookTicker"]));
  });

  test("a stream at the wrong address is silent", async () => {
    const simulator = await simulatorWith();
    const wrong = await clientAt(simulator, "/futures/public/stream?streams=btcusdt@aggTrade");
    const right = await clientAt(simulator, "/futures/market/stream?streams=btcusdt@aggTrade");
    simulator.advance(5_000);
    await right.take(5);
    expect(wrong.texts).toEqual([]);
  });
});

describe("rules of connections", () => {
  test("pings come with a payload, and a client that does not answer is cut off", async () => {
    const simulator = await simulatorWith({ ...STILL, timers: { pingMs: 30, pongTimeoutMs: 200 } });
    const mute = await StreamClient.open(`${simulator.streamUrl}/ws`, { autoPong: false });
    const payload = await new Promise((resolve) => {
      mute.socket.once("ping", (bytes) => resolve(String(bytes)));
    });
    expect(payload).toMatch(/^\d+$/);
    // Unsolicited pongs are allowed but do not count.
    mute.socket.pong("");
    expect((await mute.closed).code).toBe(1006);
  });

  test("a client that answers outlives one that does not", async () => {
    const timers = { pingMs: 500, pongTimeoutMs: 1_500 };
    const simulator = await simulatorWith({ ...STILL, timers });
    const client = await clientAt(simulator, "/ws");
    const mute = await StreamClient.open(`${simulator.streamUrl}/ws`, { autoPong: false });
    expect((await mute.closed).code).toBe(1006);
    client.send({ method: "LIST_SUBSCRIPTIONS", id: 1 });
    expect(await client.next()).toEqual({ result: [], id: 1 });
  });

  test("after its life a connection is closed", async () => {
    const simulator = await simulatorWith({ ...STILL, timers: { lifeMs: 50 } });
    const client = await clientAt(simulator, "/ws/btcusdt@aggTrade");
    expect((await client.closed).code).toBe(1001);
  });

  test.each([
    { path: "/ws", allowed: 5 },
    { path: "/futures/market/ws", allowed: 10 },
  ])(
    "more than $allowed messages a second end a connection at $path",
    async ({ path, allowed }) => {
      const simulator = await simulatorWith();
      const client = await clientAt(simulator, path);
      for (let id = 0; id <= allowed; id++) client.send({ method: "LIST_SUBSCRIPTIONS", id });
      expect((await client.closed).code).toBe(1008);
      expect(client.texts).toHaveLength(allowed);
    },
  );

  test("pings and pongs of a client count as messages", async () => {
    const simulator = await simulatorWith();
    const client = await clientAt(simulator, "/ws");
    for (let i = 0; i < 3; i++) {
      client.socket.ping();
      client.socket.pong();
    }
    expect((await client.closed).code).toBe(1008);
  });

  test("a connection has so many streams at most", async () => {
    const simulator = await simulatorWith();
    const client = await clientAt(simulator, "/ws");
    const params = Array.from({ length: 1_025 }, (_, i) => `x${i}usdt@aggTrade`);
    client.send({ method: "SUBSCRIBE", params, id: 1 });
    expect((await client.closed).code).toBe(1008);
  });

  test("an address has so many attempts in five minutes", async () => {
    const simulator = await simulatorWith({ ...STILL, limits: { connectionsPer5Minutes: 2 } });
    await clientAt(simulator, "/ws");
    await clientAt(simulator, "/ws");
    expect(await refusalAt(simulator, "/ws")).toMatch(/429/);
  });

  test("an unknown address is refused", async () => {
    const simulator = await simulatorWith();
    expect(await refusalAt(simulator, "/wss/btcusdt@trade")).toMatch(/404/);
  });

  test("a client that does not read is cut off", async () => {
    const simulator = await simulatorWith({ ...STILL, limits: { outboundBytesMax: 100_000 } });
    const client = await clientAt(simulator, "/ws/btcusdt@aggTrade");
    simulator.setRate({ tradesPerSecond: 50_000, symbols: ["BTCUSDT"] });
    client.socket.pause();
    while (simulator.connections().length > 0) {
      simulator.advance(200);
      await setImmediate();
    }
    expect(simulator.counters()["slowClientsCut"]).toBe(1);
  });
});

describe("what streams say", () => {
  test("every trade of the record comes once, in order, with both kinds of id joined", async () => {
    const simulator = await simulatorWith();
    const client = await clientAt(simulator, "/ws/btcusdt@aggTrade");
    simulator.setRate({ tradesPerSecond: 500, symbols: ["BTCUSDT"] });
    simulator.advance(10_000);
    const { firstId, lastId, count } = simulator.record({ symbol: "BTCUSDT", fromMs: START_MS });
    const trades = z
      .array(z.object({ a: whole, f: whole, l: whole }))
      .parse(await client.take(count));
    expect(count).toBeGreaterThan(4_500);
    expect([trades[0]?.a, trades.at(-1)?.a]).toEqual([firstId, lastId]);
    trades.forEach(({ a, f }, i) => {
      const before = trades[i - 1];
      if (before !== undefined) expect([a, f]).toEqual([before.a + 1, before.l + 1]);
    });
  });

  test("a kline closes with the bar that REST shows", async () => {
    const simulator = await simulatorWith();
    const client = await clientAt(simulator, "/ws/btcusdt@kline_1m");
    for (let i = 0; i < 61; i++) simulator.advance(1_000);
    const shape = z.object({ k: kline });
    let last = shape.parse(await client.next()).k;
    while (!last.x) last = shape.parse(await client.next()).k;
    const [row] = simulator.recordKlines({
      symbol: "BTCUSDT",
      interval: "1m",
      fromMs: START_MS,
      toMs: START_MS + 60_000,
    });
    const { t, o, h, l, c, v, T, q, n, V, Q, B } = last;
    expect(row).toEqual([t, o, h, l, c, v, T, q, n, V, Q, B]);
  });

  test.each(["/ws", "/futures/public/ws"])("a local book stays whole (%s)", async (path) => {
    const simulator = await simulatorWith();
    const client = await clientAt(simulator, `${path}/btcusdt@depth@100ms`);
    simulator.advance(1_000);
    const api = path === "/ws" ? "/api/v3" : "/fapi/v1";
    const bookShape = z.object({ lastUpdateId: whole, bids: levels, asks: levels });
    const bookNow = async () => {
      const response = await fetch(`${simulator.restUrl}${api}/depth?symbol=BTCUSDT&limit=1000`);
      return bookShape.parse(await response.json());
    };
    const snapshot = await bookNow();
    simulator.advance(7_000);
    const end = await bookNow();
    const bids = new Map(snapshot.bids);
    const asks = new Map(snapshot.asks);
    const diffShape = z.object({ U: whole, u: whole, pu: whole.optional(), b: levels, a: levels });
    let lastId = snapshot.lastUpdateId;
    let isFirst = true;
    while (lastId < end.lastUpdateId) {
      const { U, u, pu, b, a } = diffShape.parse(await client.next());
      if (u <= snapshot.lastUpdateId) continue;
      if (isFirst) expect(U <= lastId + 1 && u >= lastId).toBe(true);
      else expect(U).toBe(lastId + 1);
      if (pu !== undefined) expect(pu).toBe(U - 1);
      isFirst = false;
      lastId = u;
      for (const [price, quantity] of b) update(bids, price, quantity);
      for (const [price, quantity] of a) update(asks, price, quantity);
    }
    const sorted = (side: Map<string, string>, sign: number) =>
      [...side].sort(([a], [b]) => sign * (Number(a) - Number(b)));
    expect(sorted(bids, -1)).toEqual(end.bids);
    expect(sorted(asks, 1)).toEqual(end.asks);
  });
});

function update(side: Map<string, string>, price: string, quantity: string): void {
  if (Number(quantity) === 0) side.delete(price);
  else side.set(price, quantity);
}
