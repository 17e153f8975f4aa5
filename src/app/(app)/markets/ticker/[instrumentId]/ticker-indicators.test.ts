import { expect, test } from "vitest";
import { indicatorsOfSearch, searchOfIndicators } from "./ticker-indicators.ts";

test("an address without indicators draws the usual two, an empty choice none", () => {
  expect(indicatorsOfSearch(null)).toEqual(["sma20", "sma50"]);
  expect(indicatorsOfSearch(searchOfIndicators([]))).toEqual([]);
});

test("a choice comes back from the address; what is no indicator is left out", () => {
  expect(indicatorsOfSearch(searchOfIndicators(["macd", "atr14"]))).toEqual(["macd", "atr14"]);
  expect(indicatorsOfSearch("macd.constructor.alligator")).toEqual(["macd"]);
});
