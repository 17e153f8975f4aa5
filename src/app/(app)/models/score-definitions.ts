import type { FigureDefinition } from "#ui/metric-definitions.ts";
import { wordsOfName } from "./words-of-name.ts";

/** The scores of models out of sample, in the order of a table. */
export const SCORE_DEFINITIONS: Readonly<Record<string, FigureDefinition>> = {
  logLoss: {
    label: "Log loss",
    unit: "nats",
    format: "number",
    definition: "How surprised the model was by what came: the loss that verdicts are about.",
    computation:
      "Mean of −ln p over the rows, p the probability that was said of the class that came.",
    good: "Below that of the best baseline by more than its interval.",
    caveat: "One row that was called impossible and came costs as much as many good ones.",
  },
  brier: {
    label: "Brier score",
    unit: "0 to 1",
    format: "number",
    definition: "How far probabilities were from what came.",
    computation: "Mean of (p − y)²; of more than two classes the sum over them.",
    good: "Below that of always saying how often each class comes.",
    caveat: "Of a rare class it is small whatever is said.",
  },
  accuracy: {
    label: "Accuracy",
    unit: "% of rows",
    format: "percent",
    definition: "How often the class that came was the one that was said.",
    computation: "Rows whose class was said ÷ all rows.",
    good: "Above the share of the commonest class.",
    caveat: "High without any skill where one class is much commoner than the others.",
  },
  balancedAccuracy: {
    label: "Balanced accuracy",
    unit: "% of a class",
    format: "percent",
    definition: "Accuracy in which a rare class counts as much as a common one.",
    computation: "Mean of the recall of every class that came.",
    good: "Above 1 ÷ number of classes.",
    caveat: "Uncertain where a class has few rows.",
  },
  precision: {
    label: "Precision",
    unit: "mean over classes",
    format: "percent",
    definition: "How often it was right when it said a class.",
    computation: "Hits of a class ÷ rows that were called it, mean over the classes.",
    good: "Above the share of the class.",
    caveat: "Says nothing of the rows that were missed.",
  },
  recall: {
    label: "Recall",
    unit: "mean over classes",
    format: "percent",
    definition: "How much of a class was found.",
    computation: "Hits of a class ÷ rows of it, mean over the classes.",
    good: "High together with precision.",
    caveat: "Easy to have by saying a class always.",
  },
  f1: {
    label: "F1",
    unit: "mean over classes",
    format: "percent",
    definition: "Precision and recall in one number.",
    computation: "2 × precision × recall ÷ (precision + recall) of a class, mean over the classes.",
    good: "Above that of the baselines.",
    caveat: "Depends on how common the classes are: not to be compared between datasets.",
  },
  matthewsCorrelation: {
    label: "Matthews correlation",
    unit: "−1 to 1",
    format: "number",
    definition: "Correlation between what was said and what came.",
    computation: "Matthews (1975), Gorodkin (2004) for several classes.",
    good: "Above 0 by more than its interval.",
    caveat: "0 is what guessing gives, whatever the accuracy.",
  },
  cohensKappa: {
    label: "Cohen's kappa",
    unit: "at most 1",
    format: "number",
    definition: "How much was right beyond what chance gives.",
    computation: "(agreement − agreement by chance) ÷ (1 − agreement by chance).",
    good: "Above 0 by more than its interval.",
    caveat: "Small for a rare class even where that is well found.",
  },
  rocAuc: {
    label: "Area under ROC",
    unit: "0.5 is guessing",
    format: "number",
    definition: "How often a row that rose was ranked above one that did not.",
    computation: "Area under the curve of true against false positives.",
    good: "Above 0.5 by more than its interval.",
    caveat: "Of ranks alone: probabilities may still be far off.",
  },
  averagePrecision: {
    label: "Average precision",
    unit: "0 to 1",
    format: "number",
    definition: "Precision over all thresholds.",
    computation: "Sum over thresholds of precision × gain in recall.",
    good: "Above the share of the class.",
    caveat: "What guessing gives is the share of the class, not 0.5.",
  },
  precisionRecallAuc: {
    label: "Area under precision–recall",
    unit: "0 to 1",
    format: "number",
    definition: "Precision over all recalls, joined by straight lines.",
    computation: "Area under the curve by the trapezoid rule.",
    good: "Above the share of the class.",
    caveat: "Straight lines flatter it; the average precision does not.",
  },
  meanSquaredError: {
    label: "Mean squared error",
    unit: "target²",
    format: "number",
    definition: "How far numbers were off, large errors counting most.",
    computation: "Mean of (value − prediction)².",
    good: "Below that of the best baseline by more than its interval.",
    caveat: "A few jumps may be most of it.",
  },
  rootMeanSquaredError: {
    label: "Root mean squared error",
    unit: "target",
    format: "number",
    definition: "The same in the unit of what is predicted.",
    computation: "Square root of the mean squared error.",
    good: "Below that of the best baseline.",
    caveat: "As the mean squared error.",
  },
  meanAbsoluteError: {
    label: "Mean absolute error",
    unit: "target",
    format: "number",
    definition: "How far numbers were off on average.",
    computation: "Mean of |value − prediction|.",
    good: "Below that of the best baseline.",
    caveat: "A model of the median does best by it, whatever the mean is.",
  },
  rSquared: {
    label: "R² out of sample",
    unit: "at most 1",
    format: "number",
    definition: "How much better it is than saying the mean of the training rows.",
    computation: "1 − squared errors ÷ squared errors of the training mean.",
    good: "Above 0: in this field 0.01 is a lot.",
    caveat: "Of a level near 1 even for the last value: look at the verdict.",
  },
  trendAccuracy: {
    label: "Trend accuracy",
    unit: "% of changes",
    format: "percent",
    definition: "How often it went the way that was said, from the last value known.",
    computation: "Changes whose sign was said ÷ changes.",
    good: "Above 50 % by more than its interval.",
    caveat: "Small moves count as much as large ones.",
  },
  trendAccuracyPublished: {
    label: "Trend accuracy, published",
    unit: "% of trends",
    format: "percent",
    definition: "How often a trend came true by the published definition.",
    computation: "Mean of the next three bars against the mean of the ten before.",
    good: "Not to be compared with 50 %: look at the one against the last value.",
    caveat: "Most of the move that it counts has happened already when the trend is said.",
  },
  wholeTrendAccuracyPublished: {
    label: "Whole span, published",
    unit: "% of trends",
    format: "percent",
    definition: "The published accuracy over the whole span, not only over the test.",
    computation:
      "As trend accuracy, published, of all trends whose line has an R² of at least 0.6.",
    good: "The published figure is the mean of it over the pairs.",
    caveat: "As the published accuracy.",
  },
  wholeTrendAccuracy: {
    label: "Whole span, against the last value",
    unit: "% of trends",
    format: "percent",
    definition: "The same trends against the last value known.",
    computation: "As trend accuracy, of all trends whose line has an R² of at least 0.6.",
    good: "Above 50 % by more than its interval.",
    caveat: "Below 50 %: the spread had rather turn than gone on.",
  },
  bestTrendAccuracyPublished: {
    label: "Best threshold, published",
    unit: "% of trends",
    format: "percent",
    definition: "The same at the R² that did best on this pair.",
    computation: "The threshold is chosen on the bars that it is scored on.",
    good: "Nothing: a threshold that is chosen afterwards always looks better.",
    caveat: "Chosen with hindsight, as published.",
  },
  bestTrendAccuracy: {
    label: "Best threshold, against the last value",
    unit: "% of trends",
    format: "percent",
    definition: "The trends at that threshold against the last value known.",
    computation: "As trend accuracy, at the threshold that the published accuracy likes best.",
    good: "Above 50 % by more than its interval.",
    caveat: "Chosen with hindsight, as published.",
  },
};

const NAMES = Object.keys(SCORE_DEFINITIONS);

/** What is said of a score; one that is not listed has its name alone. */
export function scoreDefinition(name: string): FigureDefinition {
  return (
    SCORE_DEFINITIONS[name] ?? {
      ...{ label: wordsOfName(name), unit: "score", format: "number" },
      ...{ definition: "A score out of sample.", computation: "See the notes of the run." },
      ...{ good: "Better than that of the best baseline.", caveat: "One number of many." },
    }
  );
}

/** Names of scores in the order of a table, those that are not listed last. */
export function inScoreOrder(names: readonly string[]): readonly string[] {
  const place = (name: string) => {
    const at = NAMES.indexOf(name);
    return at === -1 ? NAMES.length : at;
  };
  return names.toSorted((first, second) => place(first) - place(second));
}
