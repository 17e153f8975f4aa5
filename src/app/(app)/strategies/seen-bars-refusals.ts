import { seenBarsRefusal } from "#contracts/gate-model-words.ts";
import type { StrategyVersionView } from "#contracts/strategy.ts";

/** Why single runs of versions are refused for the models behind which they stand, each said once. */
export function seenBarsRefusals(
  versions: readonly Pick<StrategyVersionView, "config" | "gateModel">[],
): string[] {
  const refusals = versions.flatMap(({ config, gateModel }) => {
    const refusal = gateModel === null ? null : seenBarsRefusal(gateModel, config.trading);
    return refusal === null ? [] : [`${refusal}.`];
  });
  return [...new Set(refusals)];
}
