import { expect, test } from "vitest";
import type { SuggestedChange, UniverseSuggestions } from "#contracts/suggested-pairs.ts";
import { suggestedCsv } from "./suggested-csv.ts";
import { changeSentence } from "./suggestion-words.ts";

const PAIR = {
  instrumentY: 1,
  instrumentX: 2,
  symbolY: "AAA",
  symbolX: "BBB",
  hedgeRatio: 1,
  halfLifeBars: 5,
  correlation: 0.5,
  score: 0.01,
  previousScore: 0.02,
};

const YEAR = { startMs: Date.UTC(2024, 0, 1), endMs: Date.UTC(2025, 0, 1) };

function suggestions(
  changes: readonly (SuggestedChange | null)[],
  more: Partial<UniverseSuggestions> = {},
): UniverseSuggestions {
  return {
    universeId: "u",
    universeName: "Funds",
    intervalMs: 86_400_000,
    scanId: "s",
    scannedAtMs: 2,
    previousScanId: "p",
    previousScannedAtMs: 1,
    sameOptions: true,
    formation: YEAR,
    previousFormation: YEAR,
    passedCount: changes.length,
    pairs: changes.map((change) => ({ ...PAIR, change })),
    gone: [],
    ...more,
  };
}

test.each([
  {
    name: "counts each kind of change",
    of: suggestions(["worse", "new", "new"], { gone: [PAIR] }),
    sentence: "Since the scan before: 2 new, 1 worse, 1 gone.",
  },
  {
    name: "says when there is nothing to compare with",
    of: suggestions([null], { previousScanId: null }),
    sentence: "No scan before tested anything, so there is nothing to compare it with.",
  },
  {
    name: "says when the options changed",
    of: suggestions(["same"], { sameOptions: false }),
    sentence:
      "Since the scan before: 1 unchanged. The options were changed between the two, not the data alone.",
  },
  {
    name: "regression: names windows of other lengths",
    of: suggestions(["new"], {
      previousFormation: { startMs: YEAR.startMs, endMs: Date.UTC(2024, 6, 1) },
    }),
    sentence:
      "Since the scan before: 1 new. The window was another: 2024-01-01 to 2024-06-30 before, 2024-01-01 to 2024-12-31 now (UTC).",
  },
  {
    name: "says when not all are listed",
    of: suggestions(["new"], { passedCount: 40 }),
    sentence: "The best 1 of 40 pairs that passed. Since the scan before: 1 new.",
  },
  {
    name: "says when nothing passed",
    of: suggestions([]),
    sentence: "Nothing passed, now or before.",
  },
])("the sentence $name", ({ of, sentence }) => {
  expect(changeSentence(of)).toBe(sentence);
});

test("as CSV each pair has a line, and those that are gone come last", () => {
  const csv = suggestedCsv(suggestions(["new", null], { gone: [{ ...PAIR, score: null }] }));
  expect(csv.trim().split("\r\n")).toEqual([
    "Leg Y,Leg X,Change,Score,Score before,Hedge ratio,Half-life (bars),Correlation",
    "AAA,BBB,New,0.01,0.02,1,5,0.5",
    "AAA,BBB,,0.01,0.02,1,5,0.5",
    "AAA,BBB,Gone,,0.02,1,5,0.5",
  ]);
});
