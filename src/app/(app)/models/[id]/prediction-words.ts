import type { Prediction } from "#contracts/model.ts";
import { formatNumber, formatPercent } from "#ui/format.ts";

/** The class that is the likeliest, with its probability; null of a regression. */
export function likeliestClass(
  probabilities: readonly number[],
  classes: readonly string[],
): { readonly name: string; readonly probability: number } | null {
  const probability = Math.max(...probabilities);
  const name = classes[probabilities.indexOf(probability)];
  return name === undefined ? null : { name, probability };
}

/** What a model says, in a few words; why it says nothing where it does not. */
export function predictionWords(prediction: Prediction): string {
  if (prediction.kind === "refused") return prediction.message;
  const { probabilities, classes, value, isLearned } = prediction;
  const likeliest = likeliestClass(probabilities ?? [], classes ?? []);
  const said =
    likeliest === null
      ? formatNumber(value)
      : `${likeliest.name}, ${formatPercent(likeliest.probability, { digits: 1 })}`;
  const what = prediction.book.length === 1 ? "instrument" : "pair";
  return isLearned ? said : `${said} (not learned from this ${what})`;
}
