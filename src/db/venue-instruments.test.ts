import { afterAll, beforeAll, expect, test } from "vitest";
import { marketRows, saveTickers } from "./market-tickers.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";
import { type ListedInstrument, syncInstruments } from "./venue-instruments.ts";

const SPOT = { venue: "simulated", market: "spot" } as const;
const NOBODY = "00000000-0000-0000-0000-000000000000";

let context: TestDatabase;

beforeAll(async () => {
  context = await createTestDatabase();
});
afterAll(() => context.drop());

function listing(symbol: string, change: Partial<ListedInstrument> = {}): ListedInstrument {
  return {
    symbol,
    baseAsset: symbol.replace("USDT", ""),
    quoteAsset: "USDT",
    status: "trading",
    venueStatus: "TRADING",
    tickSize: "0.01000000",
    lotSize: null,
    listedAtMs: null,
    ...change,
  };
}

const sync = (listings: readonly ListedInstrument[], isComplete = true) =>
  syncInstruments(context.database.pool, SPOT, listings, { isComplete });

test("what the venue changes is told, and what it does not is not", async () => {
  const btc = listing("BTCUSDT");
  const eth = listing("ETHUSDT");
  expect(await sync([btc, eth])).toEqual([]);
  expect(await sync([btc, { ...eth, tickSize: "0.010" }])).toEqual([]);
  expect(
    await sync([{ ...btc, status: "halted", venueStatus: "BREAK" }, listing("SOLUSDT")]),
  ).toMatchObject([
    { symbol: "BTCUSDT", kind: "status", detail: "trading → halted (the venue says BREAK)" },
    { symbol: "SOLUSDT", kind: "listed" },
    {
      symbol: "ETHUSDT",
      kind: "status",
      detail: "trading → delisted (the venue lists it no more)",
    },
  ]);
  expect(await sync([{ ...btc, tickSize: "0.1", lotSize: "0.5" }], false)).toMatchObject([
    { kind: "status", detail: "halted → trading" },
    { kind: "rules", detail: "tick size 0.01 → 0.1" },
    { kind: "rules", detail: "lot size none → 0.5" },
  ]);
});

test("the market lists the most traded first, finds by part of a name, and keeps the newest ticker", async () => {
  const { pool } = context.database;
  const ticker = (symbol: string, lastPrice: string, quoteVolume: string, eventTimeMs: number) => ({
    symbol,
    eventTimeMs,
    lastPrice,
    openPrice: "100",
    highPrice: "120",
    lowPrice: "90",
    volume: "1",
    quoteVolume,
  });
  await saveTickers(pool, SPOT, [
    ticker("SOLUSDT", "110", "5000", 2_000),
    ticker("BTCUSDT", "50", "70", 2_000),
    ticker("UNKNOWN", "1", "1", 2_000),
  ]);
  await saveTickers(pool, SPOT, [ticker("SOLUSDT", "1", "1", 1_000)]);
  const rows = await marketRows(pool, NOBODY, "simulated", { limit: 10 });
  expect(rows.map(({ symbol, lastPrice }) => [symbol, lastPrice])).toEqual([
    ["SOLUSDT", 110],
    ["BTCUSDT", 50],
    ["ETHUSDT", null],
  ]);
  expect(rows[0]?.changeFraction).toBeCloseTo(0.1, 12);
  expect(await marketRows(pool, NOBODY, "simulated", { search: "btc", limit: 10 })).toHaveLength(1);
  expect(await marketRows(pool, NOBODY, "binance", { limit: 10 })).toEqual([]);
});
