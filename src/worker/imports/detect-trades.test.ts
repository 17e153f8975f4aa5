import { expect, test } from "vitest";
import type { UploadFormat } from "#contracts/upload.ts";
import { detectFormat } from "./detect-format.ts";
import { hourlyCsv } from "./import-cases.test-support.ts";
import { tradeCsv } from "./trade-cases.test-support.ts";

type Case = {
  readonly name: string;
  readonly lines: readonly string[];
  readonly fileName?: string;
  readonly expected: Partial<UploadFormat>;
};

const cases: readonly Case[] = [
  {
    name: "a recording: the time of the trade, not of its receipt or message",
    lines: [
      "recv_ns,symbol,trade_id,price,qty,trade_ms,event_ms,buyer_is_maker",
      "1723161254087896568,BTCUSDT,3735683259,61837.63000000,0.02000000,1723161255342,1723161255343,True",
    ],
    expected: {
      layout: "trades",
      timestampUnit: "ms",
      symbol: null,
      columns: { time: 5, symbol: 1, price: 3, quantity: 4, id: 2 },
    },
  },
  {
    name: "Binance's aggregated futures trades, with a header",
    lines: [
      "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker",
      "2205400001,61837.6,0.02,5100000001,5100000002,1723161255342,true",
      "2205400002,61837.5,0.5,5100000003,5100000003,1723161255342,false",
    ],
    fileName: "BTCUSDT-aggTrades-2024-08-08.csv",
    expected: {
      layout: "trades",
      hasHeader: true,
      symbol: "BTCUSDT",
      columns: { time: 5, symbol: null, price: 1, quantity: 2, id: 0 },
    },
  },
  {
    name: "Binance's aggregated spot trades, without a header, ids that look like seconds",
    lines: [
      "3735683259,61837.63000000,0.02000000,3735683259,3735683260,1723161255342,True,True",
      "3735683260,61837.63000000,0.52000000,3735683261,3735683261,1723161255343,False,True",
    ],
    fileName: "BTCUSDT-aggTrades-2024-08-08.csv",
    expected: {
      layout: "trades",
      hasHeader: false,
      timestampUnit: "ms",
      symbol: "BTCUSDT",
      columns: { time: 5, symbol: null, price: 1, quantity: 2, id: 0 },
    },
  },
  {
    name: "Binance's single spot trades in microseconds",
    lines: ["4359683259,61837.63,0.02,1236.75,1735689600123456,True,True"],
    fileName: "BTCUSDT-trades-2025-01-01.csv",
    expected: {
      layout: "trades",
      timestampUnit: "us",
      columns: { time: 4, symbol: null, price: 1, quantity: 2, id: 0 },
    },
  },
  {
    name: "symbol, time, price and quantity",
    lines: tradeCsv(20).split("\n"),
    expected: {
      layout: "trades",
      delimiter: ",",
      columns: { time: 1, symbol: 0, price: 2, quantity: 3, id: null },
    },
  },
  {
    name: "the same without a header",
    lines: tradeCsv(20).split("\n").slice(1),
    expected: {
      layout: "trades",
      hasHeader: false,
      columns: { time: 1, symbol: 0, price: 2, quantity: 3, id: null },
    },
  },
  {
    name: "nanoseconds, a side, and ids that are no numbers",
    lines: [
      "timestamp;side;size;price;trade_id",
      "1735689600123456789;Buy;0.02;61837.6;b8a1-77",
      "1735689600123456790;Sell;0.02;61837.6;b8a1-78",
    ],
    fileName: "BTCUSDT.csv",
    expected: {
      layout: "trades",
      delimiter: ";",
      timestampUnit: "ns",
      columns: { time: 0, symbol: null, price: 3, quantity: 2, id: null },
    },
  },
  {
    name: "a JSON object a line",
    lines: [
      '{"symbol":"BTCUSDT","ts":"2025-11-01T09:50:49.841Z","price":109983.4,"size":0.04}',
      '{"symbol":"BTCUSDT","ts":"2025-11-01T09:50:49.911Z","price":109983.4,"size":0.01}',
      '{"symbol":"ETHUSDT","ts":"2025-11-01T09:50:50.184Z","price":3875.68,"size":0.187}',
    ],
    expected: {
      layout: "trades",
      delimiter: "json",
      hasHeader: false,
      timestampUnit: "iso",
      columns: { time: 1, symbol: 0, price: 2, quantity: 3, id: null },
    },
  },
  {
    name: "times at random under the names of bars",
    lines: ["time,price,volume", "1735689600123,1,2", "1735689600124,1,2", "1735689609000,1,2"],
    fileName: "BTCUSDT.csv",
    expected: { layout: "trades" },
  },
];

test.each(cases)("$name: trades", ({ lines, fileName, expected }) => {
  expect(detectFormat(lines, fileName ?? "ticks.csv")).toMatchObject(expected);
});

test("trades become minutes unless others are chosen", () => {
  const format = detectFormat(tradeCsv(9).split("\n"), "x.csv");
  expect(format).toMatchObject({ intervalsMs: [60_000] });
});

test.each([
  { name: "bars", lines: hourlyCsv(9).split("\n") },
  {
    name: "prices and quantities of every minute",
    lines: ["time,price,qty", ...Array.from({ length: 9 }, (_, i) => `${1735689600 + i * 60},1,2`)],
  },
  {
    name: "prices and volumes of every second",
    lines: ["time,price,volume", ...Array.from({ length: 9 }, (_, i) => `${1735689600 + i},1,2`)],
  },
  {
    name: "dates that stand twice",
    lines: ["date,price,volume", "2024-01-02,1,2", "2024-01-02,1,2", "2024-01-03,1,2"],
  },
  {
    name: "bars as JSON objects",
    lines: ['{"t":1735689600,"o":1,"h":2,"l":1,"c":2,"v":3}'],
  },
  {
    name: "klines of Binance",
    lines: ["1735689600000000,1,2,0.5,1.5,9,1735693199999999,5,3,1,1,0"],
  },
])("$name are no trades", ({ lines }) => {
  expect(detectFormat(lines, "BTCUSDT.csv").layout).toBe("single");
});
