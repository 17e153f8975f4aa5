import type { LeasedLivePair } from "#db/live-pairs.ts";
import type { SkippedBars } from "./stored-bars.ts";

/** What is said of bars of a pair at which no rule has looked. */
export function skippedInWords(
  { legY, legX }: Pick<LeasedLivePair, "legY" | "legX">,
  { afterMs, beforeMs }: SkippedBars,
): string {
  return (
    `Rules on ${legY.symbol} / ${legX.symbol} did not look at its bars after ${utc(afterMs)} and before ` +
    `${utc(beforeMs)}: too many had closed while no worker computed it`
  );
}

function utc(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
