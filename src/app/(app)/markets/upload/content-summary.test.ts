import { expect, test } from "vitest";
import type { UploadFormat, UploadPreview } from "#contracts/upload.ts";
import { contentSummary } from "./content-summary.ts";

const FORMAT: UploadFormat = {
  layout: "long",
  delimiter: ",",
  hasHeader: true,
  timestampUnit: "ms",
  symbol: null,
  columns: { time: 0, symbol: 1, open: null, high: null, low: null, close: 2, volume: null },
};

function preview(symbolCount: number, complete: boolean): UploadPreview {
  return {
    header: [],
    rows: [],
    rejections: [],
    symbols: Array.from({ length: symbolCount }, (_, i) => `S${i}`),
    intervalMs: 3_600_000,
    calendar: "continuous",
    closeOnly: true,
    refusal: null,
    complete,
  };
}

test("regression: the symbols of the first MB were given as those of the file", () => {
  const words = contentSummary({ format: FORMAT, preview: preview(8, false) });
  expect(words).toContain("at least 8 symbols in the first MB · 1h bars");
});

test.each([
  { name: "of a file read whole", layout: "long", count: 8, complete: true, words: "8 symbols ·" },
  { name: "of one symbol", layout: "single", count: 1, complete: false, words: "S0 ·" },
  {
    name: "of a wide file's header",
    layout: "wide",
    count: 9,
    complete: false,
    words: "9 symbols ·",
  },
] as const)("the symbols $name are all there are", ({ layout, count, complete, words }) => {
  const format = { ...FORMAT, layout };
  expect(contentSummary({ format, preview: preview(count, complete) })).toMatch(
    new RegExp(`^${words}`),
  );
});

test("trades say which bars they become", () => {
  const format: UploadFormat = {
    layout: "trades",
    delimiter: "json",
    hasHeader: false,
    timestampUnit: "iso",
    symbol: null,
    columns: { time: 1, symbol: 0, price: 2, quantity: 3, id: null },
    intervalsMs: [3_600_000, 1_000],
  };
  const words = contentSummary({ format, preview: { ...preview(2, true), intervalMs: null } });
  expect(words).toBe(
    "2 symbols · to become bars of 1s, 1h · Trades, one a row · A JSON object a line · Date and time (ISO 8601)",
  );
});
