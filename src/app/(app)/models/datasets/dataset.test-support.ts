import type { SeriesCoverage } from "#contracts/market-data.ts";
import { blankDataset, type NamedDatasetValues } from "./dataset-form-values.ts";

export const HOUR_MS = 3_600_000;
export const DATA_START_MS = Date.UTC(2023, 0, 1);
export const DATA_END_MS = Date.UTC(2025, 0, 1);

/** An hourly instrument with bars of two years, or from another day on. */
export function coverage(
  instrumentId: number,
  symbol: string,
  firstOpenTimeMs = DATA_START_MS,
): SeriesCoverage {
  return {
    ...{ seriesId: instrumentId, instrumentId, symbol, name: "", group: "", venue: "upload" },
    ...{ intervalMs: HOUR_MS, calendar: "continuous", closeOnly: false, barCount: 17_544 },
    ...{ firstOpenTimeMs, lastOpenTimeMs: DATA_END_MS - HOUR_MS, missingCount: 0, gapCount: 0 },
    ...{ duplicateCount: 0, rejectedCount: 0, contentHash: "", updatedAtMs: 0 },
  };
}

/** A form of a pair to which nothing is left to do. */
export function filledForm(): NamedDatasetValues {
  return {
    name: "Spreads",
    notes: "",
    config: {
      ...blankDataset(),
      pairs: [{ y: "1", x: "2" }],
      intervalMs: String(HOUR_MS),
      window: { startMs: DATA_START_MS, endMs: DATA_END_MS },
    },
  };
}
