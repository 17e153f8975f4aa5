import type { WindowFormValues } from "./form-numbers.ts";
import type { Dates } from "./strategy-prefill.ts";

/**
 * The four dates when other legs suggest others: one that still is what was suggested last, or is empty,
 * follows; one that a person typed stays.
 */
export function followDates(shown: Dates, suggestedBefore: Dates, suggested: Dates): Dates {
  return {
    formation: followWindow(shown.formation, suggestedBefore.formation, suggested.formation),
    trading: followWindow(shown.trading, suggestedBefore.trading, suggested.trading),
  };
}

/** A window when others suggest another: an end that was typed stays. */
export function followWindow(
  shown: WindowFormValues,
  before: WindowFormValues,
  suggested: WindowFormValues,
): WindowFormValues {
  const follow = (end: keyof WindowFormValues) =>
    shown[end] === null || shown[end] === before[end] ? suggested[end] : shown[end];
  return { startMs: follow("startMs"), endMs: follow("endMs") };
}
