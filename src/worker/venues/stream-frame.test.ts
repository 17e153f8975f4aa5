import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fuzzedFrame } from "./fuzzed-frame.test-support.ts";
import { parseStreamFrame } from "./stream-frame.ts";

const SPOT_TRADE = {
  e: "aggTrade",
  E: 1_672_515_782_136,
  s: "BNBBTC",
  a: 12_345,
  p: "0.00100000",
  q: "100.00000000",
  f: 100,
  l: 105,
  T: 1_672_515_782_130,
  m: true,
  M: true,
};

function combined(data: unknown, stream = "bnbbtc@aggTrade"): Buffer {
  return Buffer.from(JSON.stringify({ stream, data }));
}

function parsed(change: Record<string, unknown>) {
  return parseStreamFrame(combined({ ...SPOT_TRADE, ...change }));
}

describe("a frame of a trade", () => {
  test("keeps the venue's decimals as they are", () => {
    expect(parsed({})).toEqual({
      kind: "trade",
      symbol: "BNBBTC",
      eventTimeMs: 1_672_515_782_136,
      trade: {
        id: 12_345,
        price: "0.00100000",
        quantity: "100.00000000",
        firstTradeId: 100,
        lastTradeId: 105,
        timeMs: 1_672_515_782_130,
        buyerIsMaker: true,
      },
    });
  });

  test("of futures is read alike", () => {
    expect(parsed({ nq: "99", st: 1, M: undefined })).toMatchObject({ kind: "trade" });
  });

  test.each([
    { name: "an id as text", change: { a: "12345" } },
    { name: "an id beyond what a number holds", change: { a: 2 ** 53 } },
    { name: "an id below zero", change: { a: -1 } },
    { name: "a price as a number", change: { p: 0.001 } },
    { name: "a price of zero", change: { p: "0.00000000" } },
    { name: "a negative price", change: { p: "-1" } },
    { name: "a price with an exponent", change: { p: "1e3" } },
    { name: "a price that is not a number", change: { p: "NaN" } },
    { name: "an empty price", change: { p: "" } },
    { name: "a price of null", change: { p: null } },
    { name: "a quantity of zero", change: { q: "0" } },
    { name: "a quantity as a list", change: { q: ["1"] } },
    { name: "raw trades that end before they begin", change: { f: 106 } },
    { name: "raw trades that are missing", change: { f: undefined } },
    { name: "a time in microseconds", change: { T: 1_672_515_782_130_000 } },
    { name: "a time as text", change: { T: "1672515782130" } },
    { name: "an event time a year off", change: { E: 1_704_051_782_136 } },
    { name: "a maker that is 1", change: { m: 1 } },
    { name: "another symbol than its stream's", change: { s: "BTCUSDT" } },
    { name: "a kind that is a number", change: { e: 7 } },
  ])("with $name is refused", ({ change }) => {
    expect(parsed(change)).toMatchObject({ kind: "bad", stream: "bnbbtc@aggTrade" });
  });

  test("that is far too long is refused", () => {
    expect(parsed({ padding: "x".repeat(10_000) })).toMatchObject({ kind: "bad" });
  });

  test("cut off, empty or no JSON at all is refused", () => {
    const whole = combined(SPOT_TRADE);
    for (const bytes of [whole.subarray(0, 40), Buffer.alloc(0), Buffer.from("\u0000\u00ff{")]) {
      expect(parseStreamFrame(bytes)).toMatchObject({ kind: "bad", stream: null });
    }
  });
});

test.each([
  { text: '{"result":null,"id":7}', frame: { kind: "answer", id: 7, error: null } },
  {
    text: '{"code":2,"msg":"Invalid request: too many parameters","id":3}',
    frame: { kind: "answer", id: 3, error: "2 Invalid request: too many parameters" },
  },
  {
    text: '{"error":{"code":3,"msg":"Invalid JSON"},"id":null}',
    frame: { kind: "answer", id: null, error: "3 Invalid JSON" },
  },
  {
    text: '{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1}}',
    frame: { kind: "shutdown" },
  },
  { text: '{"e":"serverShutdown","E":1672515782136}', frame: { kind: "shutdown" } },
  {
    text: '{"stream":"bnbbtc@aggTrade","data":{"e":"aggTradeV2","s":"BNBBTC"}}',
    frame: { kind: "unknown", event: "aggTradeV2" },
  },
  {
    text: '{"stream":"bnbbtc@depth","data":{"e":"depthUpdate"}}',
    frame: { kind: "unknown", event: "bnbbtc@depth" },
  },
  { text: "[1,2]", frame: { kind: "bad", stream: null, reason: "it is not an object" } },
])("$text", ({ text, frame }) => {
  expect(parseStreamFrame(Buffer.from(text))).toEqual(frame);
});

test("tickers of COIN-M are left out, and one that cannot be read takes none with it", () => {
  const ticker = {
    e: "24hrMiniTicker",
    E: 1_672_515_782_136,
    s: "BNBUSDT",
    c: "2",
    o: "1",
    h: "3",
    l: "1",
    v: "0",
    q: "0.5",
  };
  const list = [ticker, { ...ticker, st: 2 }, { ...ticker, c: 2 }, null, { ...ticker, s: "X" }];
  expect(parseStreamFrame(combined(list, "!miniTicker@arr"))).toMatchObject({
    kind: "tickers",
    badCount: 2,
    tickers: [{ symbol: "BNBUSDT", lastPrice: "2" }, { symbol: "X" }],
  });
});

test("whatever is done to a frame, what is accepted is well formed", () => {
  fc.assert(
    fc.property(fuzzedFrame(combined(SPOT_TRADE)), (bytes) => {
      const frame = parseStreamFrame(bytes);
      if (frame.kind !== "trade") return;
      const { id, price, quantity, firstTradeId, lastTradeId, timeMs } = frame.trade;
      expect(Number.isSafeInteger(id) && id >= 0).toBe(true);
      expect(Number(price)).toBeGreaterThan(0);
      expect(Number(quantity)).toBeGreaterThan(0);
      expect(firstTradeId).toBeLessThanOrEqual(lastTradeId);
      expect(Math.abs(timeMs - frame.eventTimeMs)).toBeLessThanOrEqual(86_400_000);
      expect(frame.symbol).toBe("BNBBTC");
    }),
    { numRuns: 5_000 },
  );
});
