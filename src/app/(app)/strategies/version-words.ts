import { createHash } from "node:crypto";
import type { StrategyVersionView } from "#contracts/strategy.ts";
import { configGroups, reportConfigOf, type SettingsWords } from "./config-rows.ts";

/**
 * Settings of a version of a strategy in words. Made on the server: to name them takes the code of every
 * strategy, which no reader of one should wait for.
 *
 * @param symbolOf names an instrument that is no leg: the benchmark
 */
export function versionWords(
  {
    config,
    configHash,
    books,
    gateModel,
  }: Pick<StrategyVersionView, "config" | "configHash" | "books" | "gateModel">,
  symbolOf: (instrumentId: number) => string,
): SettingsWords {
  const { benchmarkInstrument, costs } = config;
  const groups = configGroups({
    config: reportConfigOf(config),
    books,
    gateModel,
    benchmark: benchmarkInstrument === null ? null : symbolOf(benchmarkInstrument),
    // Compared and never shown, and years of funding are long.
    payments: createHash("sha256")
      .update(JSON.stringify([costs.funding, costs.dividends]))
      .digest("hex"),
  });
  return { groups, configHash };
}
