import {
  CRITERION_CARE,
  KERNEL_ANSWER,
  KERNEL_INPUT,
  type KernelMemory,
  type PairKernel,
  REMAINING_SHARE_CARE,
  UNEXPLAINED_SHARE_CARE,
} from "./pair-kernel.ts";

/** Slots of KERNEL_INPUT and KERNEL_ANSWER. */
const BLOCK_LENGTH = 8;

type Scratch = KernelMemory & {
  readonly centredY: Float64Array;
  readonly centredX: Float64Array;
  readonly residuals: Float64Array;
  readonly changes: Float64Array;
  /** Element j is Σ dₜ dₜ₋ⱼ over the rows of the regression. */
  readonly products: Float64Array;
  /** Element i is Σ eₜ dₜ₋ᵢ. */
  readonly levelProducts: Float64Array;
  readonly matrix: Float64Array;
  /** Diagonal of the matrix before the elimination. */
  readonly diagonal: Float64Array;
  /** What the last elimination or direction found beside its return value. */
  readonly found: Float64Array;
};

const FOUND = {
  levelSquares: 0,
  levelChange: 1,
  lags: 2,
  levelPivot: 3,
  levelTarget: 4,
  remaining: 5,
  statistic: 6,
  reversion: 7,
} as const;

/**
 * The pair kernel in plain TypeScript: what runs where there is no WebAssembly, and the text that
 * explains the compiled one.
 *
 * A direction: e = y − b x about the means; d its changes. Only Σ dₜ dₜ₋ⱼ, Σ e² and Σ e d are summed,
 * all other moments follow from them (see laggedMoments). One elimination with the level first gives
 * the RSS of every lag; a second one with the level last, on all rows that the chosen lag can use, the
 * statistic.
 *
 * @returns a kernel with memory of its own
 *
 * Checked: against engleGranger, and to the bit against compiledPairKernel.
 */
export function createPlainPairKernel(): PairKernel {
  let scratch = createScratch(0, 0);
  return {
    reserve: (bars, lags) => {
      if (scratch.y.length < bars || scratch.penalties.length < lags + 1) {
        scratch = createScratch(bars, lags);
      }
      return scratch;
    },
    run: (bars, lags, isSearched) => runPair(scratch, bars, lags, isSearched),
  };
}

function createScratch(bars: number, lags: number): Scratch {
  const values = (length: number): Float64Array => new Float64Array(length);
  return {
    y: values(bars),
    x: values(bars),
    penalties: values(lags + 1),
    inputs: values(BLOCK_LENGTH),
    answers: values(BLOCK_LENGTH),
    centredY: values(bars),
    centredX: values(bars),
    residuals: values(bars),
    changes: values(bars),
    products: values(lags + 1),
    levelProducts: values(lags + 1),
    matrix: values((lags + 1) * (lags + 2)),
    diagonal: values(lags + 1),
    found: values(BLOCK_LENGTH),
  };
}

function runPair(scratch: Scratch, bars: number, lags: number, isSearched: boolean): boolean {
  const { inputs, answers, centredY, centredX, found } = scratch;
  const product = centre(scratch, bars);
  const squaresY = inputs[KERNEL_INPUT.squaresY]!;
  const squaresX = inputs[KERNEL_INPUT.squaresX]!;
  answers[KERNEL_ANSWER.changeProduct] = changeProduct(centredY, centredX, bars - 1);
  const slopeYx = product / squaresX;
  const slopeXy = product / squaresY;
  answers[KERNEL_ANSWER.slopeYx] = slopeYx;
  const unexplainedYx = fitResiduals(scratch, centredY, centredX, slopeYx, bars);
  if (!(unexplainedYx > UNEXPLAINED_SHARE_CARE * squaresY)) return false;
  if (!testResiduals(scratch, bars, lags, isSearched)) return false;
  answers[KERNEL_ANSWER.statisticYx] = found[FOUND.statistic]!;
  answers[KERNEL_ANSWER.lagsYx] = found[FOUND.lags]!;
  answers[KERNEL_ANSWER.reversionYx] = found[FOUND.reversion]!;
  const unexplainedXy = fitResiduals(scratch, centredX, centredY, slopeXy, bars);
  if (!(unexplainedXy > UNEXPLAINED_SHARE_CARE * squaresX)) return false;
  if (!testResiduals(scratch, bars, lags, isSearched)) return false;
  answers[KERNEL_ANSWER.statisticXy] = found[FOUND.statistic]!;
  answers[KERNEL_ANSWER.lagsXy] = found[FOUND.lags]!;
  return true;
}

