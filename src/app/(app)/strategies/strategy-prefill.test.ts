import { expect, test } from "vitest";
import type { SeriesCoverage } from "#contracts/market-data.ts";
import { StrategyForm } from "./strategy-form-values.ts";
import { strategyOfPair } from "./strategy-prefill.ts";

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2023, 0, 1);
const END_MS = Date.UTC(2025, 0, 1);

function coverage(instrumentId: number): SeriesCoverage {
  return {
    seriesId: instrumentId,
    instrumentId,
    symbol: `S${instrumentId}`,
    name: "",
    group: "",
    venue: "upload",
    intervalMs: HOUR_MS,
    calendar: "continuous",
    closeOnly: false,
    firstOpenTimeMs: START_MS,
    lastOpenTimeMs: END_MS - HOUR_MS,
    barCount: 17_544,
    missingCount: 0,
    gapCount: 0,
    duplicateCount: 0,
    rejectedCount: 0,
    contentHash: "",
    updatedAtMs: 0,
  };
}

const SERIES = [coverage(1), coverage(2), coverage(3)];
const PAIR = { instrumentY: 1, instrumentX: 2, intervalMs: HOUR_MS };

test("a strategy on a scanned pair trades from the end of the scan's window to the end of the data", () => {
  const formation = { startMs: START_MS, endMs: Date.UTC(2023, 6, 1) };
  const { config } = StrategyForm.parse({
    name: "A name",
    notes: "",
    config: strategyOfPair({ ...PAIR, formation }, SERIES),
  });
  expect(config.formation).toEqual(formation);
  expect(config.trading).toEqual({ startMs: formation.endMs, endMs: END_MS });
});

test("a scan over all the data is split again, so that something is left to trade", () => {
  const formation = { startMs: START_MS, endMs: END_MS };
  const { config } = StrategyForm.parse({
    name: "A name",
    notes: "",
    config: strategyOfPair({ ...PAIR, formation }, SERIES),
  });
  expect(config.formation.endMs).toBeLessThan(END_MS);
  expect(config.trading.endMs).toBe(END_MS);
});
