import { expect, test } from "vitest";
import type { VenueTrade } from "../venues/agg-trade.ts";
import { isOtherSeries } from "./id-series.ts";

const NOW_MS = 1_700_000_000_000;
const DAY_MS = 86_400_000;

function trade(id: number, timeMs: number, price = "100.5"): VenueTrade {
  return {
    id,
    timeMs,
    price,
    quantity: "2",
    firstTradeId: id * 2,
    lastTradeId: id * 2 + 1,
    buyerIsMaker: false,
  };
}

const LAST = trade(1_000, NOW_MS);

/** A venue that has these trades. */
function venueOf(trades: readonly VenueTrade[]) {
  return {
    aggTrades: async (_: string, range: { limit: number; fromId?: number }) =>
      range.fromId === undefined
        ? trades.slice(-range.limit)
        : trades.filter(({ id }) => id >= (range.fromId ?? 0)).slice(0, range.limit),
  };
}

const how = { share: "urgent", signal: new AbortController().signal } as const;

test.each([
  { name: "the venue has the trade as it is stored", trades: [LAST, trade(1_001, NOW_MS + 5)] },
  {
    name: "the stored trade had a wrong price",
    trades: [trade(1_000, NOW_MS, "100.6")],
  },
  { name: "the stored trade had a wrong time", trades: [trade(1_000, NOW_MS - DAY_MS)] },
  { name: "the venue's REST is behind its streams", trades: [trade(998, NOW_MS - 20)] },
  { name: "the venue no longer has the trade", trades: [trade(5_000, NOW_MS + DAY_MS)] },
  { name: "the venue has no trades", trades: [] },
])("ids go on when $name", async ({ trades }) => {
  const stored = { cursor: { lastId: 1_000, lastTradeTimeMs: NOW_MS }, last: LAST };
  expect(await isOtherSeries(venueOf(trades), "BTCUSDT", stored, how)).toBe(false);
});

test.each([
  {
    name: "the id is another trade's",
    trades: [trade(1_000, NOW_MS - DAY_MS, "7"), trade(9_000, NOW_MS)],
    last: LAST,
  },
  { name: "the newest trade has a lower id", trades: [trade(3, NOW_MS + 500)], last: LAST },
  { name: "a recording of last year is played", trades: [trade(3, NOW_MS - DAY_MS)], last: LAST },
  {
    name: "the id is older than a trade before it",
    trades: [trade(1_000, NOW_MS - DAY_MS)],
    last: null,
  },
])("regression: ids are of another series when $name", async ({ trades, last }) => {
  const stored = { cursor: { lastId: 1_000, lastTradeTimeMs: NOW_MS }, last };
  expect(await isOtherSeries(venueOf(trades), "BTCUSDT", stored, how)).toBe(true);
});
