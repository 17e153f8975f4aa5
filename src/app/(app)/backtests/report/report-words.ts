import type { BenchmarkResult, ExitReason, FillConvention } from "#contracts/backtest.ts";

/** How orders were filled, for someone who has not read the documentation. */
export const FILL_WORDS: Record<FillConvention, string> = {
  "next-open": "A signal at the close of a bar is filled at the open of the next bar.",
  "next-close":
    "These series have closes only, so a signal at the close of a bar is filled at the close of the next bar.",
};

export const EXIT_WORDS: Record<ExitReason, string> = {
  entry: "Next entry",
  exit: "Back at the exit",
  stop: "Stop",
  time: "Maximum holding",
  rebalance: "Rebalanced",
  gate: "Refused by the model",
  reversal: "Turned to the other side",
  "protective-stop": "Stop inside a bar",
  "protective-limit": "Limit inside a bar",
  liquidation: "Liquidated",
  delisted: "Delisted",
  ruin: "Equity used up",
  end: "End of the data",
};

export const BENCHMARK_WORDS: Record<BenchmarkResult["kind"], string> = {
  "buy-and-hold": "bought at the start and held",
  "equal-weight": "all instruments in equal parts",
  instrument: "the chosen instrument",
  cash: "the risk-free rate",
};

/** Names of what was learned from the formation bars; others are shown as they are. */
const FIT_WORDS: Readonly<Record<string, string>> = {
  hedgeRatio: "Hedge ratio",
  intercept: "Intercept",
  rSquared: "R²",
  mean: "Mean",
  deviation: "Deviation",
  halfLifeBars: "Half-life, bars",
  upper: "Upper threshold",
  lower: "Lower threshold",
};

export function fitLabel(name: string): string {
  return FIT_WORDS[name] ?? wordsOf(name);
}

/** "entryZScore" → "Entry z score": for names that have no words of their own. */
export function wordsOf(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** In the place of what a link leaves out. */
export const NOT_SHARED = "not shared";

export const DISCLAIMER =
  "Results are simulated; past performance does not predict future results.";
