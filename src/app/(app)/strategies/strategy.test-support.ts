import type { SeriesCoverage } from "#contracts/market-data.ts";
import type { StrategyConfig, StrategyVersionView } from "#contracts/strategy.ts";
import { STRATEGY_DEFAULTS } from "#contracts/strategy-defaults.ts";
import type { StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import { parametersOf } from "./parameter-groups.ts";

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2023, 0, 1);
const END_MS = Date.UTC(2025, 0, 1);

/** A valid configuration of a kind, on a pair or on three instruments. */
export function testConfig(
  kind: StrategyKind = "z-score-reversion",
  more: Partial<StrategyConfig> = {},
): StrategyConfig {
  const isMany = kind === "momentum-ranking" || kind === "indicator-vote";
  return {
    ...STRATEGY_DEFAULTS,
    costs: { ...STRATEGY_DEFAULTS.costs, dividends: [] },
    kind,
    parameters: Object.fromEntries(
      parametersOf(kind).map(({ name, parameter }) => [name, parameter.default]),
    ),
    books: isMany ? [[1, 2, 3]] : [[1, 2]],
    intervalMs: HOUR_MS,
    formation: { startMs: START_MS, endMs: Date.UTC(2023, 6, 1) },
    trading: { startMs: Date.UTC(2023, 6, 1), endMs: Date.UTC(2024, 0, 1, 12, 30, 5) },
    ...more,
  };
}

/** A version with such a configuration. */
export function testVersion(more: Partial<StrategyConfig> = {}): StrategyVersionView {
  const config = testConfig(more.kind, more);
  return {
    id: "00000000-0000-4000-8000-000000000001",
    version: 1,
    config,
    configHash: "a",
    books: config.books.map((book) =>
      book.map((instrumentId) => ({ instrumentId, symbol: `S${instrumentId}`, venue: "upload" })),
    ),
    createdAtMs: 0,
    backtestCount: 0,
    gateModel: null,
  };
}

/** Two years of hourly prices of an instrument. */
export function testCoverage(instrumentId: number, symbol = `S${instrumentId}`): SeriesCoverage {
  return {
    seriesId: instrumentId,
    instrumentId,
    symbol,
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
