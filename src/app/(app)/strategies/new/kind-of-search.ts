import type { StrategyKind } from "#quant/strategies/strategy-kinds.ts";
import { STRATEGY_KIND_LABELS } from "../strategy-kind-labels.ts";

function isKind(text: string): text is StrategyKind {
  return Object.hasOwn(STRATEGY_KIND_LABELS, text);
}

/** The kind that an address names (kind), if it names one. */
export function kindOfSearch(get: (key: string) => string | null): StrategyKind | null {
  const text = get("kind") ?? "";
  return isKind(text) ? text : null;
}
