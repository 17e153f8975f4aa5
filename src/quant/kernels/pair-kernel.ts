/**
 * The arithmetic of an Engle–Granger test of one pair in both directions, without the law of the
 * statistic and without the cases that need care.
 *
 * Two kernels do the same operations in the same order and agree to the bit: plainPairKernel in
 * TypeScript, and compiledPairKernel, which has two numbers in one register. Sums have two lanes, of
 * the even and of the odd rows, that are added at the end.
 *
 * Use: `reserve` once for the longest pair, fill the arrays that it returns, `run`, read `answers`.
 * Nothing is allocated from pair to pair.
 */
export type PairKernel = {
  /**
   * Makes room for a pair.
   *
   * @param bars values of a series, at least 4
   * @param lags largest number of lagged differences
   * @returns arrays of the kernel's own memory; good until reserve is called again
   */
  readonly reserve: (bars: number, lags: number) => KernelMemory;
  /**
   * Tests the pair in memory.
   *
   * @param bars values that each series has
   * @param lags lagged differences: the largest to try, or the one to use
   * @param isSearched whether the lag with the smallest RSS · penalty is sought among 0 … lags
   * @returns false where this arithmetic cannot vouch for ten digits: the pair is nearly collinear, a
   *   regressor is nearly a combination of others, or two lags are as good as equal. The answers then
   *   mean nothing and the pair belongs to engleGranger
   *
   * Cost: O(bars · lags + lags³).
   */
  readonly run: (bars: number, lags: number, isSearched: boolean) => boolean;
};

/** What a kernel reads and writes; each array is at least as long as reserve was told. */
export type KernelMemory = {
  readonly y: Float64Array;
  readonly x: Float64Array;
  /** Factor by which the criterion makes the RSS of each lag dearer, element j for j lags. */
  readonly penalties: Float64Array;
  /** See KERNEL_INPUT. */
  readonly inputs: Float64Array;
  /** See KERNEL_ANSWER. */
  readonly answers: Float64Array;
};

/** Places of what the kernel is told of the series: means and centred sums of squares. */
export const KERNEL_INPUT = { meanY: 0, meanX: 1, squaresY: 2, squaresX: 3 } as const;

/** Places of the answers; the regression and the test of each direction, and what both share. */
export const KERNEL_ANSWER = {
  /** Slope of y on x, statistic and lags of its residual. */
  slopeYx: 0,
  statisticYx: 1,
  lagsYx: 2,
  /** λ of Δe = a + λ e₋₁, e the residual of y on x. */
  reversionYx: 3,
  statisticXy: 4,
  lagsXy: 5,
  /** Σ Δy Δx, not centred. */
  changeProduct: 6,
} as const;

/** 1 − R² below which the sums of a pair have lost too many digits. */
export const UNEXPLAINED_SHARE_CARE = 1e-4;

/** Share of a regressor, or of the target, that must remain unexplained; as in residualDickeyFuller. */
export const REMAINING_SHARE_CARE = 1e-4;

/** Distance of the two best lags, in units of the criterion, below which they are as good as equal. */
export const CRITERION_CARE = 1e-6;
