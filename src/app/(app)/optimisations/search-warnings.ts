import type { OptimisationConfig, OptimisationSummary, TrialRow } from "#contracts/optimisation.ts";
import { formatInteger } from "#ui/format.ts";
import { OBJECTIVE_REFERENCE } from "./optimisation-words.ts";
import { groundOf } from "./stability-words.ts";

/** Fewer trades than this prove nothing, however good they look. */
const TRADES_FEW = 30;

/**
 * What to beware of in a finished search, most important first.
 *
 * @param summary of the search
 * @param config what was searched
 * @param labelOf name of a parameter for people
 */
export function searchWarnings(
  summary: OptimisationSummary,
  config: OptimisationConfig,
  labelOf: (name: string) => string,
): readonly string[] {
  const warnings: string[] = [];
  const [best] = summary.best;
  if (best === undefined) {
    return [
      `No trial made at least ${formatInteger(config.tradesMin)} trades and has the objective, so there is no best one. Ask for fewer trades or widen the ranges.`,
    ];
  }
  const trades = best.figures["trades"] ?? null;
  if (trades !== null && trades < TRADES_FEW) {
    warnings.push(
      `The best trial rests on ${formatInteger(trades)} ${trades === 1 ? "trade" : "trades"}: not enough to judge.`,
    );
  }
  const { objective } = config;
  const around = groundOf(
    best.figures[objective] ?? null,
    best.neighbours,
    OBJECTIVE_REFERENCE[objective],
  );
  if (around.ground === "lone-peak") {
    warnings.push(
      "The best trial is a lone peak: the combinations next to it lose most of its figure.",
    );
  }
  const ends = atRangeEnds(best, config).map(labelOf);
  if (ends.length > 0) {
    warnings.push(
      `The best trial lies at the end of the range of ${listed(ends)}: what is beyond was not tried.`,
    );
  }
  if (summary.skipped > 0) {
    warnings.push(
      `${formatInteger(summary.skipped)} ${summary.skipped === 1 ? "combination was" : "combinations were"} left out because the strategy’s own rules forbid ${summary.skipped === 1 ? "it" : "them"}.`,
    );
  }
  return warnings;
}

/** Parameters whose best value is the first or the last that was tried, of at least three. */
export function atRangeEnds(best: TrialRow, config: OptimisationConfig): readonly string[] {
  return Object.entries(config.space).flatMap(([name, range]) => {
    const value = best.parameters[name];
    if (typeof value !== "number") return [];
    if (range.kind === "range") {
      const { from, to, step } = range;
      const steps = Math.floor((to - from) / step + 1e-9);
      const last = from + steps * step;
      return steps >= 2 && (isNear(value, from, step) || isNear(value, last, step)) ? [name] : [];
    }
    const numbers = range.values.filter((one) => typeof one === "number");
    const isEnd = value === Math.min(...numbers) || value === Math.max(...numbers);
    return numbers.length >= 3 && isEnd ? [name] : [];
  });
}

function isNear(value: number, end: number, step: number): boolean {
  return Math.abs(value - end) < step / 1_000;
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
