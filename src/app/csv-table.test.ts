import { expect, test } from "vitest";
import { csvRow } from "#contracts/csv-cell.ts";
import { csvTable } from "./csv-table.ts";

test("a table of an export has its header, its times and its numbers back", () => {
  const header = ["time (UTC)", 'close Y: A,"B"', "spread"];
  const text = csvRow(header) + csvRow(["2024-01-01T00:00:00.000Z", 1.5, null]);
  expect(csvTable(text)).toEqual({ header, rows: [["2024-01-01T00:00:00.000Z", 1.5, null]] });
});
