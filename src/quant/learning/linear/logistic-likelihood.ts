import { addBlockMoments, addBlockProducts, setBlockScores } from "./block-sums.ts";
import { BLOCK_ROWS, type StandardisedBlocks } from "./standardised-blocks.ts";

/** A penalised logistic regression on standardised features; the place of a training. */
export type LogisticLikelihood = {
  readonly blocks: StandardisedBlocks;
  /** Class of each row, from 0 on without holes; of two classes 1 is the one that is modelled. */
  readonly labels: Int32Array;
  /** Linear functions: 1 of two classes, else one a class. */
  readonly planeCount: number;
  /** Parameters of a plane: one a varying feature, then the intercept. */
  readonly planeLength: number;
  /** One a parameter of a plane, 0 for the intercept. */
  readonly penalties: Float64Array;
  /** A series a plane, one value a row: first the scores, then the probabilities. */
  readonly probabilities: readonly Float64Array[];
  /** Filled by logisticLoss: one a parameter, plane by plane. */
  readonly gradient: Float64Array;
  /** Filled by fillCurvature: a matrix for every pair of planes k ≤ l. */
  readonly moments: readonly Float64Array[];
  /** Told after every block. */
  readonly onBlock: () => void;
};

/**
 * Room for a likelihood, which logisticLoss and fillCurvature fill.
 *
 * @param blocks of the training rows
 * @param labels one a row of the blocks, in [0, classCount); what stands at rows without weight does
 *   not matter
 * @param options.classCount ≥ 2
 * @param options.penalties one a varying feature, then 0 for the intercept
 * @param options.onBlock told after every block of each pass; may throw
 * @returns the room, with no value yet
 *
 * Cost: O(planes · n + planes² · k²) of memory.
 */
export function logisticLikelihood(
  blocks: StandardisedBlocks,
  labels: Int32Array,
  options: {
    readonly classCount: number;
    readonly penalties: Float64Array;
    readonly onBlock: () => void;
  },
): LogisticLikelihood {
  const { classCount, penalties, onBlock } = options;
  const planeCount = classCount === 2 ? 1 : classCount;
  const planeLength = penalties.length;
  const pairs = (planeCount * (planeCount + 1)) / 2;
  return {
    blocks,
    labels,
    planeCount,
    planeLength,
    penalties,
    probabilities: Array.from(
      { length: planeCount },
      () => new Float64Array(blocks.weights.length),
    ),
    gradient: new Float64Array(planeCount * planeLength),
    moments: Array.from({ length: pairs }, () => new Float64Array(blocks.width ** 2)),
    onBlock,
  };
}

/**
 * Loss of a logistic regression, with its gradient and the probabilities.
 *
 * Σ wᵢ (−ln p of the class of row i) + ½ Σ penaltyⱼ bⱼ².
 *
 * @param likelihood whose probabilities and gradient are overwritten
 * @param parameters planeLength numbers a plane
 * @returns the loss
 *
 * Cost: O(planes · n · k).
 */
export function logisticLoss(likelihood: LogisticLikelihood, parameters: Float64Array): number {
  const { blocks, planeCount, planeLength, penalties, probabilities, gradient } = likelihood;
  const planes = views(parameters, planeCount, planeLength);
  const gradients = views(gradient, planeCount, planeLength);
  const residuals = new Float64Array(BLOCK_ROWS);
  gradient.fill(0);
  let loss = 0;
  for (let block = 0; block < blocks.blockCount; block++) {
    for (let k = 0; k < planeCount; k++) {
      setBlockScores(probabilities[k]!, blocks, block, planes[k]!);
    }
    const from = block * BLOCK_ROWS;
    loss += planeCount === 1 ? sigmoidBlock(likelihood, from) : softmaxBlock(likelihood, from);
    for (let k = 0; k < planeCount; k++) {
      setResiduals(residuals, likelihood, k, from);
      addBlockProducts(gradients[k]!, blocks, block, residuals);
    }
    likelihood.onBlock();
  }
  for (let k = 0; k < planeCount; k++) {
    for (let j = 0; j < planeLength; j++) {
      const value = planes[k]![j]!;
      loss += 0.5 * penalties[j]! * value * value;
      gradients[k]![j]! += penalties[j]! * value;
    }
  }
  return loss;
}

/**
 * Second derivatives of the loss at the parameters of the last logisticLoss.
 *
 * Between planes k and l: Xᵀ diag(wᵢ pₖ (1[k = l] − pₗ)) X, and the penalties on the diagonal. The
 * loss of several classes does not change when one number is added to a parameter of all planes; the
 * direction gets a curvature of its own, along which no step leads, since the gradient has nothing
 * there either.
 *
 * @param likelihood at those parameters
 * @param matrix one row and column a parameter, row-major; overwritten
 *
 * Cost: O(planes² · n · k² / 4).
 */
