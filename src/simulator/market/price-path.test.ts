import { describe, expect, test } from "vitest";
import { engleGranger } from "#quant/cointegration/engle-granger.ts";
import { correlation } from "#quant/stats/correlation.ts";
import { EPOCH_MS, HOUR_MS } from "./calendar.ts";
import { INSTRUMENT_PLANS } from "./instrument-plan.ts";
import { createPriceFactors } from "./price-factors.ts";
import { createPricePath, type PricePath } from "./price-path.ts";

const FACTORS = createPriceFactors(1);
const FIRST_HOUR = (Date.UTC(2026, 0, 1) - EPOCH_MS) / HOUR_MS;

function pathOf(symbol: string, market = "spot"): PricePath {
  const plan = INSTRUMENT_PLANS.find((each) => each.symbol === symbol && each.market === market);
  if (plan === undefined) throw new Error(`No plan for ${symbol}`);
  return createPricePath(plan, FACTORS);
}

/** Log prices at the end of each of 2,500 hours. */
function hoursOf(path: PricePath): Float64Array {
  return Float64Array.from({ length: 2_500 }, (_, i) => path.minutesOf(FIRST_HOUR + i)[60] ?? 0);
}

function returnsOf(path: PricePath): Float64Array {
  const minutes = Array.from({ length: 24 }, (_, i) => [
    ...path.minutesOf(FIRST_HOUR + i).subarray(0, 60),
  ]).flat();
  return Float64Array.from(minutes.slice(1), (price, i) => price - (minutes[i] ?? 0));
}

describe("price paths", () => {
  test("an hour begins where the one before it ended", () => {
    const path = pathOf("ETHUSDT");
    for (let i = 0; i < 50; i++) {
      const end = path.minutesOf(FIRST_HOUR + i)[60] ?? 0;
      expect(path.minutesOf(FIRST_HOUR + i + 1)[0]).toBeCloseTo(end, 12);
    }
  });

  test.each([
    ["AVAXUSDT", "SOLUSDT"],
    ["MANAUSDT", "SANDUSDT"],
    ["XLMUSDT", "XRPUSDT"],
    ["SHIBUSDT", "DOGEUSDT"],
  ])("%s and %s are cointegrated over some months", (legY, legX) => {
    const { pValue } = engleGranger(hoursOf(pathOf(legY)), hoursOf(pathOf(legX)));
    expect(pValue).toBeLessThan(0.01);
  });

  test("symbols of different groups are not", () => {
    const { pValue } = engleGranger(hoursOf(pathOf("FILUSDT")), hoursOf(pathOf("BNBUSDT")));
    expect(pValue).toBeGreaterThan(0.1);
  });

  test("what moves together by the hour does so by the minute", () => {
    const minutes = correlation(returnsOf(pathOf("ETHUSDT")), returnsOf(pathOf("BTCUSDT")));
    expect(minutes).toBeGreaterThan(0.5);
  });

  test("a perpetual stays within a percent of its spot price", () => {
    const spot = hoursOf(pathOf("BTCUSDT"));
    const perpetual = hoursOf(pathOf("BTCUSDT", "usdm"));
    const distances = spot.map((price, i) => Math.abs(price - (perpetual[i] ?? 0)));
    expect(Math.max(...distances)).toBeLessThan(0.01);
    expect(Math.max(...distances)).toBeGreaterThan(0);
  });

  test("prices stay of their order for years", () => {
    const path = pathOf("BTCUSDT");
    const prices = Array.from({ length: 120 }, (_, month) =>
      Math.exp(path.minutesOf(month * 730)[0] ?? 0),
    );
    expect(Math.min(...prices)).toBeGreaterThan(60_000 / 5);
    expect(Math.max(...prices)).toBeLessThan(60_000 * 5);
  });
});