/** Centres both series. @returns Σ (y − ȳ)(x − x̄) */
function centre({ y, x, inputs, centredY, centredX }: Scratch, bars: number): number {
  const meanY = inputs[KERNEL_INPUT.meanY]!;
  const meanX = inputs[KERNEL_INPUT.meanX]!;
  let even = 0;
  let odd = 0;
  let t = 0;
  for (; t + 1 < bars; t += 2) {
    const y0 = y[t]! - meanY;
    const y1 = y[t + 1]! - meanY;
    const x0 = x[t]! - meanX;
    const x1 = x[t + 1]! - meanX;
    centredY[t] = y0;
    centredY[t + 1] = y1;
    centredX[t] = x0;
    centredX[t + 1] = x1;
    even += y0 * x0;
    odd += y1 * x1;
  }
  let sum = even + odd;
  if (t < bars) {
    const lastY = y[t]! - meanY;
    const lastX = x[t]! - meanX;
    centredY[t] = lastY;
    centredX[t] = lastX;
    sum += lastY * lastX;
  }
  return sum;
}

function changeProduct(y: Float64Array, x: Float64Array, n: number): number {
  let even = 0;
  let odd = 0;
  let t = 0;
  for (; t + 1 < n; t += 2) {
    even += (y[t + 1]! - y[t]!) * (x[t + 1]! - x[t]!);
    odd += (y[t + 2]! - y[t + 1]!) * (x[t + 2]! - x[t + 1]!);
  }
  const sum = even + odd;
  return t < n ? sum + (y[t + 1]! - y[t]!) * (x[t + 1]! - x[t]!) : sum;
}

/** Residuals of target on regressor, both centred. @returns their sum of squares */
function fitResiduals(
  { residuals }: Scratch,
  target: Float64Array,
  regressor: Float64Array,
  slope: number,
  bars: number,
): number {
  let even = 0;
  let odd = 0;
  let t = 0;
  for (; t + 1 < bars; t += 2) {
    const e0 = target[t]! - slope * regressor[t]!;
    const e1 = target[t + 1]! - slope * regressor[t + 1]!;
    residuals[t] = e0;
    residuals[t + 1] = e1;
    even += e0 * e0;
    odd += e1 * e1;
  }
  const sum = even + odd;
  if (t === bars) return sum;
  const last = target[t]! - slope * regressor[t]!;
  residuals[t] = last;
  return sum + last * last;
}

/** The Dickey–Fuller regression of the residuals, into found. @returns whether it can be trusted */
function testResiduals(scratch: Scratch, bars: number, lags: number, isSearched: boolean): boolean {
  const { found } = scratch;
  const n = bars - 1;
  sumLevels(scratch, n, lags);
  sumProducts(scratch, n, lags);
  if (!fitReversion(scratch, n, lags)) return false;
  if (isSearched) {
    fillSearchMatrix(scratch, n, lags);
    if (!searchLag(scratch, n, lags)) return false;
    extendRows(scratch, lags, found[FOUND.lags]!);
  } else {
    found[FOUND.lags] = lags;
  }
  const chosen = found[FOUND.lags]!;
  fillFinalMatrix(scratch, n, chosen);
  if (!eliminateFinal(scratch, chosen)) return false;
  const variance = found[FOUND.remaining]! / (n - chosen - chosen - 1);
  found[FOUND.statistic] =
    found[FOUND.levelTarget]! / Math.sqrt(found[FOUND.levelPivot]! * variance);
  return true;
}

/** Changes of the residuals, and Σ e² and Σ e d over the rows t ≥ lags. */
function sumLevels({ residuals, changes, found }: Scratch, n: number, lags: number): void {
  for (let t = 0; t < lags; t++) changes[t] = residuals[t + 1]! - residuals[t]!;
  let squaresEven = 0;
  let squaresOdd = 0;
  let productEven = 0;
  let productOdd = 0;
  let t = lags;
  for (; t + 1 < n; t += 2) {
    const e0 = residuals[t]!;
    const e1 = residuals[t + 1]!;
    const d0 = e1 - e0;
    const d1 = residuals[t + 2]! - e1;
    changes[t] = d0;
    changes[t + 1] = d1;
    squaresEven += e0 * e0;
    squaresOdd += e1 * e1;
    productEven += e0 * d0;
    productOdd += e1 * d1;
  }
  let squares = squaresEven + squaresOdd;
  let product = productEven + productOdd;
  if (t < n) {
    const level = residuals[t]!;
    const change = residuals[t + 1]! - level;
    changes[t] = change;
    squares += level * level;
    product += level * change;
  }
  found[FOUND.levelSquares] = squares;
  found[FOUND.levelChange] = product;
}

