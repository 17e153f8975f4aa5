import type { ReturnBlocks } from "./return-blocks.ts";

/** Mean returns of the blocks of trials and sums of squares about them, row-major, one row a trial. */
export type TrialBlocks = {
  readonly blocks: ReturnBlocks;
  readonly blockMeans: Float64Array;
  readonly blockSquares: Float64Array;
};

/**
 * Scores of one trial in every half of the blocks. Halves are sets of bits in ascending order, so that
 * the half that is left by the first is the last, and so on.
 */
export type HalfScores = {
  readonly columns: TrialBlocks;
  readonly halves: Int32Array;
  /**
   * SR · |SR| / (n − 1) of each half: ordered as the Sharpe ratio is, without a root. 0 where the returns
   * do not vary.
   */
  readonly ofHalf: Float64Array;
  /** Σ means and Σ squares about 0 of every choice of the first blocks, and of the last. */
  readonly low: ChoiceSums;
  readonly high: ChoiceSums;
};

type ChoiceSums = {
  readonly firstBlock: number;
  readonly means: Float64Array;
  readonly squares: Float64Array;
};

/** Square of what rounding leaves of equal returns, relative to them; see isRoundingNoise. */
const NOISE_SQUARED = (10 * Number.EPSILON) ** 2;

/**
 * Room for the scores of one trial at a time.
 *
 * @param columns moments of the blocks of all trials, an even number of blocks, 2 … 20
 *
 * Cost: O(2^S).
 */
export function createHalfScores(columns: TrialBlocks): HalfScores {
  const { count } = columns.blocks;
  const halves = halvesOf(count);
  const lowBlocks = count >> 1;
  return {
    columns,
    halves,
    ofHalf: new Float64Array(halves.length),
    low: choiceSums(0, lowBlocks),
    high: choiceSums(lowBlocks, count - lowBlocks),
  };
}

/**
 * Works out the scores of a trial: sums over a half are looked up, those of every choice of the first
 * and of the last blocks having been added up once.
 *
 * @param scores `ofHalf` is written to
 * @param trial row
 *
 * Cost: O(C(S, S/2)).
 */
export function scoreTrial(scores: HalfScores, trial: number): void {
  const { columns, halves, ofHalf, low, high } = scores;
  const { count, length } = columns.blocks;
  addUp(low, columns, trial);
  addUp(high, columns, trial);
  const { means: lowMeans, squares: lowSquares } = low;
  const { means: highMeans, squares: highSquares } = high;
  const lowAll = lowMeans.length - 1;
  const lowBlocks = high.firstBlock;
  const share = 2 / count;
  const noise = (count / 2) * length * NOISE_SQUARED;
  for (let half = 0; half < halves.length; half++) {
    const chosen = halves[half]!;
    const lowChosen = chosen & lowAll;
    const highChosen = chosen >> lowBlocks;
    const sum = lowMeans[lowChosen]! + highMeans[highChosen]!;
    const centre = sum * share;
    const signed = centre * Math.abs(centre);
    // Σ (r − centre)² of all returns of the half.
    const total = lowSquares[lowChosen]! + highSquares[highChosen]! - length * centre * sum;
    ofHalf[half] = total <= noise * centre * centre ? 0 : signed / total;
  }
}

/** Every choice of half of the blocks as a set of bits, ascending. */
function halvesOf(blocks: number): Int32Array {
  const result: number[] = [];
  for (let chosen = 0; chosen < 2 ** blocks; chosen++) {
    let bits = 0;
    for (let rest = chosen; rest > 0; rest &= rest - 1) bits++;
    if (bits === blocks / 2) result.push(chosen);
  }
  return Int32Array.from(result);
}

function choiceSums(firstBlock: number, blocks: number): ChoiceSums {
  const choices = 2 ** blocks;
  return { firstBlock, means: new Float64Array(choices), squares: new Float64Array(choices) };
}

/** Each choice is the same without its last block, and that block. */
function addUp(sums: ChoiceSums, columns: TrialBlocks, trial: number): void {
  const { means, squares, firstBlock } = sums;
  const { blockMeans, blockSquares, blocks } = columns;
  const first = trial * blocks.count + firstBlock;
  for (let chosen = 1, bit = 0; chosen < means.length; chosen++) {
    if (chosen === 2 << bit) bit++;
    const rest = chosen - (1 << bit);
    const mean = blockMeans[first + bit]!;
    means[chosen] = means[rest]! + mean;
    squares[chosen] = squares[rest]! + (blockSquares[first + bit]! + blocks.length * mean * mean);
  }
}
