/** The levels of a system, and what its regressions have beside them. */
export type LevelSystem = {
  /** m series of n values, oldest first. */
  readonly levels: readonly Float64Array[];
  /** What is taken off each series before anything is multiplied: a number near its values. */
  readonly centres: Float64Array;
  /** k ≥ 0 lagged differences; n ≥ 2 k + 2. */
  readonly lagsDiff: number;
  /**
   * A constant in the regressions, or beside the levels; or a trend beside the levels, with a constant
   * in the regressions.
   */
  readonly terms: "none" | "constant" | "restricted-constant" | "restricted-trend";
};

type Work = Pick<LevelSystem, "levels" | "centres" | "lagsDiff"> & {
  /** Bars of the regression: rows are first ≤ bar < end, a change is that which follows its bar. */
  readonly first: number;
  readonly end: number;
  /** Rows that stay in the regression whatever lag their changes have end here. */
  readonly coreEnd: number;
  /** Lower triangle, row-major, of order p. */
  readonly matrix: Float64Array;
  readonly p: number;
  /** Σ of each variable; zero for the term. */
  readonly sums: Float64Array;
};

/** Places of the sums of a pair of series over the core. */
const CORE = {
  changes: 0,
  /** Σ Δyₜ Δxₜ₋₁ and Σ Δxₜ Δyₜ₋₁. */
  yOnLaggedX: 1,
  xOnLaggedY: 2,
  levels: 3,
  /** Σ Δy x and Σ Δx y, with the levels before the changes. */
  yOnLevelX: 4,
  xOnLevelY: 5,
  levelSum: 6,
} as const;

/**
 * Moments of a system in its error-correction form: sums of products of all variables of a Johansen
 * regression over its rows.
 *
 * The variables are Δxₜ₋₁ … Δxₜ₋ₖ, xₜ₋₁, the restricted term and Δxₜ, each of m series. Two changes a
 * given number of bars apart have much the same products whatever bar they are counted from; so these
 * are summed once, over the rows that all share, and for each lag the few at the ends are added.
 * Nothing is taken off a sum, so that a jump at an end costs no digits of what does not hold it.
 *
 * @param system see LevelSystem
 * @returns p × p, row-major, the lower triangle, p = m (k + 2) and one more with a restricted term; the
 *   variables in the order above
 *
 * Cost: O(n m² max(k, 1)), where the products of columns would cost O(n m² k²); one pass over two
 * series where k ≤ 1. Checked: against the products of columns in the test.
 */
export function systemMoments(system: LevelSystem): Float64Array {
  const { levels, centres, lagsDiff, terms } = system;
  const m = levels.length;
  const isRestricted = terms === "restricted-constant" || terms === "restricted-trend";
  const p = m * (lagsDiff + 2) + (isRestricted ? 1 : 0);
  const end = levels[0]!.length - 1;
  const work = {
    levels,
    centres,
    lagsDiff,
    first: lagsDiff,
    end,
    coreEnd: end - lagsDiff,
    matrix: new Float64Array(p * p),
    p,
    sums: new Float64Array(p),
  };
  const core = new Float64Array(7);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < i; j++) {
      sumCrossProducts(core, work, i, j);
      placeProducts(work, core, i, j);
    }
    sumOwnProducts(core, work, i);
    placeProducts(work, core, i, i);
    placeSums(work, core[CORE.levelSum]!, i);
  }
  if (terms === "restricted-constant") placeConstant(work);
  if (terms === "restricted-trend") placeTrend(work);
  if (terms === "constant" || terms === "restricted-trend") centre(work);
  return work.matrix;
}

/** Column of a change of a series, `lag` bars back. */
function changeColumn({ levels, p }: Work, series: number, lag: number): number {
  const m = levels.length;
  return lag === 0 ? p - m + series : (lag - 1) * m + series;
}

/** Column of a level; that after the last is the restricted term. */
function levelColumn({ levels, lagsDiff }: Work, series: number): number {
  return lagsDiff * levels.length + series;
}

function place({ matrix, p }: Work, a: number, b: number, value: number): void {
  matrix[a >= b ? a * p + b : b * p + a] = value;
}

/** A level about its centre. */
function level({ levels, centres }: Work, series: number, bar: number): number {
  return levels[series]![bar]! - centres[series]!;
}

