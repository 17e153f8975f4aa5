import { csvRow } from "#contracts/csv-cell.ts";
import type { SignalFlagName, SignalQuality } from "#contracts/pair-analysis.ts";
import { REASON_WORDS } from "./reason-words.ts";

/** What each flag holds against its limit, and what is wrong where it does not hold. */
export const FLAG_WORDS: Readonly<
  Record<SignalFlagName, { readonly label: string; readonly issue: string }>
> = {
  stationary: {
    label: "Dickey–Fuller p below",
    issue: "The spread may be a random walk.",
  },
  correlated: {
    label: "Correlation of 50 bars above",
    issue: "The legs do not move together now.",
  },
  "hedge-stable": {
    label: "Swing of the slope, 20 bars against all, below",
    issue: "The hedge ratio swings more than it usually does.",
  },
  liquid: {
    label: "Volume against its 50-bar mean above",
    issue: "Less than usual is traded in one of the legs.",
  },
};

/** The flags as CSV, with the quality and the guard that follow from them. */
export function signalCsv({ quality, guard, flags }: SignalQuality, lastMs: number): string {
  const at = new Date(lastMs).toISOString();
  const lines = flags.map(({ name, holds, value, limit, reason }) =>
    csvRow([
      at,
      FLAG_WORDS[name].label,
      limit,
      value,
      holds,
      reason === null ? null : REASON_WORDS[reason],
      quality,
      guard,
    ]),
  );
  const head = ["Bar (UTC)", "Flag", "Limit", "Value", "Holds", "Why not known"];
  return csvRow([...head, "Signal quality", "Guard"]) + lines.join("");
}
