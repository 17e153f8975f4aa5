import type { Objective } from "#contracts/objective.ts";
import type { OptimisationConfig } from "#contracts/optimisation.ts";

export type MethodKind = OptimisationConfig["method"]["kind"];

/** What trials are judged by, as lists and forms call it. */
export const OBJECTIVE_LABELS: Readonly<Record<Objective, string>> = {
  sharpeRatio: "Sharpe ratio",
  totalReturn: "Total return",
  calmarRatio: "Calmar ratio",
  sortinoRatio: "Sortino ratio",
  profitFactor: "Profit factor",
};

/** What each is, in a sentence. */
export const OBJECTIVE_HELP: Readonly<Record<Objective, string>> = {
  sharpeRatio: "Return for each unit of volatility. The over-fitting figures are about it.",
  totalReturn: "Growth of the account. It favours whatever took the most risk.",
  calmarRatio: "Yearly return for each unit of the worst fall, which is one single event.",
  sortinoRatio: "Like the Sharpe ratio, but only swings downwards count as risk.",
  profitFactor: "Won for each unit lost. Trials without a losing trade have none.",
};

/** The value of an objective that neither wins nor loses: what colours and ratios are measured from. */
export const OBJECTIVE_REFERENCE: Readonly<Record<Objective, number>> = {
  sharpeRatio: 0,
  totalReturn: 0,
  calmarRatio: 0,
  sortinoRatio: 0,
  profitFactor: 1,
};

/** How combinations are chosen. */
export const METHODS: Readonly<
  Record<MethodKind, { readonly label: string; readonly help: string }>
> = {
  grid: {
    label: "Grid",
    help: "Tries every combination. Nothing is missed, and the map has no holes.",
  },
  random: {
    label: "Random",
    help: "Draws combinations evenly, none twice. A few hundred show where a large space is good.",
  },
  tpe: {
    label: "TPE",
    help: "Draws where good trials were so far (tree-structured Parzen estimator). Gets far with few trials, and fits the past the hardest.",
  },
};

/** The method of a list item by name; one that is not known keeps its own. */
export function methodLabel(method: string): string {
  const methods: Readonly<Record<string, { readonly label: string }>> = METHODS;
  return methods[method]?.label ?? method;
}