/** The change that follows a bar. */
function change(work: Work, series: number, bar: number): number {
  return level(work, series, bar + 1) - level(work, series, bar);
}

function sumCrossProducts(core: Float64Array, work: Work, i: number, j: number): void {
  const { levels, centres, first, coreEnd } = work;
  const y = levels[i]!;
  const x = levels[j]!;
  const centreY = centres[i]!;
  const centreX = centres[j]!;
  let levelY = y[first]! - centreY;
  let levelX = x[first]! - centreX;
  // Without lags nothing comes before the first row, and no one asks for products with it.
  let beforeY = first === 0 ? 0 : change(work, i, first - 1);
  let beforeX = first === 0 ? 0 : change(work, j, first - 1);
  let changes = 0;
  let yOnLaggedX = 0;
  let xOnLaggedY = 0;
  let levelProducts = 0;
  let yOnLevelX = 0;
  let xOnLevelY = 0;
  for (let bar = first + 1; bar <= coreEnd; bar++) {
    const nextY = y[bar]! - centreY;
    const nextX = x[bar]! - centreX;
    const changeY = nextY - levelY;
    const changeX = nextX - levelX;
    changes += changeY * changeX;
    yOnLaggedX += changeY * beforeX;
    xOnLaggedY += changeX * beforeY;
    levelProducts += levelY * levelX;
    yOnLevelX += changeY * levelX;
    xOnLevelY += changeX * levelY;
    levelY = nextY;
    levelX = nextX;
    beforeY = changeY;
    beforeX = changeX;
  }
  core[CORE.changes] = changes;
  core[CORE.yOnLaggedX] = yOnLaggedX;
  core[CORE.xOnLaggedY] = xOnLaggedY;
  core[CORE.levels] = levelProducts;
  core[CORE.yOnLevelX] = yOnLevelX;
  core[CORE.xOnLevelY] = xOnLevelY;
}

/** The same of a series with itself, and the sum of its levels. */
function sumOwnProducts(core: Float64Array, work: Work, i: number): void {
  const { levels, centres, first, coreEnd } = work;
  const values = levels[i]!;
  const middle = centres[i]!;
  let now = values[first]! - middle;
  let before = first === 0 ? 0 : change(work, i, first - 1);
  let changes = 0;
  let onLagged = 0;
  let squares = 0;
  let onLevel = 0;
  let sum = 0;
  for (let bar = first + 1; bar <= coreEnd; bar++) {
    const next = values[bar]! - middle;
    const step = next - now;
    changes += step * step;
    onLagged += step * before;
    squares += now * now;
    onLevel += step * now;
    sum += now;
    now = next;
    before = step;
  }
  core[CORE.changes] = changes;
  core[CORE.yOnLaggedX] = onLagged;
  core[CORE.levels] = squares;
  core[CORE.yOnLevelX] = onLevel;
  core[CORE.levelSum] = sum;
}

/** Everything that a pair of series has in the matrix. */
function placeProducts(work: Work, core: Float64Array, i: number, j: number): void {
  const { coreEnd, end } = work;
  const changes = core[CORE.changes]!;
  placeChanges(work, { i, j, lag: 0 }, changes);
  placeLagged(work, { i, j }, core[CORE.yOnLaggedX]!);
  placeOnLevel(work, { i, j }, core[CORE.yOnLevelX]!, changes);
  if (i !== j) {
    placeLagged(work, { i: j, j: i }, core[CORE.xOnLaggedY]!);
    placeOnLevel(work, { i: j, j: i }, core[CORE.xOnLevelY]!, changes);
  }
  let levels = core[CORE.levels]!;
  for (let bar = coreEnd; bar < end; bar++) levels += level(work, i, bar) * level(work, j, bar);
  place(work, levelColumn(work, i), levelColumn(work, j), levels);
}

/** A series, and another that may lag behind it. */
type Two = { readonly i: number; readonly j: number };

/** Changes of the second with later ones of the first. */
function placeLagged(work: Work, two: Two, coreOfOne: number): void {
  for (let lag = 1; lag <= work.lagsDiff; lag++) {
    const of = { ...two, lag };
    const core = lag === 1 ? coreOfOne : changesOver(work, of, work.first, work.coreEnd);
    placeChanges(work, of, core);
  }
}

