import { expect, test } from "vitest";
import { listingsOf } from "./exchange-info.ts";

const BNB = {
  symbol: "BNBUSDT",
  status: "TRADING",
  baseAsset: "BNB",
  quoteAsset: "USDT",
  pricePrecision: 2,
  filters: [
    { filterType: "PRICE_FILTER", minPrice: "0.1", maxPrice: "1000", tickSize: "0.10000000" },
    { filterType: "LOT_SIZE", minQty: "0.01", maxQty: "9000", stepSize: "0.01000000" },
    { filterType: "MAX_NUM_ORDERS", maxNumOrders: 200 },
  ],
};

test("the tick size is the price filter's and never the precision", () => {
  expect(listingsOf("spot", { symbols: [BNB] })).toEqual([
    {
      symbol: "BNBUSDT",
      baseAsset: "BNB",
      quoteAsset: "USDT",
      status: "trading",
      venueStatus: "TRADING",
      tickSize: "0.10000000",
      lotSize: "0.01000000",
      listedAtMs: null,
    },
  ]);
});

test.each(["HALT", "BREAK", "END_OF_DAY", "CANCEL_ONLY", "SOMETHING_NEW"])(
  "an instrument in %s does not trade",
  (status) => {
    expect(listingsOf("spot", { symbols: [{ ...BNB, status }] })).toMatchObject([
      { status: "halted", venueStatus: status },
    ]);
  },
);

test("of futures the perpetuals are listed, with the day they began", () => {
  const symbols = [
    { ...BNB, contractType: "PERPETUAL", onboardDate: 1_569_398_400_000 },
    { ...BNB, symbol: "BNBUSDT_261225", contractType: "CURRENT_QUARTER" },
  ];
  expect(listingsOf("usdm", { symbols })).toMatchObject([
    { symbol: "BNBUSDT", listedAtMs: 1_569_398_400_000 },
  ]);
});

test("an instrument that cannot be read is left out; a size of zero is no rule", () => {
  const zero = { ...BNB, filters: [{ filterType: "PRICE_FILTER", tickSize: "0.00000000" }] };
  expect(listingsOf("spot", { symbols: [{ symbol: 7 }, null, zero] })).toMatchObject([
    { symbol: "BNBUSDT", tickSize: null, lotSize: null },
  ]);
});

test("what is no exchangeInfo is refused", () => {
  expect(() => listingsOf("spot", { code: -1 })).toThrow();
});
