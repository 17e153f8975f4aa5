// Files of trades, read as uploads are. The real ones are not part of the project; without them their
// tests are skipped.
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BAR_PROVENANCE_CODES } from "#contracts/bar-provenance.ts";
import type { TradeFileFormat } from "#contracts/upload.ts";
import { inPieces, parseText, START_MS } from "./import-cases.test-support.ts";
import { parseFile } from "./parse-file.ts";
import type { ParsedSeries, ParsedUpload } from "./parsed-upload.ts";
import { inspectFile } from "./preview-upload.ts";
import { TRADE_HEADER, tradeCsv, tradeRows } from "./trade-cases.test-support.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

function barsOf({ series }: ParsedUpload, symbol: string, intervalMs: number): ParsedSeries {
  const found = series.find((one) => one.symbol === symbol && one.intervalMs === intervalMs);
  if (found === undefined) throw new Error("the series is there");
  return found;
}

function rowsOf({ bars }: ParsedSeries): number[][] {
  const columns = [bars.open, bars.high, bars.low, bars.close, bars.volume];
  return Array.from(bars.openTimeMs, (time, i) => [
    time,
    ...columns.map((column) => column[i] ?? Number.NaN),
  ]);
}

describe("trades of a file", () => {
  test("become bars of every interval that was chosen", async () => {
    const intervalsMs = [DAY_MS, SECOND_MS, MINUTE_MS] as TradeFileFormat["intervalsMs"];
    const parsed = await parseText(tradeCsv(200), { format: { intervalsMs } });
    expect(parsed).toMatchObject({ refusal: null, rowCount: 200, rejectedCount: 0 });
    expect(parsed.series.map(({ intervalMs }) => intervalMs)).toEqual([1_000, 60_000, 86_400_000]);
    const seconds = barsOf(parsed, "ETHUSDT", SECOND_MS);
    expect(rowsOf(seconds).slice(0, 2)).toEqual([
      [START_MS, 2000, 2000.1, 2000, 2000.1, 0.2],
      [START_MS + SECOND_MS, 2000.2, 2000.2, 2000.2, 2000.2, 0.1],
    ]);
    const days = barsOf(parsed, "ETHUSDT", DAY_MS);
    expect(rowsOf(days)).toEqual([[START_MS, 2000, 2000.8, 2000, 2000.1, 20]]);
    expect([...(days.origins?.tradeCount ?? [])]).toEqual([200]);
  });

  test("say that the first and the last bar are partial", async () => {
    const parsed = await parseText(tradeCsv(300));
    const { origins } = barsOf(parsed, "ETHUSDT", MINUTE_MS);
    const { partial } = BAR_PROVENANCE_CODES;
    expect([...(origins?.provenance ?? [])]).toEqual([partial, NaN, NaN, partial]);
    expect(parsed.notes.join(" ")).toContain("marked as partial");
  });

  test("may come in any order", async () => {
    const rows = tradeRows(500).map((row, i) => (i % 2 === 0 ? row : row.replace("ETH", "BTC")));
    const sorted = await parseText([TRADE_HEADER, ...rows].join("\n"));
    const turned = await parseText([TRADE_HEADER, ...rows.toReversed()].join("\n"));
    expect(turned.rejectedCount + turned.duplicateCount).toBe(0);
    expect(turned.notes[0]).toBe("The trades were put in order of time.");
    for (const symbol of ["ETHUSDT", "BTCUSDT"]) {
      expect(barsOf(turned, symbol, MINUTE_MS).bars).toEqual(
        barsOf(sorted, symbol, MINUTE_MS).bars,
      );
    }
  });

  test("with ids may stand in any order at all", async () => {
    const rows = tradeRows(120).map((row, i) => `${row},${900 + i}`);
    const header = `${TRADE_HEADER},trade_id`;
    const sorted = await parseText([header, ...rows].join("\n"));
    const columns = { time: 1, symbol: 0, price: 2, quantity: 3, id: 4 };
    const all = { minLength: rows.length, maxLength: rows.length };
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(rows, all), async (mixed) => {
        // The first row stays the first: then the order shows only in the others.
        const lines = [header, rows[0], ...mixed.filter((row) => row !== rows[0])];
        const parsed = await parseText(lines.join("\n"), { format: { columns } });
        expect(parsed).toMatchObject({ rejectedCount: 0, duplicateCount: 0 });
        expect(parsed.series).toEqual(sorted.series);
      }),
      { numRuns: 30 },
    );
  });

  test("without ids keep the order of the file within a millisecond", async () => {
    const rows = [5, 9, 3, 7].map((price) => `ETHUSDT,${START_MS},${price},1`);
    const later = tradeRows(20).slice(10);
    const parsed = await parseText([TRADE_HEADER, ...later, ...rows].join("\n"));
    expect(rowsOf(barsOf(parsed, "ETHUSDT", MINUTE_MS))[0]?.slice(0, 2)).toEqual([START_MS, 5]);
  });

  test("with ids are ordered by them within a millisecond", async () => {
    const rows = [5, 9, 3, 7].map((price, i) => `ETHUSDT,${START_MS},${price},1,${40 - i}`);
    const parsed = await parseText([`${TRADE_HEADER},trade_id`, ...rows].join("\n"));
    expect(rowsOf(barsOf(parsed, "ETHUSDT", MINUTE_MS))).toEqual([[START_MS, 7, 9, 3, 5, 4]]);
  });

  test("that are equal in every column count once, and are named", async () => {
    const header = `${TRADE_HEADER},side`;
    const rows = [
      `ETHUSDT,${START_MS},5,1,buy`,
      `ETHUSDT,${START_MS},5,1,sell`,
      `ETHUSDT,${START_MS},5,1.0,buy`,
      `ETHUSDT,${START_MS + 1},5,1,buy`,
      `BTCUSDT,${START_MS},5,1,buy`,
    ];
    const parsed = await parseText([header, ...rows].join("\n"));
    expect(parsed).toMatchObject({ rowCount: 5, rejectedCount: 0, duplicateCount: 1 });
    expect(parsed.rejections).toMatchObject([
      {
        line: 4,
        symbol: "ETHUSDT",
        field: "row",
        reason: "the trade stands twice, identical to line 2",
      },
    ]);
    expect(barsOf(parsed, "ETHUSDT", MINUTE_MS)).toMatchObject({ duplicateCount: 1 });
    expect(rowsOf(barsOf(parsed, "ETHUSDT", MINUTE_MS))[0]?.[5]).toBe(3);
  });

  test("with one id are one trade, whatever else they say", async () => {
    const rows = [
      `ETHUSDT,${START_MS},5,1,17`,
      `BTCUSDT,${START_MS},5,1,17`,
      `ETHUSDT,${START_MS},5,1,17`,
      `ETHUSDT,${START_MS},6,1,17`,
      `ETHUSDT,${START_MS},5,1,18`,
    ];
    const parsed = await parseText([`${TRADE_HEADER},id`, ...rows].join("\n"));
    expect(parsed.duplicateCount).toBe(2);
    expect(parsed.rejections.map(({ field, reason }) => `${field}: ${reason}`)).toEqual([
      "id: the trade's id stands twice, identical to line 2",
      "id: the trade's id stands twice, conflicting with line 2",
    ]);
    expect(rowsOf(barsOf(parsed, "ETHUSDT", MINUTE_MS))[0]?.[5]).toBe(2);
  });

  const faults = [
    { row: ",1735689600000,1,1", field: "symbol", reason: "symbol is empty" },
    { row: `${"X".repeat(33)},1735689600000,1,1`, field: "symbol", reason: "longer than 32" },
    { row: "ETHUSDT,yesterday,1,1", field: "time", reason: '"yesterday" is no time' },
    { row: "ETHUSDT,,1,1", field: "time", reason: "time is empty" },
    { row: "ETHUSDT,1735689600000,,1", field: "price", reason: "price is empty" },
    { row: "ETHUSDT,1735689600000,0,1", field: "price", reason: "price is not above zero" },
    { row: "ETHUSDT,1735689600000,1e999,1", field: "price", reason: "price is not finite" },
    { row: "ETHUSDT,1735689600000,=1+1,1", field: "price", reason: '"=1+1" is not a number' },
    { row: "ETHUSDT,1735689600000,1,-2", field: "quantity", reason: "quantity is not above" },
    { row: "ETHUSDT,1735689600000,1,NaN", field: "quantity", reason: '"NaN" is not a number' },
    { row: "ETHUSDT,1735689600000,1", field: "row", reason: "3 columns instead of 4" },
    { row: '"ETHUSDT,1735689600000,1,1', field: "row", reason: "quotation marks" },
  ];
  test.each(faults)("a row is refused by its field: $row", async ({ row, field, reason }) => {
    const parsed = await parseText(tradeCsv(30, { 7: row }));
    expect(parsed).toMatchObject({ refusal: null, rowCount: 30, rejectedCount: 1 });
    expect(parsed.rejections).toMatchObject([{ line: 9, field }]);
    expect(parsed.rejections[0]?.reason).toContain(reason);
  });

  test.each(["1.5", "-1", "9007199254740993", ""])("an id of '%s' is refused", async (id) => {
    const rows = tradeRows(30).map((row, i) => `${row},${i === 7 ? id : i}`);
    const text = [`${TRADE_HEADER},trade_id`, ...rows].join("\n");
    const columns = { time: 1, symbol: 0, price: 2, quantity: 3, id: 4 };
    const parsed = await parseText(text, { format: { columns } });
    expect(parsed.rejections).toMatchObject([{ line: 9, field: "id" }]);
  });

  test("a file without a symbol, a price or a quantity is refused whole", async () => {
    const noSymbol = tradeCsv(9).replaceAll("ETHUSDT,", "").replace("symbol,", "");
    expect((await parseText(noSymbol, { fileName: "2024.csv" })).refusal).toContain("no symbol");
    for (const field of ["price", "quantity"] as const) {
      const columns = { time: 1, symbol: 0, price: 2, quantity: 3, id: null, [field]: null };
      const { refusal } = await parseText(tradeCsv(9), { format: { columns } });
      expect(refusal).toContain("Choose the column of the");
    }
  });
});

