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
export function predictionWords(prediction: Prediction, classes: readonly string[]): string {
  if (prediction.kind === "refused") return prediction.message;
  const { probabilities, value } = prediction;
  if (probabilities === null) return formatNumber(value);
  const likeliest = likeliestClass(probabilities, classes);
  if (likeliest === null) return formatNumber(value);
  return `${likeliest.name}, ${formatPercent(likeliest.probability, { digits: 1 })}`;
}
