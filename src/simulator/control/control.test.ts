import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { createSimulator, type Simulator } from "../simulator.ts";

const START_MS = Date.UTC(2026, 10, 30, 3);

let simulator: Simulator;

beforeAll(async () => {
  simulator = await createSimulator({
    clock: { kind: "virtual", startMs: START_MS, speed: 0 },
    symbols: ["BTCUSDT", "ETHUSDT"],
  });
});

afterAll(() => simulator.close());

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(`${simulator.controlUrl}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}

async function answer(method: string, path: string, body?: unknown): Promise<unknown> {
  const { status, text } = await call(method, path, body);
  expect(status).toBe(200);
  return JSON.parse(text);
}

const Summary = z.object({
  firstId: z.number(),
  lastId: z.number(),
  count: z.number(),
  sha256: z.string(),
});

describe("the control interface", () => {
  test("moves the time and skews what is said of it", async () => {
    const clock = await answer("POST", "/clock", { advanceMs: 60_000, skewMs: 250 });
    expect(clock).toEqual({ nowMs: START_MS + 60_000, speed: 0, skewMs: 250 });
    const time = await fetch(`${simulator.restUrl}/api/v3/time`);
    expect(await time.json()).toEqual({ serverTime: START_MS + 60_250 });
    await answer("POST", "/clock", { skewMs: 0 });
  });

  test("raises the rate from the next second on and keeps a list of what it did", async () => {
    const fromMs = simulator.nowMs() + 1_000;
    const rate = { tradesPerSecond: 200, symbols: ["BTCUSDT", "ETHUSDT"] };
    expect(await answer("POST", "/rate", rate)).toEqual({ fromMs });
    await answer("POST", "/clock", { advanceMs: 11_000 });
    await answer("POST", "/rate", { tradesPerSecond: 0 });
    const span = `fromMs=${fromMs}&toMs=${fromMs + 10_000}`;
    const { count } = Summary.parse(await answer("GET", `/record?symbol=ETHUSDT&${span}`));
    expect(count).toBeGreaterThanOrEqual(1_000);
    expect(await answer("GET", "/activity")).toEqual(simulator.activity());
    // A simulator that is given the list has the same trades.
    const next = await createSimulator({
      clock: { kind: "virtual", startMs: simulator.nowMs(), speed: 0 },
      symbols: ["BTCUSDT", "ETHUSDT"],
      activity: simulator.activity(),
    });
    const query = { symbol: "BTCUSDT", fromMs: START_MS };
    expect(next.record(query)).toEqual(simulator.record(query));
    await next.close();
  });

  test("pages through the record, whose hash is that of the lines", async () => {
    const path = `symbol=BTCUSDT&fromMs=${START_MS}`;
    const { firstId, lastId, count, sha256 } = Summary.parse(
      await answer("GET", `/record?${path}`),
    );
    const Line = z.strictObject({
      a: z.number(),
      p: z.string(),
      q: z.string(),
      f: z.number(),
      l: z.number(),
      T: z.number(),
      m: z.boolean(),
    });
    let text = "";
    const ids: number[] = [];
    while (ids.length < count) {
      const next = (ids.at(-1) ?? firstId - 1) + 1;
      const page = await call("GET", `/record/trades?symbol=BTCUSDT&fromId=${next}&limit=700`);
      text += page.text;
      const lines = page.text.trimEnd().split("\n");
      ids.push(...lines.map((line) => Line.parse(JSON.parse(line)).a));
    }
    expect([ids[0], ids.at(-1), ids.length]).toEqual([firstId, lastId, count]);
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    expect(Buffer.from(digest).toString("hex")).toBe(sha256);
  });

  test("shows klines of the record as REST does", async () => {
    const span = `fromMs=${START_MS - 300_000}&toMs=${START_MS}`;
    const rows = await answer("GET", `/record/klines?symbol=BTCUSDT&interval=1m&${span}`);
    const rest = await fetch(
      `${simulator.restUrl}/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=${START_MS - 300_000}&limit=5`,
    );
    expect(rows).toEqual(await rest.json());
  });

  test("starts, lists and ends faults", async () => {
    const fault = { kind: "drop", frames: 3, target: { symbol: "BTCUSDT" } };
    const { id } = z.object({ id: z.number() }).parse(await answer("POST", "/faults", fault));
    expect(await answer("GET", "/faults")).toEqual([{ id, fault, hits: 0, left: 3 }]);
    await answer("DELETE", `/faults/${id}`);
    expect(await answer("GET", "/faults")).toEqual([]);
  });

  test("changes symbols and counts what was sent", async () => {
    await answer("POST", "/symbols", { symbol: "ETHUSDT", status: "HALT" });
    expect(simulator.exchange.find("spot", "ETHUSDT")?.status).toBe("HALT");
    await answer("POST", "/symbols", { symbol: "ETHUSDT", status: "TRADING" });
    expect(await answer("GET", "/counters")).toMatchObject({ connections: 0, frames: 0, bans: 0 });
    expect(await answer("GET", "/connections")).toEqual([]);
  });

  test.each([
    ["POST", "/faults", { kind: "meteor" }],
    ["POST", "/faults", { kind: "drop", frames: 0 }],
    ["POST", "/rate", { tradesPerSecond: 5, symbols: ["NOPEUSDT"] }],
    ["POST", "/symbols", { symbol: "NOPEUSDT", status: "HALT" }],
    ["POST", "/clock", { advanceMs: -5 }],
    ["GET", "/record?symbol=NOPEUSDT", undefined],
    ["GET", "/record", undefined],
  ])("%s %s %j is refused with a reason", async (method, path, body) => {
    const { status, text } = await call(method, path, body);
    expect(status).toBe(400);
    expect(text).toMatch(/error/);
  });

  test("an unknown call is not found", async () => {
    expect((await call("GET", "/orders")).status).toBe(404);
  });
});
