import { expect, test } from "vitest";
import {
  DAY_MS,
  HOUR_MS,
  hourlyCsv,
  hourlyRows,
  inPieces,
  OHLCV_HEADER,
  parseText,
  START_MS,
} from "./import-cases.test-support.ts";
import { parseFile } from "./parse-file.ts";

test("a tidy file gives all its bars", async () => {
  const parsed = await parseText(hourlyCsv(100));
  expect(parsed).toMatchObject({
    refusal: null,
    intervalMs: HOUR_MS,
    calendar: "continuous",
    closeOnly: false,
    rowCount: 100,
    rejectedCount: 0,
    duplicateCount: 0,
  });
  const [series] = parsed.series;
  expect(series?.symbol).toBe("ETHUSDT");
  expect(series?.bars.openTimeMs).toHaveLength(100);
  expect(series?.bars.openTimeMs[99]).toBe(START_MS + 99 * HOUR_MS);
  expect(series?.bars.close[3]).toBe(104);
});

test("gzip, CRLF, a byte-order mark, blank lines and a missing last newline change nothing", async () => {
  const text = `\uFEFF${hourlyCsv(50).replaceAll("\n", "\r\n").trimEnd().replace("\r\n", "\r\n\r\n")}`;
  const [plain, gzipped] = [await parseText(hourlyCsv(50)), await parseText(text, { gzip: true })];
  expect(gzipped.series).toEqual(plain.series);
});

const badRows = [
  { name: "an unreadable time", row: "soon,1,2,0.5,1,9", field: "time", reason: "is no time" },
  { name: "an empty time", row: ",1,2,0.5,1,9", field: "time", reason: "time is empty" },
  { name: "an unreadable number", row: "T,1,2x,0.5,1,9", field: "high", reason: 'high "2x"' },
  { name: "an empty price", row: "T,1,2,0.5,,9", field: "close", reason: "close is empty" },
  { name: "the text NaN", row: "T,1,2,0.5,NaN,9", field: "close", reason: '"NaN" is not a number' },
  { name: "an infinite price", row: "T,1,1e999,0.5,1,9", field: "high", reason: "not finite" },
  { name: "a zero price", row: "T,0,2,0.5,1,9", field: "open", reason: "not above zero" },
  { name: "a negative price", row: "T,1,2,-0.5,1,9", field: "low", reason: "not above zero" },
  { name: "high below low", row: "T,1,1,2,1,9", field: "high", reason: "high is below low" },
  { name: "an open above high", row: "T,3,2,1,1.5,9", field: "open", reason: "above high" },
  { name: "a close below low", row: "T,1.5,2,1,0.5,9", field: "close", reason: "below low" },
  { name: "a negative volume", row: "T,1,2,0.5,1,-9", field: "volume", reason: "negative" },
  { name: "too few columns", row: "T,1,2", field: "row", reason: "3 columns instead of 6" },
  { name: "too many columns", row: "T,1,2,0.5,1,9,8", field: "row", reason: "7 columns" },
  { name: "an open quotation mark", row: 'T,"1,2,0.5,1,9', field: "row", reason: "quotation" },
];

test.each(badRows)("$name is rejected with its line, and only that row", async (bad) => {
  const text = bad.row.replace("T", String(START_MS + 10 * HOUR_MS));
  const parsed = await parseText(hourlyCsv(40, { 10: text }));
  expect(parsed).toMatchObject({ refusal: null, rejectedCount: 1, duplicateCount: 0 });
  expect(parsed.rejections).toEqual([
    expect.objectContaining({ line: 12, field: bad.field, text }),
  ]);
  expect(parsed.rejections[0]?.reason).toContain(bad.reason);
  expect(parsed.series[0]?.bars.close).toHaveLength(39);
  expect(parsed.series[0]?.rejectedCount).toBe(1);
});

test("regression: of a long file, a row without a time counts for the symbol that it names", async () => {
  const rows = ["A", "B"].flatMap((symbol) => hourlyRows(30).map((row) => `${symbol},${row}`));
  rows[40] = "B,soon,1,2,0.5,1,9";
  rows[50] = `,${START_MS + 20 * HOUR_MS},1,2,0.5,1,9`;
  const parsed = await parseText([`symbol,${OHLCV_HEADER}`, ...rows].join("\n"));
  // The row without a symbol belongs to no series; the upload itself counts it.
  expect(parsed.rejectedCount).toBe(2);
  expect(parsed.series.map(({ symbol, rejectedCount }) => [symbol, rejectedCount])).toEqual([
    ["A", 0],
    ["B", 1],
  ]);
});

