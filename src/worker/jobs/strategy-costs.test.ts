import { expect, test } from "vitest";
import type { Costs } from "#contracts/strategy.ts";
import { STRATEGY_DEFAULTS } from "#contracts/strategy-defaults.ts";
import type { TradedInstrument } from "#db/traded-instruments.ts";
import { FEE_VENUES, VENUE_FEES } from "#quant/backtest/venue-fees.ts";
import { instrumentCosts } from "./strategy-costs.ts";

const COSTS: Costs = { ...STRATEGY_DEFAULTS.costs, dividends: [] };
const UPLOADED: TradedInstrument = {
  ...{ id: 1, symbol: "KO", venue: "upload", market: "", tickSize: null, lotSize: null },
};

test.each(FEE_VENUES)("regression: the fees of %s were out of reach", (venue) => {
  const costs: Costs = { ...COSTS, fees: { kind: "schedule", venue } };
  expect(instrumentCosts(costs, UPLOADED).fees).toEqual(VENUE_FEES[venue]);
});

test.each([
  { venue: "binance", market: "spot", is: "binance-spot" },
  { venue: "binance", market: "usdm", is: "binance-usdm" },
  { venue: "simulated", market: "spot", is: "binance-spot" },
  { venue: "simulated", market: "usdm", is: "binance-usdm" },
] as const)("an instrument of $venue $market has the fees of $is", ({ venue, market, is }) => {
  const costs: Costs = { ...COSTS, fees: { kind: "venue" } };
  expect(instrumentCosts(costs, { ...UPLOADED, venue, market }).fees).toEqual(VENUE_FEES[is]);
});

test("of an upload nobody knows the venue, which is said", () => {
  const costs: Costs = { ...COSTS, fees: { kind: "venue" } };
  expect(() => instrumentCosts(costs, UPLOADED)).toThrow("fees of KO's venue are not known");
});
