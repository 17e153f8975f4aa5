import { expect, test } from "vitest";
import type { Prediction } from "#contracts/model.ts";
import { predictionWords } from "./prediction-words.ts";

const PREDICTED: Prediction = {
  ...{ kind: "predicted", book: [1, 2], versionId: "v", version: 1, barMs: 0 },
  ...{ isLearned: true, classes: ["down", "up"], probabilities: [0.38, 0.62], value: null },
};

test.each<{ name: string; prediction: Prediction; words: string }>([
  { name: "classes", prediction: PREDICTED, words: "up, 62.0 %" },
  {
    name: "a number",
    prediction: { ...PREDICTED, classes: null, probabilities: null, value: 0.01234567 },
    words: "0.01235",
  },
  {
    name: "a pair that the model has not seen",
    prediction: { ...PREDICTED, isLearned: false },
    words: "up, 62.0 % (not learned from this pair)",
  },
  {
    name: "nothing",
    prediction: { kind: "refused", book: [1, 2], message: "There are too few bars" },
    words: "There are too few bars",
  },
])("a prediction of $name is told", ({ prediction, words }) => {
  expect(predictionWords(prediction)).toBe(words);
});
