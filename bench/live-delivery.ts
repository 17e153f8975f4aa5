import process from "node:process";
import { z } from "zod";
import { LiveMessage } from "#contracts/live-message.ts";
import { openEventStream } from "#server/live/event-stream.test-support.ts";
import { type createApiClient, signUpFresh } from "../scripts/api-client.ts";
import { freePort } from "../scripts/free-port.ts";
import { startProduct } from "../scripts/running-product.ts";
import { atMost, type Figure, observed } from "./figure.ts";

/** Ten symbols in ten pairs, so that each symbol is in two. */
const SYMBOLS = ["BTC", "ETH", "BNB", "SOL", "XRP", "ADA", "LTC", "LINK", "DOGE", "AVAX"];
const CLIENTS = 50;
const CLIENTS_PER_PERSON = 5;
const TRADES_PER_SECOND = 1_000;
const P99_MS_MAX = 500;

type Api = ReturnType<typeof createApiClient>;

/**
 * From a trade at the exchange to a browser: the product as `npm start` brings it up, on the simulated
 * exchange, with browsers' streams open.
 *
 * An update of a pair counts when it has a newer trade than the last one had; its latency is the time from its
 * newest trade, by the exchange's clock, which is this machine's, until the client has parsed the message.
 *
 * @param seconds span that is measured, after a warm-up
 */
export async function liveDelivery(seconds: number): Promise<readonly Figure[]> {
  const controlPort = await freePort();
  const product = await startProduct({
    quiet: true,
    env: { SIMULATOR_CONTROL_PORT: String(controlPort), SIMULATOR_TRADES_PER_SECOND: "1" },
  });
  const readers: Reader[] = [];
  try {
    const people = await watchers(product.url);
    await setRate(controlPort, TRADES_PER_SECOND);
    for (const person of people) {
      for (let i = 0; i < CLIENTS_PER_PERSON; i++) readers.push(await read(product.url, person));
    }
    await untilLive(readers);
    await pause(5_000);
    for (const reader of readers) reader.reset();
    await pause(seconds * 1_000);
    return figuresOf(readers, seconds);
  } finally {
    for (const reader of readers) reader.leave();
    await product.stop();
    product.remove();
  }
}

/** People who watch the ten pairs. */
async function watchers(url: string): Promise<readonly Api[]> {
  const people: Api[] = [];
  for (let i = 0; i < CLIENTS / CLIENTS_PER_PERSON; i++) people.push(await signUpFresh(url));
  const ids = await instrumentIds(people[0]);
  for (const { trpc } of people) {
    for (const [i, instrumentY] of ids.entries()) {
      const instrumentX = ids[(i + 1) % ids.length] ?? 0;
      await trpc.watch.add.mutate({ instrumentY, instrumentX, preset: "desk" });
    }
  }
  return people;
}

/** Spot instruments of the symbols, once the venue has been looked at. */
async function instrumentIds(person: Api | undefined): Promise<readonly number[]> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const rows = (await person?.trpc.markets.list.query({}))?.rows ?? [];
    const ids = SYMBOLS.map(
      (base) =>
        rows.find(({ market, symbol }) => market === "spot" && symbol === `${base}USDT`)
          ?.instrumentId,
    ).filter((id) => id !== undefined);
    if (ids.length === SYMBOLS.length) return ids;
    await pause(200);
  }
  throw new Error("the venue's instruments did not appear");
}

async function setRate(controlPort: number, tradesPerSecond: number): Promise<void> {
  const symbols = SYMBOLS.map((base) => `${base}USDT`);
  const response = await fetch(`http://127.0.0.1:${controlPort}/rate`, {
    method: "POST",
    body: JSON.stringify({ tradesPerSecond, symbols, market: "spot" }),
  });
  if (!response.ok) throw new Error(`the simulator answered ${response.status}`);
}

/** A browser's stream: latencies of its updates, and what it has seen. */
type Reader = {
  readonly latenciesMs: number[];
  readonly livePairs: ReadonlySet<string>;
  readonly messages: () => number;
  readonly bytes: () => number;
  readonly reset: () => void;
  readonly leave: () => void;
};

async function read(url: string, { cookies }: Api): Promise<Reader> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const stream = await openEventStream(`${url}/api/trpc/live.events?input=%7B%7D`, { cookie });
  const newestTrade = new Map<string, number>();
  const livePairs = new Set<string>();
  const latenciesMs: number[] = [];
  let messages = 0;
  let bytes = 0;
  const take = (text: string): void => {
    const message = LiveMessage.parse(JSON.parse(text));
    if (message.kind !== "update") return;
    const nowMs = Date.now();
    for (const { livePairId, state, legY, legX } of [...message.snapshots, ...message.ticks]) {
      const tradeMs = Math.max(legY.tradeTimeMs ?? 0, legX.tradeTimeMs ?? 0);
      if (state === "live") livePairs.add(livePairId);
      if (tradeMs <= (newestTrade.get(livePairId) ?? 0)) continue;
      newestTrade.set(livePairId, tradeMs);
      latenciesMs.push(nowMs - tradeMs);
    }
  };
  const reading = (async () => {
    for (let event = await stream.next(); event !== null; event = await stream.next()) {
      if (event.event !== "message") continue;
      messages += 1;
      bytes += event.data.length;
      take(event.data);
    }
  })();
  // It ends with an abort when the reader leaves.
  reading.catch(() => undefined);
  return {
    latenciesMs,
    livePairs,
    messages: () => messages,
    bytes: () => bytes,
    leave: stream.leave,
    reset: () => {
      latenciesMs.length = 0;
      messages = 0;
      bytes = 0;
    },
  };
}

async function untilLive(readers: readonly Reader[]): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (readers.every(({ livePairs }) => livePairs.size === SYMBOLS.length)) return;
    await pause(200);
  }
  throw new Error("not every pair came to life within two minutes");
}

function figuresOf(readers: readonly Reader[], seconds: number): readonly Figure[] {
  const all = Float64Array.from(readers.flatMap(({ latenciesMs }) => latenciesMs)).sort();
  const quantile = (share: number) => all[Math.ceil(share * all.length) - 1] ?? Number.NaN;
  const sum = (value: (reader: Reader) => number) =>
    readers.reduce((total, reader) => total + value(reader), 0);
  const perClient = readers.length * seconds;
  const name = `newest trade of an update → browser, ${TRADES_PER_SECOND} trades/s, ${CLIENTS} clients`;
  return [
    atMost(`${name}, p99`, quantile(0.99), P99_MS_MAX, "ms"),
    observed(`${name}, median`, quantile(0.5), "ms"),
    observed("updates of a pair, per client", all.length / perClient / SYMBOLS.length, "1/s"),
    observed("messages, per client", sum(({ messages }) => messages()) / perClient, "1/s"),
    observed("text, per client", sum(({ bytes }) => bytes()) / perClient / 1_000, "kB/s"),
  ];
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

if (import.meta.main) {
  const seconds = z.coerce.number().positive().default(20).parse(process.argv[2]);
  for (const figure of await liveDelivery(seconds)) console.info(JSON.stringify(figure));
}
