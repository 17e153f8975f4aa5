import { expect, test } from "vitest";
import { DatasetConfig } from "#contracts/dataset.ts";
import { THESIS_PAIRS, THESIS_SPANS, thesisDataset } from "#contracts/thesis-comparison.ts";
import { findThesisPairs } from "./thesis-pairs.ts";

const DAY_MS = 86_400_000;
const SPAN = THESIS_SPANS["2023"];
const SYMBOLS = [...new Set(THESIS_PAIRS.flat())].sort();

/** Prices of New York days: they begin at the midnight there. */
const seriesOf = (symbol: string, instrumentId: number) => ({
  ...{ symbol, instrumentId, venue: "upload" as const, intervalMs: DAY_MS },
  firstOpenTimeMs: SPAN.startMs + 5 * 3_600_000,
  lastOpenTimeMs: SPAN.endMs - 19 * 3_600_000,
});
const all = SYMBOLS.map((symbol, i) => seriesOf(symbol, i + 1));

test("the 19 published pairs are found by symbol, and make a dataset", () => {
  const { books, missing, short } = findThesisPairs(all, SPAN);
  expect({ pairs: books.length, missing, short }).toEqual({ pairs: 19, missing: [], short: [] });
  const symbolsOf = books.map((book) => book.map((id) => SYMBOLS[id - 1]));
  expect(symbolsOf).toEqual(THESIS_PAIRS);
  expect(DatasetConfig.safeParse(thesisDataset(books, SPAN)).error).toBeUndefined();
});

test("what is missing is named: pairs of other legs are still compared", () => {
  const late = (one: (typeof all)[number]) => ({ ...one, firstOpenTimeMs: SPAN.startMs + DAY_MS });
  const hourly = (one: (typeof all)[number]) => ({ ...one, intervalMs: 3_600_000 });
  const series = all
    .filter(({ symbol }) => symbol !== "MBB")
    .map((one) => (one.symbol === "VTC" ? late(one) : one.symbol === "SMH" ? hourly(one) : one));
  const { books, missing, short } = findThesisPairs(series, SPAN);
  expect({ pairs: books.length, missing, short }).toEqual({
    ...{ pairs: 14, missing: ["MBB", "SMH"], short: ["VTC"] },
  });
});

test("synthetic prices of the same symbols are not the published ones", () => {
  const demo = all.map((one) => ({ ...one, venue: "demo" as const }));
  expect(findThesisPairs(demo, SPAN).missing).toEqual(SYMBOLS);
});
