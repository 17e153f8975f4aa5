/**
 * Even blocks of bars, as the probability of backtest overfitting cuts them: `length` bars each, the
 * first `first` bars are in none.
 */
export type ReturnBlocks = {
  readonly count: number;
  readonly length: number;
  readonly first: number;
};

/** 12,870 splits into halves. */
const BLOCKS = 16;

/** A block of fewer returns has no Sharpe ratio. */
const BLOCK_BARS_MIN = 2;

/**
 * The blocks of a span: 16, or the largest even number of blocks of two bars.
 *
 * @param bars of the span
 * @returns see ReturnBlocks; without any block below 4 bars
 */
export function returnBlocks(bars: number): ReturnBlocks {
  const count = Math.min(BLOCKS, 2 * Math.floor(bars / BLOCK_BARS_MIN / 2));
  const length = count === 0 ? 0 : Math.floor(bars / count);
  return { count, length, first: bars - count * length };
}
