import { expect, test } from "vitest";
import { csvTime, type DataColumn } from "./data-table-column.ts";
import { compareCells, filterRows, rowsCsv } from "./table-rows.ts";

type Pair = { y: string; x: string; p: number | null };

const COLUMNS: DataColumn<Pair>[] = [
  { id: "y", header: "Leg Y", value: ({ y }) => y },
  { id: "x", header: "Leg X", value: ({ x }) => x },
  { id: "p", header: "p", unit: "probability", value: ({ p }) => p },
];

const ROWS: Pair[] = [
  { y: "ADA", x: "ETH", p: 0.012345678901 },
  { y: "ADA", x: "=SUM", p: null },
];

test("every word of the filter must occur somewhere in the row", () => {
  expect(filterRows(ROWS, COLUMNS, "eth ada")).toEqual([ROWS[0]]);
  expect(filterRows(ROWS, COLUMNS, "eth btc")).toEqual([]);
});

test("an empty filter keeps the very same rows", () => {
  expect(filterRows(ROWS, COLUMNS, "  ")).toBe(ROWS);
});

test.each([
  { name: "numbers by size", left: 9, right: 10 },
  { name: "negative numbers by size", left: -10, right: -9 },
  { name: "words with numbers in their order", left: "pair 9", right: "pair 10" },
  { name: "words in any case", left: "ada", right: "BTC" },
])("compareCells orders $name", ({ left, right }) => {
  expect(compareCells(left, right)).toBeLessThan(0);
  expect(compareCells(right, left)).toBeGreaterThan(0);
});

test("the CSV has full precision, units, and no cell that a spreadsheet would run", () => {
  expect(rowsCsv(ROWS, COLUMNS)).toBe(
    "Leg Y,Leg X,p (probability)\r\nADA,ETH,0.012345678901\r\nADA,'=SUM,\r\n",
  );
});

test("regression: intervals and times were exported in milliseconds, buttons as a column", () => {
  const columns: DataColumn<{ intervalMs: number; timeMs: number | null }>[] = [
    {
      id: "interval",
      header: "Interval",
      value: ({ intervalMs }) => intervalMs,
      csv: { value: () => "1h" },
    },
    {
      id: "time",
      header: "First bar",
      value: ({ timeMs }) => timeMs,
      csv: csvTime((row) => row.timeMs),
    },
    { id: "actions", header: "Actions", value: () => null, sortable: false },
  ];
  const rows = [
    { intervalMs: 3_600_000, timeMs: 0 },
    { intervalMs: 3_600_000, timeMs: null },
  ];
  expect(rowsCsv(rows, columns)).toBe(
    "Interval,First bar (UTC)\r\n1h,1970-01-01T00:00:00.000Z\r\n1h,\r\n",
  );
});
