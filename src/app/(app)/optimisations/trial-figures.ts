import type { MetricName } from "#contracts/backtest.ts";
import { formatFigure } from "#ui/format-figure.ts";
import { type FigureDefinition, METRIC_DEFINITIONS } from "#ui/metric-definitions.ts";

/** Figures of a trial that are figures of a report by another name. */
const SAME_AS: Readonly<Record<string, MetricName>> = {
  trades: "tradeCount",
  underwaterBarsMax: "drawdownDurationBars",
};

/** Figures of a trial that no report shows by itself. */
const OWN: Readonly<Record<string, FigureDefinition>> = {
  fees: {
    label: "Fees",
    unit: "quote currency",
    format: "money",
    definition: "All fees of the trial together.",
    computation: "Σ traded value × fee rate of its venue and role.",
    good: "Small against the net P&L.",
    caveat: "A parameter that trades more often pays more: look at the turnover beside it.",
  },
  slippageCost: {
    label: "Slippage cost",
    unit: "quote currency",
    format: "money",
    definition: "What fills were worse than the prices they were decided at.",
    computation: "Σ |fill price − price in the data| × quantity.",
    good: "Small against the net P&L.",
    caveat: "As good as the slippage model.",
  },
  carry: {
    label: "Carry",
    unit: "quote currency",
    format: "money",
    definition: "What holding brought or cost: funding and dividends received less borrow paid.",
    computation: "Σ funding + dividends − borrow.",
    good: "Above zero, or small.",
    caveat: "Only of the costs that the strategy has switched on.",
  },
};

/** The order of figures in tables and lists: what is asked first stands first. */
const ORDER: readonly string[] = [
  ...["sharpeRatio", "totalReturn", "drawdownMax", "trades", "profitFactor", "winRate"],
  ...["annualisedReturn", "annualisedVolatility", "sortinoRatio", "calmarRatio", "omegaRatio"],
  ...["valueAtRisk95", "conditionalValueAtRisk95", "underwaterBarsMax", "expectancy"],
  ...["exposure", "turnover", "fees", "slippageCost", "carry"],
];

/** Names of figures in their order; those without a place come last. */
export function inFigureOrder(names: readonly string[]): readonly string[] {
  const place = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return names.toSorted((a, b) => place(a) - place(b));
}

/** Figures that charts and rows show first; the objective stands before them. */
export const MAIN_FIGURES = ["sharpeRatio", "totalReturn", "drawdownMax", "trades"] as const;

/** Asked for where trials are few enough to carry them. */
export const FURTHER_FIGURES = [
  "sortinoRatio",
  "calmarRatio",
  "profitFactor",
  "winRate",
  "expectancy",
  "exposure",
  "turnover",
] as const;

/** Everything that is said about a figure of a trial; null for one that has no words yet. */
export function trialFigure(name: string): FigureDefinition | null {
  const metrics: Readonly<Record<string, FigureDefinition>> = METRIC_DEFINITIONS;
  const metric = SAME_AS[name] ?? name;
  return OWN[name] ?? (Object.hasOwn(metrics, metric) ? (metrics[metric] ?? null) : null);
}

/** A figure of a trial as its definition writes it. */
export function trialFigureText(name: string, value: number | null | undefined): string {
  return formatFigure(trialFigure(name)?.format ?? "number", value);
}

/** The name of a figure of a trial. */
export function trialFigureLabel(name: string): string {
  return trialFigure(name)?.label ?? name;
}
