/**
 * Sums of products over the rows t = lags … n − 1 of a Dickey–Fuller regression, where row t has the
 * change dₜ, the level eₜ before it and the lagged changes dₜ₋₁ … dₜ₋lags.
 */
export type LaggedMoments = {
  readonly lags: number;
  /** Number of rows. */
  readonly observations: number;
  /** Σ dₜ². */
  readonly changeSquares: number;
  /** Σ eₜ². */
  readonly levelSquares: number;
  /** Element i is Σ eₜ dₜ₋ᵢ, 0 ≤ i ≤ lags. */
  readonly levelWithChange: Float64Array;
  /** Element (i, j), row-major of width lags + 1, is Σ dₜ₋ᵢ dₜ₋ⱼ; row 0 and 1 ≤ j ≤ i are filled. */
  readonly changeProducts: Float64Array;
};

/**
 * Moments of a Dickey–Fuller regression with all lags up to a largest one.
 *
 * Only the products with lag 0 are summed. The rest are the same sums one bar earlier, so each
 * follows from its predecessor by adding the first product and taking off the last:
 * Σ dₜ₋ᵢ₋₁ dₜ₋ⱼ₋₁ = Σ dₜ₋ᵢ dₜ₋ⱼ + (first) − (last), and with eₜ = eₜ₋₁ + dₜ₋₁ likewise for the level.
 *
 * @param levels n + 1 values
 * @param changes their n first differences
 * @param lags largest lag, 0 ≤ lags < n
 * @returns the moments on the rows that all lags can use
 *
 * Cost: O(n · lags).
 */
export function laggedMoments(
  levels: Float64Array,
  changes: Float64Array,
  lags: number,
): LaggedMoments {
  const n = changes.length;
  const width = lags + 1;
  const changeProducts = new Float64Array(width * width);
  fillProductsWithLagZero(changeProducts, changes, lags);
  for (let i = 1; i < width; i++) {
    for (let j = 1; j <= i; j++) {
      // Column 0 is kept as row 0.
      const earlier = j === 1 ? i - 1 : (i - 1) * width + j - 1;
      changeProducts[i * width + j] =
        changeProducts[earlier]! +
        changes[lags - i]! * changes[lags - j]! -
        changes[n - i]! * changes[n - j]!;
    }
  }
  let levelSquares = 0;
  let levelChange = 0;
  for (let t = lags; t < n; t++) {
    const level = levels[t]!;
    levelSquares += level * level;
    levelChange += level * changes[t]!;
  }
  const levelWithChange = new Float64Array(width);
  levelWithChange[0] = levelChange;
  for (let i = 1; i < width; i++) {
    const earlier =
      levelWithChange[i - 1]! +
      levels[lags - 1]! * changes[lags - i]! -
      levels[n - 1]! * changes[n - i]!;
    levelWithChange[i] = earlier + changeProducts[i * width + 1]!;
  }
  return {
    lags,
    observations: n - lags,
    changeSquares: changeProducts[0]!,
    levelSquares,
    levelWithChange,
    changeProducts,
  };
}

/**
 * The moments with fewer lags, which can use more rows: the earlier rows are added to the sums.
 *
 * @param moments of the largest lag
 * @param levels the levels that moments were made of
 * @param changes the changes that moments were made of
 * @param lags the smaller lag, 0 ≤ lags ≤ moments.lags
 * @returns the moments of that lag on all rows that it can use
 *
 * Cost: O((moments.lags − lags) · lags²).
 */
export function extendMoments(
  moments: LaggedMoments,
  levels: Float64Array,
  changes: Float64Array,
  lags: number,
): LaggedMoments {
  if (lags === moments.lags) return moments;
  const width = lags + 1;
  const wide = moments.lags + 1;
  const changeProducts = new Float64Array(width * width);
  const levelWithChange = moments.levelWithChange.slice(0, width);
  let levelSquares = moments.levelSquares;
  for (let t = lags; t < moments.lags; t++) {
    const level = levels[t]!;
    levelSquares += level * level;
    for (let i = 0; i < width; i++) levelWithChange[i]! += level * changes[t - i]!;
  }
  const extendProduct = (i: number, j: number): void => {
    let sum = moments.changeProducts[i * wide + j]!;
    for (let t = lags; t < moments.lags; t++) sum += changes[t - i]! * changes[t - j]!;
    changeProducts[i * width + j] = sum;
  };
  for (let j = 0; j < width; j++) extendProduct(0, j);
  for (let i = 1; i < width; i++) for (let j = 1; j <= i; j++) extendProduct(i, j);
  return {
    lags,
    observations: changes.length - lags,
    changeSquares: changeProducts[0]!,
    levelSquares,
    levelWithChange,
    changeProducts,
  };
}

/** Row 0: Σ dₜ dₜ₋ⱼ for all lags j, eight at a time, so that dₜ is read once for eight sums. */
function fillProductsWithLagZero(products: Float64Array, d: Float64Array, lags: number): void {
  const n = d.length;
  let j = 0;
  for (; j + 7 <= lags; j += 8) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    let s5 = 0;
    let s6 = 0;
    let s7 = 0;
    for (let t = lags; t < n; t++) {
      const change = d[t]!;
      const lagged = t - j;
      s0 += change * d[lagged]!;
      s1 += change * d[lagged - 1]!;
      s2 += change * d[lagged - 2]!;
      s3 += change * d[lagged - 3]!;
      s4 += change * d[lagged - 4]!;
      s5 += change * d[lagged - 5]!;
      s6 += change * d[lagged - 6]!;
      s7 += change * d[lagged - 7]!;
    }
    products.set([s0, s1, s2, s3, s4, s5, s6, s7], j);
  }
  for (; j <= lags; j++) {
    let sum = 0;
    for (let t = lags; t < n; t++) sum += d[t]! * d[t - j]!;
    products[j] = sum;
  }
}