/** Two changes `lag` bars apart, counted from every bar that the regression has them at. */
function placeChanges(work: Work, of: Two & { readonly lag: number }, core: number): void {
  const { first, coreEnd, end, lagsDiff } = work;
  for (let shift = 0; shift + of.lag <= lagsDiff; shift++) {
    const before = changesOver(work, of, first - shift, first);
    const after = changesOver(work, of, coreEnd, end - shift);
    const column = changeColumn(work, of.i, shift);
    place(work, column, changeColumn(work, of.j, shift + of.lag), core + before + after);
  }
}

/** Σ Δy Δx of `lag` bars before, over from ≤ bar < to. */
function changesOver(
  work: Work,
  { i, j, lag }: Two & { readonly lag: number },
  from: number,
  to: number,
): number {
  let sum = 0;
  for (let bar = from; bar < to; bar++) sum += change(work, i, bar) * change(work, j, bar - lag);
  return sum;
}

/**
 * Changes of the first with the level of the second. The level after a bar is that before it and the
 * change, so that the changes of a bar earlier follow from the same sums, a bar moved.
 */
function placeOnLevel(work: Work, two: Two, core: number, coreOfChanges: number): void {
  const { first, coreEnd, end, lagsDiff } = work;
  const { i, j } = two;
  for (let lag = 0; lag <= lagsDiff; lag++) {
    let sum = 0;
    if (lag === 0) sum = core + onLevelOver(work, { i, j, lag }, coreEnd, end);
    if (lag === 1) {
      const before = onLevelOver(work, { i, j, lag }, first, first + 1);
      sum = core + coreOfChanges + before + onLevelOver(work, { i, j, lag }, coreEnd + 1, end);
    }
    if (lag > 1) sum = onLevelOver(work, { i, j, lag }, first, end);
    place(work, changeColumn(work, i, lag), levelColumn(work, j), sum);
  }
}

/** Σ Δy of `lag` bars before x, over from ≤ bar < to. */
function onLevelOver(
  work: Work,
  { i, j, lag }: Two & { readonly lag: number },
  from: number,
  to: number,
): number {
  let sum = 0;
  for (let bar = from; bar < to; bar++) sum += change(work, i, bar - lag) * level(work, j, bar);
  return sum;
}

/** Sums of a series' variables: changes add up to the way between their ends. */
function placeSums(work: Work, coreSum: number, i: number): void {
  const { first, coreEnd, end, lagsDiff, sums } = work;
  let sum = coreSum;
  for (let bar = coreEnd; bar < end; bar++) sum += level(work, i, bar);
  sums[levelColumn(work, i)] = sum;
  for (let lag = 0; lag <= lagsDiff; lag++) {
    sums[changeColumn(work, i, lag)] = level(work, i, end - lag) - level(work, i, first - lag);
  }
}

function placeConstant(work: Work): void {
  const { levels, p, first, end, sums } = work;
  const term = levelColumn(work, levels.length);
  for (let column = 0; column < p; column++) place(work, term, column, sums[column]!);
  place(work, term, term, end - first);
}

function placeTrend(work: Work): void {
  const { levels, first, end, lagsDiff } = work;
  const term = levelColumn(work, levels.length);
  const rows = end - first;
  const middle = first + (rows - 1) / 2;
  for (let i = 0; i < levels.length; i++) {
    for (let lag = 0; lag <= lagsDiff; lag++) {
      let sum = 0;
      for (let bar = first; bar < end; bar++) sum += (bar - middle) * change(work, i, bar - lag);
      place(work, term, changeColumn(work, i, lag), sum);
    }
    let sum = 0;
    for (let bar = first; bar < end; bar++) sum += (bar - middle) * level(work, i, bar);
    place(work, term, levelColumn(work, i), sum);
  }
  // Σ (bar − middle)² in closed form.
  place(work, term, term, (rows * (rows * rows - 1)) / 12);
}

/** Products about the means, from products and sums; a trend about its middle has the sum 0. */
function centre({ matrix, p, first, end, sums }: Work): void {
  for (let i = 0; i < p; i++) {
    for (let j = 0; j <= i; j++) matrix[i * p + j]! -= (sums[i]! * sums[j]!) / (end - first);
  }
}
