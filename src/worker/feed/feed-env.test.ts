import { expect, test } from "vitest";
import { exchangeAddresses, FeedEnv, feedOptions } from "./feed-env.ts";

test("symbols without a market are spot", () => {
  const env = FeedEnv.parse({ FEED_SYMBOLS: "BTCUSDT, usdm:ETHUSDT" });
  expect(feedOptions(env, "simulator")).toMatchObject({
    venue: "simulated",
    fixedSymbols: ["spot:BTCUSDT", "usdm:ETHUSDT"],
    markets: ["spot", "usdm"],
  });
});

test.each([
  { FEED_SYMBOLS: "btcusdt" },
  { FEED_SYMBOLS: "margin:BTCUSDT" },
  { FEED_MARKETS: "spot,margin" },
  { SIMULATOR_URL: "ftp://127.0.0.1" },
  { BINANCE_USDM_STREAM_URL: "https://fstream.binance.com" },
  { FEED_LEASE_MS: "1" },
  { EXCHANGE: "kraken" },
])("%o is refused", (variables) => {
  expect(FeedEnv.safeParse(variables).success).toBe(false);
});

test("futures trades are never asked for at the old root, which acknowledges and delivers nothing", () => {
  const env = FeedEnv.parse({});
  expect(exchangeAddresses(env, "binance").usdm.streamUrl).toBe("wss://fstream.binance.com/market");
  expect(exchangeAddresses(env, "simulator").usdm.streamUrl).toBe(
    "ws://127.0.0.1:8790/futures/market",
  );
});
