import type { StrategyVersionView } from "#contracts/strategy.ts";
import { type ConfigGroup, configGroups, reportConfigOf } from "./config-rows.ts";
import { type DiffRow, settingsDiff } from "./settings-diff.ts";

/**
 * Every setting of two versions of a strategy side by side; see settingsDiff.
 *
 * @param symbolOf names an instrument that is no leg: the benchmark
 */
export function versionDiff(
  before: StrategyVersionView,
  after: StrategyVersionView,
  symbolOf: (instrumentId: number) => string,
): DiffRow[] {
  return settingsDiff(groupsOf(before, symbolOf), groupsOf(after, symbolOf));
}

function groupsOf(
  { config, books }: StrategyVersionView,
  symbolOf: (instrumentId: number) => string,
): readonly ConfigGroup[] {
  const { benchmarkInstrument, costs } = config;
  return configGroups({
    config: reportConfigOf(config),
    books,
    benchmark: benchmarkInstrument === null ? null : symbolOf(benchmarkInstrument),
    payments: JSON.stringify([costs.funding, costs.dividends]),
  });
}
