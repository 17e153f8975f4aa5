import { expect, test } from "vitest";
import type { VenueBar } from "#db/market-bars.ts";
import { createTestDatabase } from "#db/test-database.test-support.ts";
import { VenueError } from "../venues/venue-error.ts";
import { BarCheck, compareBars } from "./bar-check.ts";

const OURS: VenueBar = {
  openTimeMs: 60_000,
  open: 1,
  high: 3,
  low: 0.5,
  close: 2,
  volume: 10.1,
  provenance: "complete",
  tradeCount: 4,
  lateCount: 0,
  backfilledCount: 0,
};
const THEIRS = {
  openTimeMs: 60_000,
  open: 1,
  high: 3,
  low: 0.5,
  close: 2,
  volume: 10.1,
  rawTradeCount: 6,
};

test.each([
  { name: "the same", ours: [OURS], theirs: THEIRS, equal: [true] },
  {
    name: "a volume that is off by rounding",
    ours: [OURS],
    theirs: { ...THEIRS, volume: 10.1 + 1e-14 },
    equal: [true],
  },
  { name: "another volume", ours: [OURS], theirs: { ...THEIRS, volume: 10.2 }, equal: [false] },
  { name: "another low", ours: [OURS], theirs: { ...THEIRS, low: 0.4 }, equal: [false] },
  { name: "no bar of ours where they have trades", ours: [], theirs: THEIRS, equal: [false] },
  {
    name: "no bar of ours where they have none",
    ours: [],
    theirs: { ...THEIRS, rawTradeCount: 0 },
    equal: [true],
  },
  {
    name: "a partial bar, which says so",
    ours: [{ ...OURS, provenance: "partial" as const }],
    theirs: THEIRS,
    equal: [],
  },
  {
    name: "a kline, which is theirs",
    ours: [{ ...OURS, provenance: "kline" as const }],
    theirs: THEIRS,
    equal: [],
  },
])("$name", ({ ours, theirs, equal }) => {
  expect(compareBars(ours, [theirs]).map(({ isEqual }) => isEqual)).toEqual(equal);
});

const SYMBOLS = ["GONEUSDT", "BTCUSDT", "ETHUSDT"].map((symbol, i) => ({
  instrumentId: i + 1,
  symbol,
  firstTradeMs: 0,
  barsUntilMs: 600_000,
}));

/** One round over the three, of which the venue has no bars of the first. */
async function roundOf(error: VenueError) {
  const { database, drop } = await createTestDatabase();
  const asked: string[] = [];
  const refused: string[] = [];
  const check = new BarCheck({
    clock: { nowMs: () => 3_600_000 },
    rest: {
      klines: async (symbol) => {
        asked.push(symbol);
        if (symbol === "GONEUSDT") throw error;
        return [];
      },
    },
  });
  const options = {
    signal: new AbortController().signal,
    onRefused: ({ symbol }: { symbol: string }) => refused.push(symbol),
  };
  const round = check.round(database.pool, SYMBOLS, options).finally(drop);
  const failure = await round.then(
    () => null,
    (reason: unknown) => reason,
  );
  return { asked, refused, failure };
}

test("regression: a symbol that is refused keeps no other from being compared", async () => {
  const { asked, refused, failure } = await roundOf(new VenueError("refused", "Invalid symbol."));
  expect(asked).toEqual(["GONEUSDT", "BTCUSDT", "ETHUSDT"]);
  expect(refused).toEqual(["GONEUSDT"]);
  expect(failure).toBeNull();
});

test("a venue that does not answer is not asked for every symbol", async () => {
  const away = new VenueError("unavailable", "away");
  const { asked, failure } = await roundOf(away);
  expect(asked).toEqual(["GONEUSDT"]);
  expect(failure).toBe(away);
});
