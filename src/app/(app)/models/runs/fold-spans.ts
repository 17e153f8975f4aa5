import type { Split } from "#contracts/learning-run.ts";

export type FoldSegment = {
  readonly role: "training" | "embargo" | "test";
  /** Shares of the whole span, 0 to 1. */
  readonly from: number;
  readonly to: number;
};

export type FoldRow = { readonly key: string; readonly segments: readonly FoldSegment[] };

/**
 * Where the folds of a split lie in the span, as shares of it: what is learned from, what is left out after the
 * test, and what is tested. Rows that are left out because they touch the test are not known before the run.
 *
 * @param bars of the span, for the width of an embargo
 */
export function foldSpans(split: Split, bars: number): readonly FoldRow[] {
  switch (split.kind) {
    case "chronological":
      return [
        {
          key: "1",
          segments: [
            { role: "training", from: 0, to: 1 - split.testShare },
            { role: "test", from: 1 - split.testShare, to: 1 },
          ],
        },
      ];
    case "walk-forward":
      return pieces(split.folds, split.trainingShare).map(({ from, to }, place) => ({
        key: String(place + 1),
        segments: [
          {
            role: "training",
            from: split.window === "rolling" ? from - split.trainingShare : 0,
            to: from,
          },
          { role: "test", from, to },
        ],
      }));
    case "purged-k-fold": {
      const embargo = bars > 0 ? split.embargoBars / bars : 0;
      return pieces(split.folds, 0).map(({ from, to }, place) => {
        const free = Math.min(1, to + embargo);
        const segments: readonly FoldSegment[] = [
          { role: "training", from: 0, to: from },
          { role: "test", from, to },
          { role: "embargo", from: to, to: free },
          { role: "training", from: free, to: 1 },
        ];
        return {
          key: String(place + 1),
          segments: segments.filter((one) => one.to - one.from > 1e-9),
        };
      });
    }
  }
}

/** Equal pieces of the span after a share of it. */
function pieces(count: number, start: number): readonly { from: number; to: number }[] {
  const width = (1 - start) / count;
  return Array.from({ length: count }, (_, place) => ({
    from: start + place * width,
    to: place === count - 1 ? 1 : start + (place + 1) * width,
  }));
}

type DatedFold = {
  readonly trainingStartMs: number;
  readonly trainingEndMs: number;
  readonly testStartMs: number;
  readonly testEndMs: number;
};

/** Folds of a finished run: the test lies over the training rows where it stands among them. */
export function datedFoldRows(folds: readonly DatedFold[]): readonly FoldRow[] {
  const startMs = Math.min(...folds.flatMap((fold) => [fold.trainingStartMs, fold.testStartMs]));
  const endMs = Math.max(...folds.flatMap((fold) => [fold.trainingEndMs, fold.testEndMs]));
  const share = (ms: number) => (endMs > startMs ? (ms - startMs) / (endMs - startMs) : 0);
  return folds.map((fold, place) => ({
    key: String(place + 1),
    segments: [
      { role: "training", from: share(fold.trainingStartMs), to: share(fold.trainingEndMs) },
      { role: "test", from: share(fold.testStartMs), to: share(fold.testEndMs) },
    ],
  }));
}
