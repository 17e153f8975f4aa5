import type { Search, Split } from "#contracts/learning-run.ts";
import type { SplitSpec } from "#quant/learning/splits/split-spec.ts";

/**
 * How a run divides its rows.
 *
 * @param split as the person chose it
 * @param lookBackBars of the rows; features that read the whole past (Infinity) can be kept apart by labels only
 */
export function outerSplit(split: Split, lookBackBars: number): SplitSpec {
  const purge = Number.isFinite(lookBackBars) ? "features-and-labels" : "labels";
  switch (split.kind) {
    case "chronological":
      return { kind: split.kind, trainingShare: 1 - split.testShare, purge, embargoBars: 0 };
    case "walk-forward": {
      const { window, trainingShare, folds } = split;
      return { kind: split.kind, window, trainingShare, foldCount: folds, purge, embargoBars: 0 };
    }
    case "purged-k-fold":
      return { kind: split.kind, foldCount: split.folds, purge, embargoBars: split.embargoBars };
  }
}

/**
 * How a search divides the training rows of a fold: kept apart by the same rule as the fold itself.
 *
 * @param outer how the run divides its rows
 * @param search how many inner folds
 */
export function innerSplit(
  outer: SplitSpec,
  { innerFolds }: Pick<Search, "innerFolds">,
): SplitSpec {
  const { purge, embargoBars } = outer;
  const shared = { foldCount: innerFolds, purge, embargoBars };
  if (outer.kind === "purged-k-fold") return { kind: outer.kind, ...shared };
  return { kind: "walk-forward", trainingShare: 0.5, window: "expanding", ...shared };
}
