import type { LearningRunConfig } from "#contracts/learning-run.ts";
import type { LearnerForm } from "./learner-form.ts";

/** What a run of a kind is called, and what it does. */
export const RUN_KINDS: Readonly<
  Record<LearningRunConfig["kind"], { readonly label: string; readonly help: string }>
> = {
  models: {
    label: "Train models",
    help: "Models of your choice on the features and the label of the dataset, judged on later rows against baselines.",
  },
  thesis: {
    label: "Thesis comparison",
    help: "The published forecasting models on the spread of each pair, by the published definitions and by ours.",
  },
  bot: {
    label: "Moving-average bot",
    help: "A forest that learns a rule of two averages again, beside the same forest that must predict the next bar.",
  },
};

export const FAMILIES: Readonly<Record<LearnerForm["family"], string>> = {
  baseline: "Baseline",
  linear: "Linear",
  neighbours: "Neighbours",
  trees: "Trees",
  series: "Time series",
  network: "Network",
};

/** What the contract calls a loss, in words. */
export function lossWords(loss: string): string {
  switch (loss) {
    case "log-loss":
      return "log loss";
    case "squared-error":
      return "squared error";
    default:
      return loss;
  }
}
