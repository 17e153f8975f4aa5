import type { ExitReason, FillConvention } from "#contracts/backtest.ts";

/** How orders were filled, for someone who has not read the documentation. */
export const FILL_WORDS: Record<FillConvention, string> = {
  "next-open": "A signal at the close of a bar is filled at the open of the next bar.",
  "next-close":
    "These series have closes only, so a signal at the close of a bar is filled at the close of the next bar.",
};

export const EXIT_WORDS: Record<ExitReason, string> = {
  exit: "Back at the exit",
  stop: "Stop",
  time: "Maximum holding",
  end: "End of the data",
  ruin: "Equity used up",
};

/** In the place of what a link leaves out. */
export const NOT_SHARED = "not shared";

export const DISCLAIMER =
  "Results are simulated; past performance does not predict future results.";