test("an empty volume is a missing value, not a fault", async () => {
  const parsed = await parseText(hourlyCsv(40, { 3: `${START_MS + 3 * HOUR_MS},1,2,0.5,1,` }));
  expect(parsed.rejectedCount).toBe(0);
  expect(parsed.series[0]?.bars.volume[3]).toBeNaN();
});

test("of two rows with one time the first stands, and the report says whether they agree", async () => {
  const rows = hourlyRows(40);
  const conflicting = `${START_MS + 5 * HOUR_MS},200,201,199,200,1`;
  rows.splice(6, 0, rows[5] ?? "", conflicting);
  const parsed = await parseText([OHLCV_HEADER, ...rows].join("\n"));
  expect(parsed).toMatchObject({ rejectedCount: 0, duplicateCount: 2 });
  expect(parsed.rejections.map(({ line, reason }) => [line, reason])).toEqual([
    [8, "the time stands twice, identical to line 7"],
    [9, "the time stands twice, conflicting with line 7"],
  ]);
  expect(parsed.series[0]?.bars.close[5]).toBe(106);
});

test("a row out of order is rejected, naming the line before it", async () => {
  const rows = hourlyRows(40);
  const [moved] = rows.splice(20, 1);
  rows.push(moved ?? "");
  const parsed = await parseText([OHLCV_HEADER, ...rows].join("\n"));
  expect(parsed.rejections).toMatchObject([
    { line: 41, field: "time", reason: "time does not follow that of line 40" },
  ]);
});

test("a file that is newest first is turned round, and the report says so", async () => {
  const text = [OHLCV_HEADER, ...hourlyRows(40).reverse()].join("\n");
  const parsed = await parseText(text);
  expect(parsed.series).toEqual((await parseText(hourlyCsv(40))).series);
  expect(parsed.notes.join()).toContain("newest first");
});

test("a bar off the grid of the others is rejected", async () => {
  const parsed = await parseText(
    hourlyCsv(40, { 7: `${START_MS + 7 * HOUR_MS + 840_000},100,102,98,101,1` }),
  );
  expect(parsed.rejections).toMatchObject([
    { line: 9, reason: expect.stringContaining("off the 1h") },
  ]);
});

test.each([
  { name: "half hourly, half by the minute", rows: [...hourlyRows(30), ...minutes(30)] },
  { name: "hours, then days", rows: [...hourlyRows(10), ...hourlyRows(10, {}, DAY_MS).slice(1)] },
  { name: "irregular times", rows: irregular(40) },
])("mixed intervals refuse the whole file: $name", async ({ rows }) => {
  const parsed = await parseText([OHLCV_HEADER, ...rows].join("\n"));
  expect(parsed.refusal).toContain("mixes intervals");
  expect(parsed.series).toEqual([]);
});

test.each([
  { name: "a header only", text: `${OHLCV_HEADER}\n`, refusal: "header but no rows" },
  { name: "one row", text: hourlyCsv(1), refusal: "At least two rows" },
  { name: "weekly bars", text: every(7 * DAY_MS), refusal: "Bars of 7 d are not supported" },
  { name: "no row that can be read", text: badHighs(), refusal: "line 2: high is below low" },
])("$name is refused in words", async ({ text, refusal }) => {
  const format = {
    layout: "single",
    delimiter: ",",
    hasHeader: true,
    timestampUnit: "ms",
    symbol: "X",
    columns: { time: 0, symbol: null, open: 1, high: 2, low: 3, close: 4, volume: 5 },
  } as const;
  const parsed = await parseFile(inPieces(Buffer.from(text)), format);
  expect(parsed.refusal).toContain(refusal);
});

