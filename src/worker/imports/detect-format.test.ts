import { expect, test } from "vitest";
import type { UploadFormat } from "#contracts/upload.ts";
import { detectFormat } from "./detect-format.ts";

const OHLCV = { time: 0, symbol: null, open: 1, high: 2, low: 3, close: 4, volume: 5 };

type Case = {
  readonly name: string;
  readonly lines: readonly string[];
  readonly fileName?: string;
  readonly expected: Partial<UploadFormat>;
};

const cases: readonly Case[] = [
  {
    name: "milliseconds with a header, symbol from the name of the file",
    lines: ["ts,open,high,low,close,volume", "1640995200000,1,2,0.5,1.5,9"],
    fileName: "BTCUSDT.csv.gz",
    expected: {
      layout: "single",
      delimiter: ",",
      hasHeader: true,
      timestampUnit: "ms",
      symbol: "BTCUSDT",
      columns: OHLCV,
    },
  },
  {
    name: "seconds, semicolons, capital letters and another order of columns",
    lines: ["Volume;Close;Low;High;Open;Unix Timestamp", "9;1.5;0.5;2;1;1640995200"],
    expected: {
      delimiter: ";",
      timestampUnit: "s",
      columns: { time: 5, symbol: null, open: 4, high: 3, low: 2, close: 1, volume: 0 },
    },
  },
  {
    name: "microseconds without a header, by position",
    lines: ["1735689600000000,1,2,0.5,1.5,9,1735693199999999,5,3,1,1,0"],
    expected: { hasHeader: false, layout: "single", timestampUnit: "us", columns: OHLCV },
  },
  {
    name: "ISO 8601 with an offset",
    lines: ["Timestamp,o,h,l,c,v", "2023-01-03 05:00:00+00:00,1,2,0.5,1.5,9"],
    expected: { timestampUnit: "iso", columns: OHLCV },
  },
  {
    name: "a date and a symbol column make a long file",
    lines: ["date,symbol,open,high,low,close,volume", "2021-04-01,AAPL,1,2,0.5,1.5,9"],
    expected: {
      layout: "long",
      timestampUnit: "date",
      symbol: null,
      columns: { time: 0, symbol: 1, open: 2, high: 3, low: 4, close: 5, volume: 6 },
    },
  },
  {
    name: "adjusted prices beside raw ones: the raw ones are taken",
    lines: [
      "ticker,date,open,high,low,close,volume,ex-dividend,split_ratio,adj_open,adj_high,adj_low,adj_close,adj_volume",
      "AAPL,2014-01-02,555.68,557.03,552.021,553.13,8381600.0,0.0,1.0,73.8,74.0,71.7,73.5,58671200.0",
    ],
    expected: {
      layout: "long",
      timestampUnit: "date",
      columns: { time: 1, symbol: 0, open: 2, high: 3, low: 4, close: 5, volume: 6 },
    },
  },
  {
    name: "a column for each symbol makes a wide file, holes and all",
    lines: ["date,KSA,EWM,EGPT", "2016-01-01,24.2,,46.7", "2016-01-04,24.3,30.9,"],
    expected: {
      layout: "wide",
      timestampUnit: "date",
      columns: {
        time: 0,
        symbol: null,
        open: null,
        high: null,
        low: null,
        close: null,
        volume: null,
      },
    },
  },
  {
    name: "one column of prices under any name is a single series of closes",
    lines: ["day,BTC", "2016-01-01,24.2"],
    expected: {
      layout: "single",
      columns: { time: 0, symbol: null, open: null, high: null, low: null, close: 1, volume: null },
    },
  },
  {
    name: "eight digits are a date",
    lines: ["20160101,24.2", "20160102,24.3"],
    expected: { hasHeader: false, timestampUnit: "date" },
  },
  {
    name: "tabs and quoted cells",
    lines: ['"time"\t"close"', '"2016-01-01T00:00:00Z"\t"24.2"'],
    expected: { delimiter: "\t", timestampUnit: "iso", hasHeader: true },
  },
  {
    name: "the address of the source above the header is passed over",
    lines: [
      "https://www.example.org",
      "unix,date,symbol,open,high,low,close,Volume BTC,Volume USDT",
      "1640995200000,2022-01-01 00:00:00,BTC/USDT,1,2,0.5,1.5,9,10",
    ],
    expected: {
      layout: "long",
      timestampUnit: "ms",
      columns: { time: 0, symbol: 2, open: 3, high: 4, low: 5, close: 6, volume: 7 },
    },
  },
];

test.each(cases)("$name", ({ lines, fileName, expected }) => {
  expect(detectFormat(lines, fileName ?? "prices-of-eth.csv")).toMatchObject(expected);
});

test.each([
  { name: "no lines", lines: ["", " "], message: "no lines" },
  { name: "one column", lines: ["close", "1", "2"], message: "No columns" },
  { name: "a header only", lines: ["ts,open,high,low,close"], message: "no rows" },
  { name: "no times", lines: ["a,close", "x,1", "y,2"], message: "No column of times" },
  { name: "American dates", lines: ["date,close", "01/31/2024,1"], message: '"01/31/2024"' },
  { name: "no prices", lines: ["date,name", "2024-01-31,x"], message: "closing prices" },
])("$name is refused in words", ({ lines, message }) => {
  expect(() => detectFormat(lines, "x.csv")).toThrow(message);
});