describe("a file of JSON objects", () => {
  const line = (i: number, more = "") =>
    `{"symbol":"ETHUSDT","ts":${START_MS + i * 300},"price":"2000.${i}","size":0.1${more}}`;

  test("is read by its keys, in any order, with more or fewer of them", async () => {
    const lines = [
      line(0),
      line(1, ',"note":{"a":[1]}'),
      `{"size":0.3,"price":2001,"ts":${START_MS + 900},"symbol":"ETHUSDT"}`,
      `{"symbol":"ETHUSDT","ts":${START_MS},"price":2000}`,
      '["ETHUSDT",1,2]',
      '{"symbol":"ETHUSDT",',
    ];
    const parsed = await parseText(lines.join("\n"));
    expect(parsed).toMatchObject({ rowCount: 6, rejectedCount: 3 });
    expect(parsed.rejections.map(({ line: at, reason }) => [at, reason])).toEqual([
      [4, "quantity is empty"],
      [5, "the row is no JSON object"],
      [6, "the row is no JSON object"],
    ]);
    expect(rowsOf(barsOf(parsed, "ETHUSDT", MINUTE_MS))).toEqual([
      [START_MS, 2000, 2001, 2000, 2001, 0.5],
    ]);
  });

  test("names of its own are no way into the program", async () => {
    const hostile =
      '{"symbol":"ETHUSDT","ts":1,"price":1,"size":1,"__proto__":{"x":1},"toString":2}';
    const lines = [hostile, line(1), line(2), line(2)];
    expect(await parseText(lines.join("\n"))).toMatchObject({ rowCount: 4, duplicateCount: 1 });
  });

  test("has no line of names, whatever its format says", async () => {
    const text = [line(0), line(1), line(2)].join("\n");
    expect(await parseText(text, { format: { hasHeader: true } })).toMatchObject({ rowCount: 3 });
  });

  test("of bars is read as bars", async () => {
    const bars = Array.from(
      { length: 9 },
      (_, i) => `{"t":${START_MS + i * MINUTE_MS},"open":1,"high":2,"low":1,"close":2,"volume":3}`,
    );
    expect(await parseText(bars.join("\n"))).toMatchObject({
      refusal: null,
      intervalMs: MINUTE_MS,
      rowCount: 9,
    });
  });
});