export function fillCurvature(likelihood: LogisticLikelihood, matrix: Float64Array): void {
  const { blocks, planeCount, moments } = likelihood;
  const weights = new Float64Array(BLOCK_ROWS);
  for (const pair of moments) pair.fill(0);
  for (let block = 0; block < blocks.blockCount; block++) {
    let pair = 0;
    for (let k = 0; k < planeCount; k++) {
      for (let l = k; l < planeCount; l++) {
        setCurvatureWeights(weights, likelihood, { k, l, from: block * BLOCK_ROWS });
        addBlockMoments(moments[pair]!, blocks, block, weights);
        pair++;
      }
    }
    likelihood.onBlock();
  }
  assemble(likelihood, matrix);
}

function assemble(likelihood: LogisticLikelihood, matrix: Float64Array): void {
  const { blocks, planeCount, planeLength, penalties, moments } = likelihood;
  const n = planeCount * planeLength;
  const common = planeCount === 1 ? 0 : blocks.weightTotal / planeCount ** 2;
  let pair = 0;
  for (let k = 0; k < planeCount; k++) {
    for (let l = k; l < planeCount; l++) {
      const values = moments[pair]!;
      for (let i = 0; i < planeLength; i++) {
        for (let j = i; j < planeLength; j++) {
          let value = values[i * blocks.width + j]!;
          if (i === j) value += common + (k === l ? penalties[i]! : 0);
          const [rowK, rowL] = [k * planeLength, l * planeLength];
          matrix[(rowK + i) * n + rowL + j] = value;
          matrix[(rowK + j) * n + rowL + i] = value;
          matrix[(rowL + i) * n + rowK + j] = value;
          matrix[(rowL + j) * n + rowK + i] = value;
        }
      }
      pair++;
    }
  }
}

/** Scores of one block to probabilities of class 1; returns its part of the loss. */
function sigmoidBlock({ blocks, labels, probabilities }: LogisticLikelihood, from: number): number {
  const series = probabilities[0]!;
  let loss = 0;
  for (let i = from; i < from + BLOCK_ROWS; i++) {
    const score = series[i]!;
    // Of the negative absolute score, so that neither end overflows.
    const small = Math.exp(-Math.abs(score));
    const larger = 1 / (1 + small);
    series[i] = score >= 0 ? larger : small * larger;
    const against = labels[i] === 1 ? -score : score;
    loss += blocks.weights[i]! * (Math.log1p(small) + (against > 0 ? against : 0));
  }
  return loss;
}

/** Scores of one block to probabilities of all classes; returns its part of the loss. */
function softmaxBlock(likelihood: LogisticLikelihood, from: number): number {
  const { blocks, labels, probabilities, planeCount } = likelihood;
  let loss = 0;
  for (let i = from; i < from + BLOCK_ROWS; i++) {
    let likeliest = 0;
    for (let k = 1; k < planeCount; k++) {
      if (probabilities[k]![i]! > probabilities[likeliest]![i]!) likeliest = k;
    }
    const largest = probabilities[likeliest]![i]!;
    const behind = largest - probabilities[labels[i]!]![i]!;
    // Without the largest share, which is 1: a row that is almost sure keeps the digits of its loss.
    let others = 0;
    for (let k = 0; k < planeCount; k++) {
      const share = Math.exp(probabilities[k]![i]! - largest);
      probabilities[k]![i] = share;
      if (k !== likeliest) others += share;
    }
    for (let k = 0; k < planeCount; k++) probabilities[k]![i]! /= 1 + others;
    loss += blocks.weights[i]! * (Math.log1p(others) + behind);
  }
  return loss;
}

function setResiduals(
  residuals: Float64Array,
  likelihood: LogisticLikelihood,
  plane: number,
  from: number,
): void {
  const { blocks, labels, probabilities, planeCount } = likelihood;
  const series = probabilities[plane]!;
  const label = planeCount === 1 ? 1 : plane;
  for (let r = 0; r < BLOCK_ROWS; r++) {
    const isOwn = labels[from + r] === label ? 1 : 0;
    residuals[r] = blocks.weights[from + r]! * (series[from + r]! - isOwn);
  }
}

function setCurvatureWeights(
  weights: Float64Array,
  { blocks, probabilities }: LogisticLikelihood,
  { k, l, from }: { readonly k: number; readonly l: number; readonly from: number },
): void {
  const first = probabilities[k]!;
  const second = probabilities[l]!;
  const own = k === l ? 1 : 0;
  for (let r = 0; r < BLOCK_ROWS; r++) {
    const i = from + r;
    weights[r] = blocks.weights[i]! * first[i]! * (own - second[i]!);
  }
}

function views(values: Float64Array, count: number, length: number): Float64Array[] {
  return Array.from({ length: count }, (_, k) => values.subarray(k * length, (k + 1) * length));
}