test("daily bars without weekends follow the calendar of weekdays", async () => {
  const days = Array.from({ length: 30 }, (_, i) => START_MS + i * DAY_MS).filter(
    (ms) => new Date(ms).getUTCDay() % 6 !== 0,
  );
  const text = ["date,close", ...days.map((ms, i) => `${dateOf(ms)},${50 + i}`)].join("\n");
  expect(await parseText(text)).toMatchObject({
    intervalMs: DAY_MS,
    calendar: "weekdays",
    closeOnly: true,
    rejectedCount: 0,
  });
});

test("regression: the nights of an hourly stock were counted as missing bars", async () => {
  const rows = Array.from({ length: 28 }, (_, day) => START_MS + day * DAY_MS)
    .filter((ms) => new Date(ms).getUTCDay() % 6 !== 0)
    .flatMap((ms) => Array.from({ length: 7 }, (_, i) => `${ms + (14.5 + i) * HOUR_MS},100`));
  const parsed = await parseText(["ts,close", ...rows].join("\n"));
  expect(parsed).toMatchObject({ calendar: "weekdays", intervalMs: HOUR_MS, rejectedCount: 0 });
});

test("daily bars stamped in a zone with daylight saving are named by their date", async () => {
  const rows = Array.from({ length: 20 }, (_, i) => {
    const hour = i < 10 ? "05" : "04";
    return `${dateOf(START_MS + i * DAY_MS)} ${hour}:00:00+00:00,${50 + i}`;
  });
  const parsed = await parseText(["Timestamp,close", ...rows].join("\n"));
  expect(parsed).toMatchObject({ refusal: null, rejectedCount: 0, intervalMs: DAY_MS });
  expect(parsed.series[0]?.bars.openTimeMs[19]).toBe(START_MS + 19 * DAY_MS);
});

test("a long file gives a series for each symbol, and counts faults by symbol", async () => {
  const rows = hourlyRows(20).flatMap((row, i) => [
    `AAA,${row}`,
    i === 4 ? `BBB,${row.replace(/^(\d+),[^,]+/, "$1,0")}` : `BBB,${row}`,
  ]);
  const parsed = await parseText([`symbol,${OHLCV_HEADER}`, ...rows].join("\n"));
  expect(parsed.series.map(({ symbol, rejectedCount }) => [symbol, rejectedCount])).toEqual([
    ["AAA", 0],
    ["BBB", 1],
  ]);
});

test("empty cells of a wide file are gaps, and a bad cell costs that cell alone", async () => {
  const rows = Array.from({ length: 20 }, (_, i) => {
    const b = i < 5 ? "" : 20 + i;
    const c = i === 7 ? -1 : 30 + i;
    return `${START_MS + i * HOUR_MS},${10 + i},${b},${c}`;
  });
  const parsed = await parseText(["time,AAA,BBB,CCC", ...rows].join("\n"));
  expect(parsed.series.map(({ symbol, bars }) => [symbol, bars.close.length])).toEqual([
    ["AAA", 20],
    ["BBB", 15],
    ["CCC", 19],
  ]);
  expect(parsed.rejections).toMatchObject([{ line: 9, symbol: "CCC", field: "CCC" }]);
});

test("only the first thousand rejected rows are kept, all are counted", async () => {
  const bad = Object.fromEntries(
    Array.from({ length: 1_500 }, (_, i) => [i * 2, `${START_MS + i * 2 * HOUR_MS},0,2,0.5,1,9`]),
  );
  const parsed = await parseText(hourlyCsv(5_000, bad));
  expect(parsed.rejectedCount).toBe(1_500);
  expect(parsed.rejections).toHaveLength(1_000);
});

function minutes(count: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    return `${START_MS + 30 * HOUR_MS + i * 60_000},100,102,98,101,1`;
  });
}

function irregular(count: number): string[] {
  return Array.from(
    { length: count },
    (_, i) => `${START_MS + i * HOUR_MS + ((i * i * 7_919) % 1_800_000)},100,102,98,101,1`,
  );
}

function every(stepMs: number): string {
  return [OHLCV_HEADER, ...hourlyRows(10, {}, stepMs)].join("\n");
}

function badHighs(): string {
  return [OHLCV_HEADER, ...hourlyRows(5).map((row) => row.replace(/^(\d+,\d+),\d+/, "$1,1"))].join(
    "\n",
  );
}

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
