import { describe, expect, test } from "vitest";
import { futuresRouteOf, parseStreamName } from "./stream-name.ts";

describe("parseStreamName", () => {
  test.each([
    ["btcusdt@aggTrade", { kind: "aggTrade", symbol: "BTCUSDT" }],
    ["btcusdt@trade", { kind: "trade", symbol: "BTCUSDT" }],
    ["btcusdt@ticker_4h", { kind: "windowTicker", symbol: "BTCUSDT", window: "4h" }],
    ["btcusdt@depth", { kind: "depthDiff", symbol: "BTCUSDT", everyMs: 1_000 }],
    ["btcusdt@depth@100ms", { kind: "depthDiff", symbol: "BTCUSDT", everyMs: 100 }],
    ["btcusdt@depth20@100ms", { kind: "depthTop", symbol: "BTCUSDT", levels: 20, everyMs: 100 }],
    ["!miniTicker@arr", { kind: "miniTickers" }],
  ])("spot has %s", (name, request) => {
    expect(parseStreamName("spot", name)).toEqual(request);
  });

  test.each([
    ["btcusdt@depth", { kind: "depthDiff", symbol: "BTCUSDT", everyMs: 250 }],
    ["btcusdt@depth5@500ms", { kind: "depthTop", symbol: "BTCUSDT", levels: 5, everyMs: 500 }],
    ["btcusdt@markPrice", { kind: "markPrice", symbol: "BTCUSDT", everyMs: 3_000 }],
    ["!markPrice@arr@1s", { kind: "markPrices", everyMs: 1_000 }],
    ["!ticker@arr", { kind: "tickers" }],
    ["!bookTicker", { kind: "bookTickers" }],
  ])("USD-M has %s", (name, request) => {
    expect(parseStreamName("usdm", name)).toEqual(request);
  });

  test.each([
    ["spot", "BTCUSDT@aggTrade"],
    ["spot", "btcusdt"],
    ["spot", "@aggTrade"],
    ["spot", "btcusdt@kline_7m"],
    ["spot", "btcusdt@depth7"],
    ["spot", "btcusdt@depth@250ms"],
    ["spot", "btcusdt@markPrice"],
    // Retired on 2026-03-26.
    ["spot", "!ticker@arr"],
    ["usdm", "btcusdt@kline_1s"],
    ["usdm", "btcusdt@trade"],
  ] as const)("%s does not deliver %s", (market, name) => {
    expect(parseStreamName(market, name)).toBeNull();
  });

  test("books live at /public, everything else at /market", () => {
    const routeOf = (name: string) => {
      const request = parseStreamName("usdm", name);
      return request === null ? null : futuresRouteOf(request);
    };
    expect(["btcusdt@bookTicker", "btcusdt@depth", "btcusdt@depth5"].map(routeOf)).toEqual(
      Array(3).fill("public"),
    );
    expect(["btcusdt@aggTrade", "btcusdt@kline_1m", "!markPrice@arr"].map(routeOf)).toEqual(
      Array(3).fill("market"),
    );
  });
});
