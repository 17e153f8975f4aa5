import { logistic } from "./hyperbolic-tangent.ts";
import { softmax } from "./softmax.ts";

/** What a network said, what was true, and where the gradient of the loss goes. */
export type NetworkAnswers = {
  /** 0, 2 or more; see NetworkShape. */
  readonly classCount: number;
  /** Answers × outputWidth. */
  readonly outputs: Float64Array;
  /** Of the same layout, overwritten. */
  readonly outputGradient: Float64Array;
  /** One an answer: a number, or a class. */
  readonly targets: Float64Array;
  /** One an answer. */
  readonly weights: Float64Array;
};

/**
 * Loss of a number of answers, and the gradient of it by the outputs.
 *
 * Σ weight · loss: (output − target)² of a regression, −ln of the probability of the true class
 * otherwise (binary by one log odds, multinomial by one output a class).
 *
 * @param answers outputs, targets and weights
 * @returns the weighted sum
 *
 * Cost: O(outputs). Convention: matches mean_squared_error, binary_crossentropy and
 * sparse_categorical_crossentropy (both from logits) of Keras, but for the weights.
 */
export function networkLoss(answers: NetworkAnswers): number {
  if (answers.classCount === 0) return squaredLoss(answers);
  return answers.classCount === 2 ? binaryLoss(answers) : multinomialLoss(answers);
}

function squaredLoss({ outputs, outputGradient, targets, weights }: NetworkAnswers): number {
  let sum = 0;
  for (let i = 0; i < targets.length; i++) {
    const error = outputs[i]! - targets[i]!;
    sum += weights[i]! * error * error;
    outputGradient[i] = 2 * weights[i]! * error;
  }
  return sum;
}

function binaryLoss({ outputs, outputGradient, targets, weights }: NetworkAnswers): number {
  let sum = 0;
  for (let i = 0; i < targets.length; i++) {
    const logOdds = outputs[i]!;
    // ln(1 + eˣ) − target · x, written so that nothing overflows.
    const loss =
      Math.max(logOdds, 0) - targets[i]! * logOdds + Math.log1p(Math.exp(-Math.abs(logOdds)));
    sum += weights[i]! * loss;
    outputGradient[i] = weights[i]! * (logistic(logOdds) - targets[i]!);
  }
  return sum;
}

function multinomialLoss(answers: NetworkAnswers): number {
  const { classCount, outputs, outputGradient, targets, weights } = answers;
  let sum = 0;
  for (let i = 0; i < targets.length; i++) {
    const start = i * classCount;
    const target = start + targets[i]!;
    // A difference of logarithms stays finite where the probability itself is no more.
    const logTotal = softmax(outputs, outputGradient, start, classCount);
    sum += weights[i]! * (logTotal - outputs[target]!);
    for (let j = start; j < start + classCount; j++) outputGradient[j]! *= weights[i]!;
    outputGradient[target]! -= weights[i]!;
  }
  return sum;
}
