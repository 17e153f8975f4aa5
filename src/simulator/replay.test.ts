import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createSimulator, type Simulator } from "./simulator.ts";
import type { SimulatorOptions } from "./simulator-options.ts";
import { StreamClient } from "./stream-client.test-support.ts";

// Recordings of the venue that stay outside the project; see the README beside them.
const TICKS = "../shared/data/ticks";
const isThere = existsSync(TICKS);
const MINUTE_MS = 60_000;

const FILES = ["btcusdt", "ethusdt"].flatMap((symbol) =>
  ["20240808", "20240809"].map((day) => `${TICKS}/binance-spot-${symbol}-${day}.raw.gz`),
);

const open: { simulator?: Simulator; client?: StreamClient } = {};

async function replay(recording: Omit<NonNullable<SimulatorOptions["recording"]>, "files">) {
  open.simulator = await createSimulator({ recording: { files: FILES, ...recording } });
  return open.simulator;
}

afterEach(async () => {
  open.client?.end();
  await open.simulator?.close();
});

/** The venue's own bars: symbol,ts,open,high,low,close,volume. */
function oracle(): string[][] {
  const [, ...lines] = readFileSync(`${TICKS}/oracle-1m-klines.csv`, "utf8").trim().split("\n");
  return lines.map((line) => line.split(","));
}

const KlineRows = z.array(z.tuple([z.number()]).rest(z.union([z.string(), z.number()])));
const AggTrade = z.object({
  data: z.object({
    s: z.string(),
    a: z.number(),
    p: z.string(),
    q: z.string(),
    f: z.number(),
    l: z.number(),
    T: z.number(),
    m: z.boolean(),
  }),
});

describe.skipIf(!isThere)(
  "the replay of a recording (skipped where ../shared/data is absent)",
  () => {
    test("minutes over REST equal the venue's own bars, and the edges are no bars", async () => {
      const simulator = await replay({ speed: "max", start: "by-control" });
      simulator.advance(3_600_000);
      const bars = oracle();
      expect(bars).toHaveLength(20);
      for (const symbol of ["BTCUSDT", "ETHUSDT"]) {
        const response = await fetch(
          `${simulator.restUrl}/api/v3/klines?symbol=${symbol}&interval=1m&limit=1000`,
        );
        const rows = KlineRows.parse(await response.json());
        const expected = bars.filter(([name]) => name === symbol);
        const complete = rows.filter(
          ([, , , , , , closeTime]) => Number(closeTime) < simulator.nowMs(),
        );
        expect(complete.map((row) => row.slice(0, 6).map(Number))).toEqual(
          expected.map(([, ...values]) => values.map(Number)),
        );
        // The last minute is not over when the recording ends.
        expect(rows.length).toBe(complete.length + 1);
      }
    });

    test("aggregated trades hold every raw trade once, in groups of one order", async () => {
      const simulator = await replay({ speed: "max", start: "on-subscribe" });
      const streams = "btcusdt@aggTrade/ethusdt@aggTrade";
      const client = await StreamClient.open(`${simulator.streamUrl}/stream?streams=${streams}`);
      open.client = client;
      const csv = String(
        gunzipSync(readFileSync(`${TICKS}/binance-spot-trades-20240808T2354.csv.gz`)),
      );
      const raw = csv
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.split(","));
      let left = raw.length;
      const seen: z.infer<typeof AggTrade>["data"][] = [];
      while (left > 0) {
        const { data } = AggTrade.parse(await client.next());
        seen.push(data);
        left -= data.l - data.f + 1;
      }
      for (const symbol of ["BTCUSDT", "ETHUSDT"]) {
        const trades = seen.filter(({ s }) => s === symbol);
        const own = raw.filter(([, name]) => name === symbol);
        trades.forEach(({ a, f }, i) => {
          expect(a).toBe(i + 1);
          expect(f).toBe(i === 0 ? Number(own[0]?.[2]) : (trades[i - 1]?.l ?? 0) + 1);
        });
        expect(trades.at(-1)?.l).toBe(Number(own.at(-1)?.[2]));
        const total = (quantities: readonly string[]) =>
          quantities.reduce((sum, quantity) => sum + BigInt(quantity.replace(".", "")), 0n);
        expect(total(trades.map(({ q }) => q))).toBe(
          total(own.map(([, , , , quantity]) => quantity ?? "")),
        );
        // Neighbours that agree in time, price and side would be one.
        trades.forEach(({ T, p, m }, i) => {
          const before = trades[i - 1];
          if (before !== undefined) expect([T, p, m]).not.toEqual([before.T, before.p, before.m]);
        });
      }
    });

    test("at sixty times its speed a minute passes in a second, and not before somebody listens", async () => {
      const simulator = await replay({ speed: 60, start: "on-subscribe" });
      const startMs = simulator.nowMs();
      const client = await StreamClient.open(
        `${simulator.streamUrl}/stream?streams=btcusdt@aggTrade`,
      );
      open.client = client;
      const sinceMs = performance.now();
      let last = startMs;
      while (last < startMs + MINUTE_MS) last = AggTrade.parse(await client.next()).data.T;
      const elapsedMs = performance.now() - sinceMs;
      expect(elapsedMs).toBeGreaterThan(900);
      expect(simulator.nowMs() - startMs).toBeGreaterThan(MINUTE_MS);
    });

    test("a recording cannot be hastened or halted", async () => {
      const simulator = await replay({ start: "by-control" });
      expect(() => simulator.setRate({ tradesPerSecond: 10 })).toThrow(/recording/);
      expect(simulator.nowMs()).toBe(simulator.nowMs());
    });
  },
);
