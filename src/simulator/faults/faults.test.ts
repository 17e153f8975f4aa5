import { request } from "node:http";
import { Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createSimulator, type Simulator } from "../simulator.ts";
import type { SimulatorOptions } from "../simulator-options.ts";
import { StreamClient } from "../stream-client.test-support.ts";
import { type FaultInput, FaultKind } from "./fault.ts";
import { FaultChaos } from "./fault-schedule.ts";

const START_MS = Date.UTC(2026, 10, 30, 3, 0, 0);
const STREAM = "btcusdt@aggTrade";

const open: { simulator?: Simulator; clients: StreamClient[] } = { clients: [] };

async function simulatorWith(options: SimulatorOptions = {}): Promise<Simulator> {
  open.simulator = await createSimulator({
    clock: { kind: "virtual", startMs: START_MS, speed: 0 },
    tradesPerSecond: 300,
    ...options,
  });
  return open.simulator;
}

async function clientOf(simulator: Simulator, path = `/ws/${STREAM}`): Promise<StreamClient> {
  const client = await StreamClient.open(`${simulator.streamUrl}${path}`);
  open.clients.push(client);
  return client;
}

afterEach(async () => {
  for (const client of open.clients.splice(0)) client.end();
  await open.simulator?.close();
});

const Trade = z.object({ a: z.number() });

