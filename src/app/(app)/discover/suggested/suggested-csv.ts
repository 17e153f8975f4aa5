import { csvRow } from "#contracts/csv-cell.ts";
import type { UniverseSuggestions } from "#contracts/suggested-pairs.ts";
import { CHANGES } from "./suggestion-words.ts";

const HEAD = [
  ...["Leg Y", "Leg X", "Change", "Score", "Score before"],
  ...["Hedge ratio", "Half-life (bars)", "Correlation"],
];

/** Suggested pairs as CSV, in full precision, those that passed before and no longer do at the end. */
export function suggestedCsv({ pairs, gone }: Pick<UniverseSuggestions, "pairs" | "gone">): string {
  const listed = pairs.map((pair) => ({
    ...pair,
    word: pair.change === null ? null : CHANGES[pair.change].label,
  }));
  const lines = [...listed, ...gone.map((pair) => ({ ...pair, word: "Gone" }))].map((pair) =>
    csvRow([
      pair.symbolY,
      pair.symbolX,
      pair.word,
      pair.score,
      pair.previousScore,
      pair.hedgeRatio,
      pair.halfLifeBars,
      pair.correlation,
    ]),
  );
  return csvRow(HEAD) + lines.join("");
}