/** Σ dₜ dₜ₋ⱼ for all lags j, four at a time: each change is read once for four sums. */
function sumProducts({ changes, products }: Scratch, n: number, lags: number): void {
  let j = 0;
  for (; j + 3 <= lags; j += 4) {
    let even0 = 0;
    let odd0 = 0;
    let even1 = 0;
    let odd1 = 0;
    let even2 = 0;
    let odd2 = 0;
    let even3 = 0;
    let odd3 = 0;
    let t = lags;
    for (; t + 1 < n; t += 2) {
      const d0 = changes[t]!;
      const d1 = changes[t + 1]!;
      const at = t - j;
      const behind0 = changes[at]!;
      const behind1 = changes[at - 1]!;
      const behind2 = changes[at - 2]!;
      even0 += d0 * behind0;
      odd0 += d1 * changes[at + 1]!;
      even1 += d0 * behind1;
      odd1 += d1 * behind0;
      even2 += d0 * behind2;
      odd2 += d1 * behind1;
      even3 += d0 * changes[at - 3]!;
      odd3 += d1 * behind2;
    }
    const last = t < n ? changes[t]! : 0;
    const at = t < n ? t - j : lags;
    products[j] = even0 + odd0 + last * changes[at]!;
    products[j + 1] = even1 + odd1 + last * changes[at - 1]!;
    products[j + 2] = even2 + odd2 + last * changes[at - 2]!;
    products[j + 3] = even3 + odd3 + last * changes[at - 3]!;
  }
  for (; j <= lags; j++) products[j] = productAtLag(changes, n, lags, j);
}

function productAtLag(changes: Float64Array, n: number, lags: number, j: number): number {
  let even = 0;
  let odd = 0;
  let t = lags;
  for (; t + 1 < n; t += 2) {
    even += changes[t]! * changes[t - j]!;
    odd += changes[t + 1]! * changes[t + 1 - j]!;
  }
  const sum = even + odd;
  return t < n ? sum + changes[t]! * changes[t - j]! : sum;
}

/** λ of the residuals' half-life, over all rows. @returns false where a centred sum is all rounding */
function fitReversion(
  { residuals, changes, products, found }: Scratch,
  n: number,
  lags: number,
): boolean {
  let squares = found[FOUND.levelSquares]!;
  let product = found[FOUND.levelChange]!;
  let changeSquares = products[0]!;
  for (let t = 0; t < lags; t++) {
    const level = residuals[t]!;
    const change = changes[t]!;
    squares += level * level;
    product += level * change;
    changeSquares += change * change;
  }
  // The residuals of a regression with a constant sum to nothing.
  const levelSum = -residuals[n]!;
  const changeSum = residuals[n]! - residuals[0]!;
  const centredSquares = squares - (levelSum * levelSum) / n;
  const centredChanges = changeSquares - (changeSum * changeSum) / n;
  found[FOUND.reversion] = (product - (levelSum * changeSum) / n) / centredSquares;
  return (
    centredSquares > REMAINING_SHARE_CARE * squares &&
    centredChanges > REMAINING_SHARE_CARE * changeSquares
  );
}

/**
 * Σ dₜ₋ᵢ dₜ₋ⱼ for 1 ≤ i ≤ j ≤ lags: the same sums a bar earlier, so each follows from its predecessor.
 *
 * @param origin place in the matrix of the row and column of no lag
 */
function fillLagProducts(scratch: Scratch, n: number, lags: number, origin: number): void {
  const { changes, products, matrix } = scratch;
  const width = lags + 2;
  for (let i = 1; i <= lags; i++) {
    const head = changes[lags - i]!;
    const tail = changes[n - i]!;
    const row = origin + i * width;
    for (let j = i; j <= lags; j++) {
      const earlier = i === 1 ? products[j - 1]! : matrix[row - width + j - 1]!;
      matrix[row + j] = earlier + head * changes[lags - j]! - tail * changes[n - j]!;
    }
  }
}

/** Σ eₜ dₜ₋ᵢ by the same shift; row 1 of the lag products is in the matrix. */
function fillLevelProducts(scratch: Scratch, n: number, lags: number, origin: number): void {
  const { residuals, changes, levelProducts, matrix, found } = scratch;
  const firstRow = origin + lags + 2;
  levelProducts[0] = found[FOUND.levelChange]!;
  for (let i = 1; i <= lags; i++) {
    const head = residuals[lags - 1]! * changes[lags - i]!;
    const tail = residuals[n - 1]! * changes[n - i]!;
    levelProducts[i] = levelProducts[i - 1]! + head - tail + matrix[firstRow + i]!;
  }
}

/** The level, lags 1 … lags, then the target. */
function fillSearchMatrix(scratch: Scratch, n: number, lags: number): void {
  const { products, levelProducts, matrix, diagonal, found } = scratch;
  const width = lags + 2;
  fillLagProducts(scratch, n, lags, 0);
  fillLevelProducts(scratch, n, lags, 0);
  matrix[0] = found[FOUND.levelSquares]!;
  matrix[lags + 1] = found[FOUND.levelChange]!;
  diagonal[0] = found[FOUND.levelSquares]!;
  for (let i = 1; i <= lags; i++) {
    matrix[i] = levelProducts[i]!;
    matrix[i * width + lags + 1] = products[i]!;
    diagonal[i] = matrix[i * width + i]!;
  }
}

