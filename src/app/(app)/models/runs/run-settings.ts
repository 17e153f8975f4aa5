import type { LearningRunConfig } from "#contracts/learning-run.ts";
import { formatDuration, formatInteger, formatNumber } from "#ui/format.ts";
import { percentText } from "../../strategies/form-numbers.ts";
import { RUN_KINDS } from "./run-words.ts";

type Setting = { readonly label: string; readonly value: string };
type ModelsConfig = Extract<LearningRunConfig, { kind: "models" }>;

const SCALES = { none: "as they are", standard: "mean 0, deviation 1", robust: "by quartiles" };
const IMPUTES = {
  none: "such rows are left out",
  keep: "as they are",
  median: "median of the training rows",
  mean: "mean of the training rows",
};
const BALANCES = {
  none: "as they are",
  weights: "rare classes weigh more",
  "under-sample": "fewer rows of common classes",
};

/** What a run was asked to do, to be done again. */
export function runSettings(config: LearningRunConfig): readonly Setting[] {
  const kind = { label: "Kind", value: RUN_KINDS[config.kind].label };
  const seed = { label: "Seed", value: String(config.seed) };
  if (config.kind !== "models") return [kind, seed];
  const { preparation, search } = config;
  return [
    kind,
    { label: "Training and test", value: splitWords(config.split) },
    { label: "Scale of features", value: SCALES[preparation.scale] },
    { label: "Missing features", value: IMPUTES[preparation.impute] },
    { label: "Outliers cut off", value: shareWords(preparation.winsoriseShare, " at each end") },
    {
      label: "Principal components",
      value: shareWords(preparation.componentsShare, " of the variance"),
    },
    { label: "Classes of different sizes", value: BALANCES[config.balance] },
    { label: "Rows whose labels overlap weigh less", value: config.uniqueness ? "yes" : "no" },
    {
      label: "Search",
      value:
        search === null
          ? "none"
          : `${search.method === "tpe" ? "TPE" : "random"}, ${formatInteger(search.trials)} trials a model and fold, ${search.innerFolds} inner folds`,
    },
    seed,
  ];
}

/** How rows were divided, in words. */
export function splitWords(split: ModelsConfig["split"]): string {
  switch (split.kind) {
    case "chronological":
      return `chronological, the last ${percentText(split.testShare)} % tested`;
    case "walk-forward":
      return `walk-forward, ${split.folds} folds, ${split.window} from ${percentText(split.trainingShare)} %`;
    case "purged-k-fold":
      return `purged k-fold, ${split.folds} folds, embargo of ${formatInteger(split.embargoBars)} bars`;
  }
}

function shareWords(share: number | null, of: string): string {
  return share === null ? "none" : `${percentText(share)} %${of}`;
}

/** Seconds of training, as a length of time. */
export function secondsText(seconds: number): string {
  return seconds < 1
    ? `${formatNumber(seconds * 1000, { significant: 2 })} ms`
    : formatDuration(seconds * 1000);
}
