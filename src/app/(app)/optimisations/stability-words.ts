/** What the ground around a trial is like. */
export type Ground = "plateau" | "slope" | "lone-peak" | "unknown" | "not-good";

/** Share of a trial's objective that its neighbours keep on a plateau, and on a slope. */
const PLATEAU_FROM = 0.75;
const SLOPE_FROM = 0.4;

/**
 * What the neighbours of a trial say about it.
 *
 * @param own its objective; null where it has none
 * @param neighbours median objective of its neighbours; null where none was tried or has one
 * @param reference objective that neither wins nor loses
 */
export function groundOf(
  own: number | null,
  neighbours: number | null,
  reference: number,
): { readonly ground: Ground; readonly kept: number | null } {
  if (own === null || own <= reference) return { ground: "not-good", kept: null };
  if (neighbours === null) return { ground: "unknown", kept: null };
  const kept = (neighbours - reference) / (own - reference);
  if (kept >= PLATEAU_FROM) return { ground: "plateau", kept };
  return { ground: kept >= SLOPE_FROM ? "slope" : "lone-peak", kept };
}

export const GROUND_LABELS: Readonly<Record<Ground, string>> = {
  plateau: "A plateau",
  slope: "A slope",
  "lone-peak": "A lone peak",
  unknown: "No neighbours",
  "not-good": "Nothing to hold",
};

/** The same as a sentence about the best trial. */
export const GROUND_SENTENCES: Readonly<Record<Ground, string>> = {
  plateau:
    "Combinations next to the best one are about as good: it does not hang on one exact setting.",
  slope:
    "Combinations next to the best one are clearly worse: part of its figure is the exact setting.",
  "lone-peak":
    "Combinations next to the best one lose most of its figure. What only one exact setting shows is most likely chance: take the middle of a good region instead.",
  unknown:
    "No combination next to the best one was tried, so nothing is known of the ground around it. A grid about it would show.",
  "not-good":
    "The best trial makes nothing after costs, so there is nothing for neighbours to keep.",
};
