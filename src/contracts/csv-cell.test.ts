import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type CsvValue, csvCell, csvRow } from "./csv-cell.ts";

test.each([
  { value: "=1+2", cell: "'=1+2" },
  { value: "+1", cell: "'+1" },
  { value: "-1", cell: "'-1" },
  { value: "@SUM(A1)", cell: "'@SUM(A1)" },
  { value: "\tx", cell: "'\tx" },
  { value: "\0x", cell: "'\0x" },
  { value: "\r=1", cell: `"'\r=1"` },
  { value: 'a "b", c', cell: '"a ""b"", c"' },
  { value: -1.5, cell: "-1.5" },
  { value: null, cell: "" },
  { value: "BTCUSDT", cell: "BTCUSDT" },
])("$value is written as $cell", ({ value, cell }) => {
  expect(csvCell(value)).toBe(cell);
});

test("no text reaches a spreadsheet with a formula's first character, and none is lost", () => {
  const value = fc.oneof(fc.string({ unit: "binary" }), fc.double({ noNaN: true }));
  fc.assert(
    fc.property(fc.array(value, { minLength: 2, maxLength: 6 }), (values: CsvValue[]) => {
      const [row = []] = parse(csvRow(values), {
        record_delimiter: "\r\n",
        relax_column_count: true,
      });
      expect(row).toHaveLength(values.length);
      for (const [i, cell] of row.entries()) {
        const original = values[i];
        if (typeof original !== "string") continue;
        expect(cell).not.toMatch(/^[=+\-@\t\r\n\0]/);
        expect([original, `'${original}`]).toContain(cell);
      }
    }),
  );
});