/** Ids of the trades as sent, relative to the first that exists, while a fault is about. */
async function idsUnder(fault: FaultInput, frames: number): Promise<number[]> {
  const simulator = await simulatorWith();
  const client = await clientOf(simulator);
  simulator.inject(fault);
  simulator.advance(2_000);
  const { firstId } = simulator.record({ symbol: "BTCUSDT", fromMs: START_MS });
  const trades = z.array(Trade).parse(await client.take(frames));
  return trades.map(({ a }) => a - (firstId ?? 0));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function textsUnder(fault: FaultInput, frames: number): Promise<string[]> {
  const simulator = await simulatorWith();
  const client = await clientOf(simulator);
  simulator.inject(fault);
  simulator.advance(2_000);
  const texts: string[] = [];
  while (texts.length < frames) texts.push(await client.nextText());
  return texts;
}

describe("faults of frames", () => {
  test("drop leaves frames out and the record keeps them", async () => {
    expect(await idsUnder({ kind: "drop", frames: 3 }, 3)).toEqual([3, 4, 5]);
    const { count, firstId, lastId } =
      open.simulator?.record({ symbol: "BTCUSDT", fromMs: START_MS }) ?? {};
    expect(count).toBe((lastId ?? 0) - (firstId ?? 0) + 1);
    expect(open.simulator?.counters()["faults"]).toEqual({ drop: 3 });
  });

  test("duplicate sends them twice", async () => {
    expect(await idsUnder({ kind: "duplicate", frames: 2 }, 6)).toEqual([0, 0, 1, 1, 2, 3]);
  });

  test("reorder turns them round", async () => {
    expect(await idsUnder({ kind: "reorder", frames: 4 }, 6)).toEqual([3, 2, 1, 0, 4, 5]);
  });

  test("delay sends them later, in order, and nothing overtakes", async () => {
    const sinceMs = performance.now();
    expect(await idsUnder({ kind: "delay", frames: 2, delayMs: 150 }, 4)).toEqual([0, 1, 2, 3]);
    expect(performance.now() - sinceMs).toBeGreaterThanOrEqual(140);
  });

  test("truncate cuts a frame in the middle", async () => {
    const [cut, whole] = await textsUnder({ kind: "truncate" }, 2);
    expect(() => JSON.parse(cut ?? "")).toThrow();
    expect(cut).toMatch(/^\{"e":"aggTrade"/);
    expect(JSON.parse(whole ?? "")).toMatchObject({ e: "aggTrade" });
  });

  test("malformed is no JSON", async () => {
    const [broken] = await textsUnder({ kind: "malformed" }, 1);
    expect(() => JSON.parse(broken ?? "")).toThrow();
  });

  test("oversized is as large as was asked", async () => {
    const [large] = await textsUnder({ kind: "oversized", bytes: 300_000 }, 1);
    expect(large?.length).toBeGreaterThan(300_000);
    expect(JSON.parse(large ?? "")).toMatchObject({ e: "aggTrade" });
  });

  test("wrong types swap texts and numbers", async () => {
    const [text] = await textsUnder({ kind: "wrong-types" }, 1);
    const Swapped = z.object({ a: z.string(), p: z.number(), T: z.string(), m: z.string() });
    expect(Swapped.safeParse(JSON.parse(text ?? "")).success).toBe(true);
  });

  test("a fuzzed trade is told by nobody, or as it was", async () => {
    const texts = await textsUnder({ kind: "fuzzed", frames: 40, seed: 5 }, 40);
    const first = open.simulator?.record({ symbol: "BTCUSDT", fromMs: START_MS }).firstId ?? 0;
    const Read = z.object({ e: z.string(), a: z.int(), p: z.string().regex(/^\d+\.\d{8}$/) });
    const record = [
      ...(open.simulator?.recordTrades({ symbol: "BTCUSDT", fromMs: START_MS }) ?? []),
    ];
    const truth = record.join("").split("\n");
    let readable = 0;
    for (const [i, text] of texts.entries()) {
      const read = Read.safeParse(jsonOf(text));
      if (!read.success || !/"T":\d{13},"m":/.test(text)) continue;
      readable += 1;
      expect(JSON.parse(truth[i] ?? "")).toMatchObject({ a: first + i, p: read.data.p });
      expect(read.data.a).toBe(first + i);
    }
    expect(readable).toBeGreaterThan(0);
    expect(readable).toBeLessThan(20);
    const whole = await open.clients[0]?.nextText();
    expect(JSON.parse(whole ?? "")).toMatchObject({ e: "aggTrade", a: first + 40 });
  });

  test("an unknown event comes in between", async () => {
    const [stranger, trade] = await textsUnder({ kind: "unknown-event" }, 2);
    expect(JSON.parse(stranger ?? "")).toMatchObject({ e: "notInAnyBook" });
    expect(JSON.parse(trade ?? "")).toMatchObject({ e: "aggTrade" });
  });

  test("a fault keeps to its symbol, its stream and its connection", async () => {
    const simulator = await simulatorWith();
    const path = "/stream?streams=btcusdt@aggTrade/ethusdt@aggTrade";
    const [hit, spared] = [await clientOf(simulator, path), await clientOf(simulator, path)];
    const connection = z.array(z.object({ id: z.number() })).parse(simulator.connections())[0]?.id;
    simulator.inject({ kind: "drop", frames: 1_000, target: { symbol: "ETHUSDT", connection } });
    simulator.advance(2_000);
    const perSymbol = async (client: StreamClient, count: number) => {
      const Wrapped = z.array(z.object({ data: z.object({ s: z.string() }) }));
      return new Set(Wrapped.parse(await client.take(count)).map(({ data }) => data.s));
    };
    const countOf = (symbol: string) => simulator.record({ symbol, fromMs: START_MS }).count;
    expect(await perSymbol(spared, countOf("BTCUSDT") + countOf("ETHUSDT"))).toEqual(
      new Set(["BTCUSDT", "ETHUSDT"]),
    );
    expect(await perSymbol(hit, countOf("BTCUSDT"))).toEqual(new Set(["BTCUSDT"]));
    expect(hit.texts).toHaveLength(countOf("BTCUSDT"));
  });
});

describe("faults of streams and connections", () => {
  test("silent: the stream is acknowledged and does not deliver, a new connection does", async () => {
    const simulator = await simulatorWith();
    const deaf = await clientOf(simulator, "/ws");
    deaf.send({ method: "SUBSCRIBE", params: [STREAM, "ethusdt@aggTrade"], id: 1 });
    expect(await deaf.next()).toEqual({ result: null, id: 1 });
    const { id } = simulator.inject({
      kind: "silent",
      target: { stream: STREAM, existingOnly: true },
    });
    const fresh = await clientOf(simulator);
    simulator.advance(3_000);
    expect(await fresh.next()).toMatchObject({ s: "BTCUSDT" });
    const { count } = simulator.record({ symbol: "ETHUSDT", fromMs: START_MS });
    const symbols = z.array(z.object({ s: z.string() })).parse(await deaf.take(count));
    expect(new Set(symbols.map(({ s }) => s))).toEqual(new Set(["ETHUSDT"]));
    simulator.clear(id);
    simulator.advance(3_000);
    const next = z.array(z.object({ s: z.string() })).parse(await deaf.take(50));
    expect(next.some(({ s }) => s === "BTCUSDT")).toBe(true);
  });

  test.each([
    { how: "1006" as const, code: 1006 },
    { how: "1001" as const, code: 1001 },
    { how: "reset" as const, code: 1006 },
  ])("close ends connections with $code ($how)", async ({ how, code }) => {
    const simulator = await simulatorWith();
    const client = await clientOf(simulator);
    simulator.inject({ kind: "close", how });
    expect((await client.closed).code).toBe(code);
    expect(simulator.counters()["faults"]).toEqual({ close: 1 });
  });

  test.each([
    { how: "1006" as const, end: "end" },
    { how: "reset" as const, end: "ECONNRESET" },
  ])("$how is $end to the socket", async ({ how, end }) => {
    const simulator = await simulatorWith();
    const socket = await upgradedSocket(simulator);
    const ended = new Promise((resolve) => {
      socket.once("end", () => resolve("end"));
      socket.once("error", (error) => resolve("code" in error ? error.code : error));
    });
    socket.resume();
    simulator.inject({ kind: "close", how });
    expect(await ended).toBe(end);
  });

  test("half-open: the socket stays, but nothing comes, not even a pong", async () => {
    const simulator = await simulatorWith();
    const mute = await clientOf(simulator);
    const pongs: string[] = [];
    mute.socket.on("pong", (payload) => pongs.push(String(payload)));
    simulator.inject({ kind: "half-open" });
    const healthy = await clientOf(simulator);
    mute.socket.ping("are you there");
    mute.send({ method: "LIST_SUBSCRIPTIONS", id: 1 });
    simulator.advance(2_000);
    healthy.socket.ping("and you");
    const [payload] = await new Promise<unknown[]>((resolve) => {
      healthy.socket.once("pong", (...values) => resolve(values));
    });
    expect(String(payload)).toBe("and you");
    expect({ pongs, texts: mute.texts, state: mute.socket.readyState }).toEqual({
      pongs: [],
      texts: [],
      state: mute.socket.OPEN,
    });
  });

  test("connections are refused while it lasts", async () => {
    const simulator = await simulatorWith();
    simulator.inject({ kind: "refuse-connections" });
    await expect(clientOf(simulator)).rejects.toThrow(/503/);
    simulator.clear();
    await clientOf(simulator);
  });

  test("serverShutdown is announced, raw and combined, and the end follows", async () => {
    const simulator = await simulatorWith();
    const raw = await clientOf(simulator);
    const combined = await clientOf(simulator, `/stream?streams=${STREAM}`);
    simulator.inject({ kind: "server-shutdown", closeAfterMs: 20 });
    expect(await raw.next()).toEqual({ e: "serverShutdown", E: START_MS });
    expect(await combined.next()).toEqual({
      stream: "!serverShutdown",
      data: { e: "serverShutdown", E: START_MS },
    });
    expect([(await raw.closed).code, (await combined.closed).code]).toEqual([1001, 1001]);
  });
});

describe("faults of REST and of the clock", () => {
  const ask = async (simulator: Simulator) => {
    const response = await fetch(`${simulator.restUrl}/api/v3/time`);
    return {
      status: response.status,
      retryAfter: response.headers.get("retry-after"),
      body: await response.json(),
    };
  };

  test("errors come as often as was asked", async () => {
    const simulator = await simulatorWith();
    simulator.inject({ kind: "rest-error", status: 502, requests: 2 });
    const statuses = [await ask(simulator), await ask(simulator), await ask(simulator)];
    expect(statuses.map(({ status }) => status)).toEqual([502, 502, 200]);
  });

  test("a timeout answers late and without knowing", async () => {
    const simulator = await simulatorWith();
    simulator.inject({ kind: "rest-timeout", holdMs: 60, requests: 1 });
    const sinceMs = performance.now();
    expect(await ask(simulator)).toMatchObject({ status: 504, body: { code: -1007 } });
    expect(performance.now() - sinceMs).toBeGreaterThanOrEqual(55);
  });

  test("429 and a ban", async () => {
    const simulator = await simulatorWith();
    simulator.inject({ kind: "rest-429", retryAfterSeconds: 7, requests: 1 });
    expect(await ask(simulator)).toMatchObject({
      status: 429,
      retryAfter: "7",
      body: { code: -1003 },
    });
    simulator.inject({ kind: "rest-ban", banMs: 90_000 });
    expect(await ask(simulator)).toMatchObject({ status: 418, retryAfter: "90" });
    simulator.advance(90_000);
    expect(await ask(simulator)).toMatchObject({ status: 200 });
  });

  test("a skew changes what the exchange says the time is, not when trades were", async () => {
    const simulator = await simulatorWith();
    const client = await clientOf(simulator);
    const { id } = simulator.inject({ kind: "clock-skew", skewMs: -5_000 });
    expect(await ask(simulator)).toMatchObject({ body: { serverTime: START_MS - 5_000 } });
    simulator.advance(1_000);
    const { E, T } = z.object({ E: z.number(), T: z.number() }).parse(await client.next());
    expect(E).toBe(START_MS - 4_000);
    expect(T).toBeGreaterThanOrEqual(START_MS);
    simulator.clear(id);
    simulator.setSkew(0);
    expect(await ask(simulator)).toMatchObject({ body: { serverTime: START_MS + 1_000 } });
  });
});

describe("changes of symbols", () => {
  const statusOf = async (simulator: Simulator, symbol: string) => {
    const response = await fetch(`${simulator.restUrl}/api/v3/exchangeInfo?symbol=${symbol}`);
    const Info = z.object({
      code: z.number().optional(),
      symbols: z
        .array(z.object({ status: z.string(), filters: z.array(z.looseObject({})) }))
        .optional(),
    });
    return Info.parse(await response.json());
  };

  test.each(["HALT", "BREAK"] as const)(
    "%s: the status says so and nothing trades",
    async (status) => {
      const simulator = await simulatorWith();
      simulator.setSymbol({ symbol: "BTCUSDT", status });
      simulator.advance(60_000);
      const { count } = simulator.record({ symbol: "BTCUSDT", fromMs: START_MS + 1_000 });
      expect(count).toBe(0);
      expect((await statusOf(simulator, "BTCUSDT")).symbols?.[0]?.status).toBe(status);
      simulator.setSymbol({ symbol: "BTCUSDT", status: "TRADING" });
      simulator.advance(60_000);
      expect(
        simulator.record({ symbol: "BTCUSDT", fromMs: START_MS + 61_000 }).count,
      ).toBeGreaterThan(0);
      const minutes = simulator.recordKlines({
        symbol: "BTCUSDT",
        interval: "1s",
        fromMs: START_MS,
        toMs: START_MS + 70_000,
      });
      // One second before the halt, none in it, and again from the second after its end.
      expect(minutes).toHaveLength(1 + 9);
    },
  );

  test("a delisted symbol is unknown", async () => {
    const simulator = await simulatorWith();
    simulator.setSymbol({ symbol: "MANAUSDT", status: "DELISTED" });
    expect((await statusOf(simulator, "MANAUSDT")).code).toBe(-1121);
    expect((await statusOf(simulator, "SANDUSDT")).symbols).toHaveLength(1);
  });

  test("a filter changes during the session", async () => {
    const simulator = await simulatorWith();
    simulator.setSymbol({ symbol: "BTCUSDT", filters: { tickSize: "0.10000000" } });
    expect((await statusOf(simulator, "BTCUSDT")).symbols?.[0]?.filters[0]).toMatchObject({
      tickSize: "0.10000000",
    });
  });
});

describe("faults by schedule", () => {
  test("a script strikes by time and by frames", async () => {
    const simulator = await simulatorWith({
      faults: [
        { atMs: 0, fault: { kind: "drop", frames: 2 } },
        { afterFrames: 5, fault: { kind: "close" } },
      ],
    });
    const client = await clientOf(simulator);
    await ticks(simulator, () => simulator.faults().length > 0);
    simulator.advance(2_000);
    expect((await client.closed).code).toBe(1006);
    expect(simulator.counters()["faults"]).toEqual({ drop: 2, close: 1 });
  });

  test("what the exchange cannot do is counted and passed over", async () => {
    const fault = { kind: "symbol-status", target: { symbol: "BTCUSDT" } } as const;
    const simulator = await simulatorWith({ symbols: ["ETHUSDT"], faults: [{ atMs: 0, fault }] });
    await ticks(simulator, () => simulator.counters()["faultsRefused"] === 1);
    expect(simulator.counters()["faults"]).toEqual({});
  });

  test("the same seed brings the same random faults", () => {
    const kindsOf = (seed: number) => {
      const chaos = new FaultChaos({ seed, perMinute: { close: 6, drop: 12, silent: 2 } }, 0);
      return Array.from({ length: 600 }, (_, second) =>
        chaos.due(second * 1_000).map(({ kind }) => `${second} ${kind}`),
      ).flat();
    };
    const kinds = kindsOf(4);
    expect(kindsOf(4)).toEqual(kinds);
    expect(kindsOf(5)).not.toEqual(kinds);
    // 20 a minute for ten minutes, give or take four deviations.
    expect(Math.abs(kinds.length - 200)).toBeLessThan(4 * Math.sqrt(200));
  });
});

describe("every kind of fault", () => {
  test("can come by chance, and the exchange goes on", async () => {
    const simulator = await simulatorWith({ limits: { connectionsPer5Minutes: 100_000 } });
    const perMinute = Object.fromEntries(FaultKind.options.map((kind) => [kind, 300]));
    // Each refusal lasts a second; at this rate they would leave nobody in.
    simulator.setChaos({ seed: 3, perMinute: { ...perMinute, "refuse-connections": 6 } });
    const hits = () =>
      Object.keys(z.record(z.string(), z.number()).parse(simulator.counters()["faults"]));
    const wanted = [
      "close",
      "half-open",
      "server-shutdown",
      "clock-skew",
      "symbol-status",
      "symbol-filters",
    ];
    while (!wanted.every((kind) => hits().includes(kind))) {
      await clientOf(simulator).catch(() => null);
      if (open.clients.length > 8) open.clients.shift()?.end();
      simulator.advance(1_000);
    }
    simulator.setChaos(undefined);
    simulator.clear();
    simulator.setSymbol({ symbol: "BTCUSDT", status: "TRADING" });
    const client = await clientOf(simulator);
    simulator.advance(10_000);
    expect(await client.next()).toMatchObject({ e: "aggTrade" });
  });
});

/** The socket of a stream connection, without a library that hides how it ends. */
function upgradedSocket(simulator: Simulator): Promise<Socket> {
  const headers = {
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
  };
  return new Promise((resolve, reject) => {
    const asked = request(`${simulator.restUrl}/ws/${STREAM}`, { headers });
    asked.on("upgrade", (_, socket) => {
      if (socket instanceof Socket) resolve(socket);
    });
    asked.on("error", reject);
    asked.end();
  });
}

/** Lets the simulator's own timer run until something is true. */
async function ticks(simulator: Simulator, isTrue: () => boolean): Promise<void> {
  while (!isTrue()) {
    await fetch(`${simulator.controlUrl}/health`);
  }
}