/** The level first: a lag then only adds a row. @returns whether one lag is clearly the best */
function searchLag(scratch: Scratch, n: number, lags: number): boolean {
  const { products, penalties, matrix, diagonal, found } = scratch;
  const width = lags + 2;
  const changeSquares = products[0]!;
  let remaining = changeSquares;
  let best = Number.POSITIVE_INFINITY;
  let next = Number.POSITIVE_INFINITY;
  let chosen = 0;
  for (let j = 0; j <= lags; j++) {
    const row = j * width;
    const pivot = matrix[row + j]!;
    if (!(pivot > REMAINING_SHARE_CARE * diagonal[j]!)) return false;
    const inverse = 1 / pivot;
    const product = matrix[row + lags + 1]!;
    remaining -= product * (product * inverse);
    const criterion = remaining * penalties[j]!;
    if (criterion < best) {
      next = best;
      best = criterion;
      chosen = j;
    } else if (criterion < next) {
      next = criterion;
    }
    eliminate(matrix, width, { pivotRow: j, lastRow: lags, inverse });
  }
  found[FOUND.lags] = chosen;
  const isClear = (next - best) * (n - lags) > CRITERION_CARE * best;
  return remaining > REMAINING_SHARE_CARE * changeSquares && (isClear || lags === 0);
}

/** Takes a row off the rows below it; the lower triangle is left as it is. */
function eliminate(
  matrix: Float64Array,
  width: number,
  step: { readonly pivotRow: number; readonly lastRow: number; readonly inverse: number },
): void {
  const from = step.pivotRow * width;
  for (let i = step.pivotRow + 1; i <= step.lastRow; i++) {
    const factor = matrix[from + i]! * step.inverse;
    const row = i * width;
    for (let m = i; m < width; m++) matrix[row + m] = matrix[row + m]! - factor * matrix[from + m]!;
  }
}

/** Adds the rows chosen ≤ t < lags, which fewer lags can use, to the sums. */
function extendRows(scratch: Scratch, lags: number, chosen: number): void {
  const { residuals, changes, products, found } = scratch;
  let squares = found[FOUND.levelSquares]!;
  let product = found[FOUND.levelChange]!;
  for (let t = chosen; t < lags; t++) {
    const level = residuals[t]!;
    const change = changes[t]!;
    squares += level * level;
    product += level * change;
    for (let j = 0; j <= chosen; j++) products[j] = products[j]! + change * changes[t - j]!;
  }
  found[FOUND.levelSquares] = squares;
  found[FOUND.levelChange] = product;
}

/** Lags 1 … lags, the level, then the target. */
function fillFinalMatrix(scratch: Scratch, n: number, lags: number): void {
  const { products, levelProducts, matrix, diagonal, found } = scratch;
  const width = lags + 2;
  const origin = -width - 1;
  fillLagProducts(scratch, n, lags, origin);
  fillLevelProducts(scratch, n, lags, origin);
  for (let i = 1; i <= lags; i++) {
    const row = (i - 1) * width;
    matrix[row + lags] = levelProducts[i]!;
    matrix[row + lags + 1] = products[i]!;
    diagonal[i - 1] = matrix[row + i - 1]!;
  }
  const last = lags * width;
  matrix[last + lags] = found[FOUND.levelSquares]!;
  matrix[last + lags + 1] = found[FOUND.levelChange]!;
  diagonal[lags] = found[FOUND.levelSquares]!;
}

/** The level last, so that its t needs no back substitution. @returns whether it can be trusted */
function eliminateFinal(scratch: Scratch, lags: number): boolean {
  const { products, matrix, diagonal, found } = scratch;
  const width = lags + 2;
  const changeSquares = products[0]!;
  let remaining = changeSquares;
  for (let j = 0; j <= lags; j++) {
    const row = j * width;
    const pivot = matrix[row + j]!;
    if (!(pivot > REMAINING_SHARE_CARE * diagonal[j]!)) return false;
    const inverse = 1 / pivot;
    const product = matrix[row + lags + 1]!;
    remaining -= product * (product * inverse);
    if (j < lags) eliminate(matrix, width, { pivotRow: j, lastRow: lags, inverse });
  }
  found[FOUND.levelPivot] = matrix[lags * width + lags]!;
  found[FOUND.levelTarget] = matrix[lags * width + lags + 1]!;
  found[FOUND.remaining] = remaining;
  return remaining > REMAINING_SHARE_CARE * changeSquares;
}
