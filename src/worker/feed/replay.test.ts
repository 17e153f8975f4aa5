// The recorded frames of the real-data kit through the simulated exchange and the feed, against the bars that the real
// exchange made of the same trades.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listGaps } from "#db/feed-gaps.ts";
import { liveFeedStatuses } from "#db/feed-statuses.ts";
import { venueBarsOfSpans } from "#db/market-bars.ts";
import { createFeedWorld, type FeedWorld } from "./feed-harness.test-support.ts";
import { cursorOf, expectTruth, instrumentIdOf, recorderOf } from "./feed-truth.test-support.ts";
import { until } from "./until.test-support.ts";

const KIT = path.resolve(import.meta.dirname, "../../../../shared/data/ticks");
const FILES = ["btcusdt-20240808", "btcusdt-20240809", "ethusdt-20240808", "ethusdt-20240809"].map(
  (name) => path.join(KIT, `binance-spot-${name}.raw.gz`),
);
const SYMBOLS = ["BTCUSDT", "ETHUSDT"] as const;
const MINUTE_MS = 60_000;
const FIRST_WHOLE_MS = Date.UTC(2024, 7, 8, 23, 55);
const EDGES_MS = [Date.UTC(2024, 7, 8, 23, 54), Date.UTC(2024, 7, 9, 0, 5)];

/** The recording ends a moment later. */
const END_MS = Date.UTC(2024, 7, 9, 0, 5, 4);

/** The recorder's clock was so far behind the exchange's. */
const CLOCK_BEHIND_MS = 1_270;

const isHere = FILES.every((file) => existsSync(file));
let world: FeedWorld;
let clockShiftMs = -CLOCK_BEHIND_MS;

type Row = readonly [open: number, high: number, low: number, close: number, volume: number];

function oracle(symbol: string): Map<number, Row> {
  const [, ...lines] = readFileSync(path.join(KIT, "oracle-1m-klines.csv"), "utf8")
    .trim()
    .split("\n");
  return new Map(
    lines
      .map((line) => line.split(","))
      .filter(([name]) => name === symbol)
      .map(([, time, ...values]) => {
        const [open = 0, high = 0, low = 0, close = 0, volume = 0] = values.map(Number);
        return [Number(time), [open, high, low, close, volume]];
      }),
  );
}

beforeAll(async () => {
  if (!isHere) return;
  const recording = { files: FILES, speed: "max", start: "by-control" } as const;
  world = await createFeedWorld(
    SYMBOLS.map((symbol) => `spot:${symbol}`),
    { recording },
  );
  const feed = await world.start({
    markets: ["spot"],
    // Asked once: the replay's clock runs far ahead of any wall clock.
    clockMs: 3_600_000,
    localNowMs: () => Date.now() + clockShiftMs,
  });
  const cursors = () =>
    Promise.all(SYMBOLS.map((symbol) => cursorOf(world.database, { market: "spot", symbol })));
  await until(async () => {
    const [status] = await liveFeedStatuses(world.database.pool, 10_000);
    return (
      status?.streams.length === 2 &&
      status.connections.some(({ name, state }) => name === "spot-1" && state === "open")
    );
  });
  world.simulator.setSpeed(1);
  // Its time stands still when the recording has come to its end.
  let lookedAtMs = 0;
  await until(() => {
    const isOver = lookedAtMs >= END_MS && world.simulator.nowMs() === lookedAtMs;
    lookedAtMs = world.simulator.nowMs();
    return isOver;
  });
  const recorded = SYMBOLS.map((symbol) => world.simulator.record({ symbol }).lastId);
  await until(async () =>
    (await cursors()).every((cursor, i) => (cursor?.lastId ?? 0) >= (recorded[i] ?? 0)),
  );
  // The last minute ends by the clock alone: no trade comes after it.
  clockShiftMs += 15 * MINUTE_MS;
  await until(async () =>
    (await cursors()).every((cursor) => (cursor?.barsUntilMs ?? 0) >= END_MS + MINUTE_MS),
  );
  await feed.stop();
});

afterAll(async () => {
  if (isHere) await world.close();
});

async function minutesOf(symbol: string) {
  const instrumentId = await instrumentIdOf(world.database, { market: "spot", symbol });
  const span = { instrumentId, fromMs: 0, toMs: Date.now() };
  const bars = await venueBarsOfSpans(world.database.pool, MINUTE_MS, [span]);
  return bars.get(instrumentId) ?? [];
}

test.skipIf(!isHere).each(SYMBOLS)(
  "%s: the exchange's own bars, exactly, for the ten whole minutes",
  async (symbol) => {
    const bars = (await minutesOf(symbol)).filter(({ provenance }) => provenance !== "partial");
    const made = bars.map(({ openTimeMs, open, high, low, close, volume }) => [
      openTimeMs,
      [open, high, low, close, volume],
    ]);
    expect(made).toEqual([...oracle(symbol)]);
    expect(made).toHaveLength(10);
    expect(bars[0]?.openTimeMs).toBe(FIRST_WHOLE_MS);
  },
);

test.skipIf(!isHere).each(SYMBOLS)(
  "%s: the two minutes at the edges are partial",
  async (symbol) => {
    const partial = (await minutesOf(symbol)).filter(({ provenance }) => provenance === "partial");
    expect(partial.map(({ openTimeMs }) => openTimeMs)).toEqual(EDGES_MS);
  },
);

test.skipIf(!isHere).each(SYMBOLS)(
  "%s: every trade is stored, and none was missing",
  async (symbol) => {
    const followed = { market: "spot", symbol } as const;
    const count = await expectTruth(world.database, recorderOf(world.simulator), followed);
    expect(count).toBeGreaterThan(5_000);
    expect(await listGaps(world.database.pool, "simulated", { limit: 10 })).toEqual([]);
  },
);
