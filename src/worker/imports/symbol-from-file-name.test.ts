import { expect, test } from "vitest";
import { symbolFromFileName } from "./symbol-from-file-name.ts";

test.each([
  ["BTCUSDT.csv.gz", "BTCUSDT"],
  ["Binance_BTCUSDT_1h.csv", "BTCUSDT"],
  ["btcusdt-1h-2024-01.csv", "BTCUSDT"],
  ["ETHUSDT (2).csv", "ETHUSDT"],
  ["BTC-USD.csv", "BTC-USD"],
  ["1INCHUSDT.csv", "1INCHUSDT"],
  ["BRK.B.csv", "BRK.B"],
  ["SPOT.csv", "SPOT"],
  ["daily_AAPL.txt", "AAPL"],
  ["BTCUSDT-aggTrades-2024-08-08.csv", "BTCUSDT"],
  ["ETHUSDT-trades-2024-08.csv.gz", "ETHUSDT"],
  ["trades_SOLUSDT.ndjson", "SOLUSDT"],
  ["2024-01.csv", null],
] as const)("the symbol of %s is %s", (fileName, symbol) => {
  expect(symbolFromFileName(fileName)).toBe(symbol);
});