describe("hostile files of trades", () => {
  test("anything between good rows is counted, and changes no bar", async () => {
    const junk = fc
      .array(fc.oneof(fc.string(), fc.stringMatching(/^[\d.,;"{}eE+-]{0,40}$/)), { maxLength: 20 })
      .map((lines) => lines.map((text) => `?${text.replace(/[\r\n\0]/g, " ")}`));
    const good = await parseText(tradeCsv(100));
    await fc.assert(
      fc.asyncProperty(junk, async (lines) => {
        const text = [TRADE_HEADER, ...tradeRows(50), ...lines, ...tradeRows(100).slice(50)];
        const parsed = await parseText(text.join("\n"));
        expect(parsed.rowCount).toBe(100 + lines.length);
        expect(parsed.rejectedCount).toBe(lines.length);
        expect(barsOf(parsed, "ETHUSDT", MINUTE_MS).bars).toEqual(
          barsOf(good, "ETHUSDT", MINUTE_MS).bars,
        );
      }),
      { numRuns: 50 },
    );
  });

  test("two hundred thousand trades at once, most of them repeated, are told apart", async () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => `X,${START_MS},${1 + (i % 7)},1`);
    const parsed = await parseText([TRADE_HEADER, ...rows].join("\n"));
    expect(parsed.duplicateCount).toBe(199_993);
    expect(parsed.rejections).toHaveLength(1_000);
    expect(parsed.rejections[0]?.line).toBe(9);
  });
});

const TICKS = path.resolve(import.meta.dirname, "../../../../shared/data/ticks");

describe.skipIf(!existsSync(TICKS))("real files of trades", () => {
  async function read(fileName: string, intervalsMs: TradeFileFormat["intervalsMs"]) {
    const bytes = readFileSync(path.join(TICKS, fileName));
    const { format } = await inspectFile({
      source: inPieces(bytes, 65_536),
      fileName,
      format: null,
    });
    if (format.layout !== "trades") throw new Error("the file is one of trades");
    return parseFile(inPieces(bytes, 65_536), { ...format, intervalsMs });
  }

  test("a recording gives the venue's own minutes, and calls its edges partial", async () => {
    const fileName = globSync("*trades*.csv.gz", { cwd: TICKS })[0] ?? "";
    const parsed = await read(fileName, [SECOND_MS, MINUTE_MS]);
    expect(parsed).toMatchObject({ rowCount: 34_419, rejectedCount: 0, duplicateCount: 0 });
    const [, ...oracle] = readFileSync(path.join(TICKS, "oracle-1m-klines.csv"), "utf8")
      .trim()
      .split("\n")
      .map((line) => line.split(","));
    for (const symbol of ["BTCUSDT", "ETHUSDT"]) {
      const minutes = barsOf(parsed, symbol, MINUTE_MS);
      const theirs = oracle.filter(([name]) => name === symbol);
      expect(rowsOf(minutes).slice(1, -1)).toEqual(
        theirs.map(([, ...values]) => values.map(Number)),
      );
      expect([...(minutes.origins?.provenance ?? [])].filter((code) => code === 3)).toHaveLength(2);
    }
  });

  test("a collector's file has 245 lines twice and a hole, and is not sorted across symbols", async () => {
    const parsed = await read("collector-ticks-20251101.ndjson", [SECOND_MS, MINUTE_MS]);
    expect(parsed).toMatchObject({ rowCount: 993, rejectedCount: 0, duplicateCount: 245 });
    const tradeCount = parsed.series
      .filter(({ intervalMs }) => intervalMs === MINUTE_MS)
      .flatMap(({ origins }) => [...(origins?.tradeCount ?? [])])
      .reduce((total, count) => total + count, 0);
    expect(tradeCount).toBe(993 - 245);
    const { openTimeMs } = barsOf(parsed, "BTCUSDT", SECOND_MS).bars;
    const silences = openTimeMs.subarray(1).map((time, i) => time - (openTimeMs[i] ?? 0));
    expect(Math.max(...silences)).toBe(162_000);
  });
});
