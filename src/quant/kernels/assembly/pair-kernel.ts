// The pair kernel of ../plain-pair-kernel.ts in WebAssembly with two numbers in one register. The same
// operations in the same order, so that both agree to the bit: change neither without the other.
// Addresses are in bytes; memory is laid out by reserve and nothing is ever freed.

const VALUE: usize = 8;
const PAGE: usize = 65536;
/** Values before the changes and the products that a group of lags may read beyond its own. */
const PAD: usize = 8;
const CARE: f64 = 1e-4;
const CRITERION_CARE: f64 = 1e-6;

let y: usize = 0;
let x: usize = 0;
let penalties: usize = 0;
let inputs: usize = 0;
let answers: usize = 0;
let centredY: usize = 0;
let centredX: usize = 0;
let residuals: usize = 0;
let changes: usize = 0;
let products: usize = 0;
let levelProducts: usize = 0;
let heads: usize = 0;
let tails: usize = 0;
let diagonal: usize = 0;
let matrix: usize = 0;
let end: usize = 0;

let levelSquares: f64 = 0;
let levelChange: f64 = 0;
let chosenLags: i32 = 0;
let levelPivot: f64 = 0;
let levelTarget: f64 = 0;
let remainingSquares: f64 = 0;
let statistic: f64 = 0;
let reversion: f64 = 0;

function take(values: usize): usize {
  const at = end;
  // Whole registers, and one to spare for what is read beyond the end.
  end += ((values + 3) & ~1) * VALUE;
  return at;
}

/** Lays out memory for a pair. Returns the address of y; the other arrays follow as the addresses say. */
export function reserve(bars: i32, lags: i32): void {
  end = (__heap_base + 63) & ~63;
  const n = <usize>bars;
  const k = <usize>lags + 1;
  y = take(n);
  x = take(n);
  penalties = take(k);
  inputs = take(8);
  answers = take(8);
  centredY = take(n);
  centredX = take(n);
  residuals = take(n);
  changes = take(n + PAD) + PAD * VALUE;
  products = take(k + 2 * PAD) + PAD * VALUE;
  levelProducts = take(k);
  heads = take(k + PAD);
  tails = take(k + PAD);
  diagonal = take(k);
  matrix = take((k + 1) * (k + 3));
  const missing = <i32>((end + PAGE - 1) / PAGE) - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
  memory.fill(y, 0, end - y);
}

export function addressOfY(): usize {
  return y;
}

export function addressOfX(): usize {
  return x;
}

export function addressOfPenalties(): usize {
  return penalties;
}

export function addressOfInputs(): usize {
  return inputs;
}

export function addressOfAnswers(): usize {
  return answers;
}

/** See PairKernel.run. */
export function run(bars: i32, lags: i32, isSearched: bool): bool {
  const squaresY = load<f64>(inputs, 16);
  const squaresX = load<f64>(inputs, 24);
  const product = centre(bars);
  store<f64>(answers, changeProduct(bars - 1), 48);
  const slopeYx = product / squaresX;
  const slopeXy = product / squaresY;
  store<f64>(answers, slopeYx);
  const unexplainedYx = fitResiduals(centredY, centredX, slopeYx, bars);
  if (!(unexplainedYx > CARE * squaresY)) return false;
  if (!testResiduals(bars, lags, isSearched)) return false;
  store<f64>(answers, statistic, 8);
  store<f64>(answers, <f64>chosenLags, 16);
  store<f64>(answers, reversion, 24);
  const unexplainedXy = fitResiduals(centredX, centredY, slopeXy, bars);
  if (!(unexplainedXy > CARE * squaresX)) return false;
  if (!testResiduals(bars, lags, isSearched)) return false;
  store<f64>(answers, statistic, 32);
  store<f64>(answers, <f64>chosenLags, 40);
  return true;
}

function addLanes(sums: v128): f64 {
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** Centres both series. Returns Σ (y − ȳ)(x − x̄). */
function centre(bars: i32): f64 {
  const meanY = load<f64>(inputs);
  const meanX = load<f64>(inputs, 8);
  const meansY = f64x2.splat(meanY);
  const meansX = f64x2.splat(meanX);
  let sums = f64x2.splat(0);
  let at: usize = 0;
  const whole = (<usize>bars & ~1) * VALUE;
  for (; at < whole; at += 16) {
    const pairY = f64x2.sub(v128.load(y + at), meansY);
    const pairX = f64x2.sub(v128.load(x + at), meansX);
    v128.store(centredY + at, pairY);
    v128.store(centredX + at, pairX);
    sums = f64x2.add(sums, f64x2.mul(pairY, pairX));
  }
  let sum = addLanes(sums);
  if ((bars & 1) !== 0) {
    const lastY = load<f64>(y + at) - meanY;
    const lastX = load<f64>(x + at) - meanX;
    store<f64>(centredY + at, lastY);
    store<f64>(centredX + at, lastX);
    sum += lastY * lastX;
  }
  return sum;
}

function changeProduct(n: i32): f64 {
  let sums = f64x2.splat(0);
  let at: usize = 0;
  const whole = (<usize>n & ~1) * VALUE;
  for (; at < whole; at += 16) {
    const changeY = f64x2.sub(v128.load(centredY + at, 8), v128.load(centredY + at));
    const changeX = f64x2.sub(v128.load(centredX + at, 8), v128.load(centredX + at));
    sums = f64x2.add(sums, f64x2.mul(changeY, changeX));
  }
  const sum = addLanes(sums);
  if ((n & 1) === 0) return sum;
  const changeY = load<f64>(centredY + at, 8) - load<f64>(centredY + at);
  const changeX = load<f64>(centredX + at, 8) - load<f64>(centredX + at);
  return sum + changeY * changeX;
}

/** Residuals of target on regressor, both centred. Returns their sum of squares. */
function fitResiduals(target: usize, regressor: usize, slope: f64, bars: i32): f64 {
  const slopes = f64x2.splat(slope);
  let sums = f64x2.splat(0);
  let at: usize = 0;
  const whole = (<usize>bars & ~1) * VALUE;
  for (; at < whole; at += 16) {
    const explained = f64x2.mul(slopes, v128.load(regressor + at));
    const pair = f64x2.sub(v128.load(target + at), explained);
    v128.store(residuals + at, pair);
    sums = f64x2.add(sums, f64x2.mul(pair, pair));
  }
  const sum = addLanes(sums);
  if ((bars & 1) === 0) return sum;
  const last = load<f64>(target + at) - slope * load<f64>(regressor + at);
  store<f64>(residuals + at, last);
  return sum + last * last;
}

/** The Dickey–Fuller regression of the residuals. Returns whether it can be trusted. */
function testResiduals(bars: i32, lags: i32, isSearched: bool): bool {
  const n = bars - 1;
  sumLevels(n, lags);
  sumProducts(n, lags);
  if (!fitReversion(n, lags)) return false;
  chosenLags = lags;
  if (isSearched) {
    fillSearchMatrix(n, lags);
    if (!searchLag(n, lags)) return false;
    extendRows(lags, chosenLags);
  }
  fillFinalMatrix(n, chosenLags);
  if (!eliminateFinal(chosenLags)) return false;
  const variance = remainingSquares / <f64>(n - chosenLags - chosenLags - 1);
  statistic = levelTarget / sqrt<f64>(levelPivot * variance);
  return true;
}

/** Changes of the residuals, and Σ e² and Σ e d over the rows t ≥ lags. */
function sumLevels(n: i32, lags: i32): void {
  for (let t: usize = 0; t < <usize>lags; t++) {
    const at = residuals + t * VALUE;
    store<f64>(changes + t * VALUE, load<f64>(at, 8) - load<f64>(at));
  }
  let squares = f64x2.splat(0);
  let crossed = f64x2.splat(0);
  let at = <usize>lags * VALUE;
  const whole = at + (<usize>(n - lags) & ~1) * VALUE;
  for (; at < whole; at += 16) {
    const level = v128.load(residuals + at);
    const change = f64x2.sub(v128.load(residuals + at, 8), level);
    v128.store(changes + at, change);
    squares = f64x2.add(squares, f64x2.mul(level, level));
    crossed = f64x2.add(crossed, f64x2.mul(level, change));
  }
  levelSquares = addLanes(squares);
  levelChange = addLanes(crossed);
  if (((n - lags) & 1) !== 0) {
    const level = load<f64>(residuals + at);
    const change = load<f64>(residuals + at, 8) - level;
    store<f64>(changes + at, change);
    levelSquares += level * level;
    levelChange += level * change;
  }
}

/** Σ dₜ dₜ₋ⱼ for all lags j. A group may reach beyond the last lag: what it sums there is not read. */
function sumProducts(n: i32, lags: i32): void {
  let first = 0;
  while (first <= lags) {
    if (lags - first >= 4) {
      sumProducts8(n, lags, first);
      first += 8;
    } else {
      sumProducts4(n, lags, first);
      first += 4;
    }
  }
}

/** Σ dₜ dₜ₋ⱼ for the 8 lags from `first` on. */
function sumProducts8(n: i32, lags: i32, first: i32): void {
  let sum0 = f64x2.splat(0);
  let sum1 = f64x2.splat(0);
  let sum2 = f64x2.splat(0);
  let sum3 = f64x2.splat(0);
  let sum4 = f64x2.splat(0);
  let sum5 = f64x2.splat(0);
  let sum6 = f64x2.splat(0);
  let sum7 = f64x2.splat(0);
  let here = changes + ((<usize>lags) << 3);
  let behind = here - ((<usize>first) << 3);
  let rows = n - lags;
  for (; rows >= 4; rows -= 4) {
    const d0 = v128.load(here);
    const d1 = v128.load(here, 16);
    let lagged: v128;
    lagged = v128.load(behind - 56, 0);
    sum7 = f64x2.add(sum7, f64x2.mul(d0, lagged));
    lagged = v128.load(behind - 56, 8);
    sum6 = f64x2.add(sum6, f64x2.mul(d0, lagged));
    lagged = v128.load(behind - 56, 16);
    sum5 = f64x2.add(sum5, f64x2.mul(d0, lagged));
    sum7 = f64x2.add(sum7, f64x2.mul(d1, lagged));
    lagged = v128.load(behind - 56, 24);
    sum4 = f64x2.add(sum4, f64x2.mul(d0, lagged));
    sum6 = f64x2.add(sum6, f64x2.mul(d1, lagged));
    lagged = v128.load(behind - 56, 32);
    sum3 = f64x2.add(sum3, f64x2.mul(d0, lagged));
    sum5 = f64x2.add(sum5, f64x2.mul(d1, lagged));
    lagged = v128.load(behind - 56, 40);
    sum2 = f64x2.add(sum2, f64x2.mul(d0, lagged));
    sum4 = f64x2.add(sum4, f64x2.mul(d1, lagged));
    lagged = v128.load(behind - 56, 48);
    sum1 = f64x2.add(sum1, f64x2.mul(d0, lagged));
    sum3 = f64x2.add(sum3, f64x2.mul(d1, lagged));
    lagged = v128.load(behind - 56, 56);
    sum0 = f64x2.add(sum0, f64x2.mul(d0, lagged));
    sum2 = f64x2.add(sum2, f64x2.mul(d1, lagged));
    lagged = v128.load(behind - 56, 64);
    sum1 = f64x2.add(sum1, f64x2.mul(d1, lagged));
    lagged = v128.load(behind - 56, 72);
    sum0 = f64x2.add(sum0, f64x2.mul(d1, lagged));
    here += 32;
    behind += 32;
  }
  if (rows >= 2) {
    const d0 = v128.load(here);
    sum0 = f64x2.add(sum0, f64x2.mul(d0, v128.load(behind - 56, 56)));
    sum1 = f64x2.add(sum1, f64x2.mul(d0, v128.load(behind - 56, 48)));
    sum2 = f64x2.add(sum2, f64x2.mul(d0, v128.load(behind - 56, 40)));
    sum3 = f64x2.add(sum3, f64x2.mul(d0, v128.load(behind - 56, 32)));
    sum4 = f64x2.add(sum4, f64x2.mul(d0, v128.load(behind - 56, 24)));
    sum5 = f64x2.add(sum5, f64x2.mul(d0, v128.load(behind - 56, 16)));
    sum6 = f64x2.add(sum6, f64x2.mul(d0, v128.load(behind - 56, 8)));
    sum7 = f64x2.add(sum7, f64x2.mul(d0, v128.load(behind - 56, 0)));
    here += 16;
    behind += 16;
    rows -= 2;
  }
  const last = rows > 0 ? load<f64>(here) : 0;
  const at = products + ((<usize>first) << 3);
  store<f64>(at, addLanes(sum0) + last * load<f64>(behind - 56, 56), 0);
  store<f64>(at, addLanes(sum1) + last * load<f64>(behind - 56, 48), 8);
  store<f64>(at, addLanes(sum2) + last * load<f64>(behind - 56, 40), 16);
  store<f64>(at, addLanes(sum3) + last * load<f64>(behind - 56, 32), 24);
  store<f64>(at, addLanes(sum4) + last * load<f64>(behind - 56, 24), 32);
  store<f64>(at, addLanes(sum5) + last * load<f64>(behind - 56, 16), 40);
  store<f64>(at, addLanes(sum6) + last * load<f64>(behind - 56, 8), 48);
  store<f64>(at, addLanes(sum7) + last * load<f64>(behind - 56, 0), 56);
}

/** Σ dₜ dₜ₋ⱼ for the 4 lags from `first` on. */
function sumProducts4(n: i32, lags: i32, first: i32): void {
  let sum0 = f64x2.splat(0);
  let sum1 = f64x2.splat(0);
  let sum2 = f64x2.splat(0);
  let sum3 = f64x2.splat(0);
  let here = changes + ((<usize>lags) << 3);
  let behind = here - ((<usize>first) << 3);
  let rows = n - lags;
  for (; rows >= 4; rows -= 4) {
    const d0 = v128.load(here);
    const d1 = v128.load(here, 16);
    let lagged: v128;
    lagged = v128.load(behind - 24, 0);
    sum3 = f64x2.add(sum3, f64x2.mul(d0, lagged));
    lagged = v128.load(behind - 24, 8);
    sum2 = f64x2.add(sum2, f64x2.mul(d0, lagged));
    lagged = v128.load(behind - 24, 16);
    sum1 = f64x2.add(sum1, f64x2.mul(d0, lagged));
    sum3 = f64x2.add(sum3, f64x2.mul(d1, lagged));
    lagged = v128.load(behind - 24, 24);
    sum0 = f64x2.add(sum0, f64x2.mul(d0, lagged));
    sum2 = f64x2.add(sum2, f64x2.mul(d1, lagged));
    lagged = v128.load(behind - 24, 32);
    sum1 = f64x2.add(sum1, f64x2.mul(d1, lagged));
    lagged = v128.load(behind - 24, 40);
    sum0 = f64x2.add(sum0, f64x2.mul(d1, lagged));
    here += 32;
    behind += 32;
  }
  if (rows >= 2) {
    const d0 = v128.load(here);
    sum0 = f64x2.add(sum0, f64x2.mul(d0, v128.load(behind - 24, 24)));
    sum1 = f64x2.add(sum1, f64x2.mul(d0, v128.load(behind - 24, 16)));
    sum2 = f64x2.add(sum2, f64x2.mul(d0, v128.load(behind - 24, 8)));
    sum3 = f64x2.add(sum3, f64x2.mul(d0, v128.load(behind - 24, 0)));
    here += 16;
    behind += 16;
    rows -= 2;
  }
  const last = rows > 0 ? load<f64>(here) : 0;
  const at = products + ((<usize>first) << 3);
  store<f64>(at, addLanes(sum0) + last * load<f64>(behind - 24, 24), 0);
  store<f64>(at, addLanes(sum1) + last * load<f64>(behind - 24, 16), 8);
  store<f64>(at, addLanes(sum2) + last * load<f64>(behind - 24, 8), 16);
  store<f64>(at, addLanes(sum3) + last * load<f64>(behind - 24, 0), 24);
}

/** λ of the residuals' half-life, over all rows. Returns false where a centred sum is all rounding. */
function fitReversion(n: i32, lags: i32): bool {
  let squares = levelSquares;
  let product = levelChange;
  let changeSquares = load<f64>(products);
  for (let t: usize = 0; t < <usize>lags; t++) {
    const level = load<f64>(residuals + t * VALUE);
    const change = load<f64>(changes + t * VALUE);
    squares += level * level;
    product += level * change;
    changeSquares += change * change;
  }
  const lastLevel = load<f64>(residuals + <usize>n * VALUE);
  const levelSum = -lastLevel;
  const changeSum = lastLevel - load<f64>(residuals);
  const centredSquares = squares - (levelSum * levelSum) / <f64>n;
  const centredChanges = changeSquares - (changeSum * changeSum) / <f64>n;
  reversion = (product - (levelSum * changeSum) / <f64>n) / centredSquares;
  return centredSquares > CARE * squares && centredChanges > CARE * changeSquares;
}

/** Bytes of a matrix row: columns 0 … lags + 1 in whole registers. */
function strideOf(lags: i32): usize {
  return ((<usize>lags + 3) & ~1) * VALUE;
}

/** Σ dₜ₋ᵢ dₜ₋ⱼ for 1 ≤ i ≤ j ≤ lags, with lag `shift` in row and column 0. */
function fillLagProducts(n: i32, lags: i32, shift: i32): void {
  const stride = strideOf(lags);
  for (let j = 0; j <= lags; j++) {
    const at = <usize>j * VALUE;
    store<f64>(heads + at, load<f64>(changes + <usize>(lags - j) * VALUE));
    store<f64>(tails + at, load<f64>(changes + <usize>(n - j) * VALUE));
  }
  const moved = <usize>shift * VALUE;
  let row = matrix + <usize>(1 - shift) * stride;
  // The row before, one column to the left; before the first lag stand the sums themselves.
  let earlier = products + moved - VALUE;
  for (let i = 1; i <= lags; i++) {
    const head = f64x2.splat(load<f64>(heads + <usize>i * VALUE));
    const tail = f64x2.splat(load<f64>(tails + <usize>i * VALUE));
    const last = <usize>(lags - shift) * VALUE;
    for (let at = (<usize>(i - shift) & ~1) * VALUE; at <= last; at += 16) {
      const added = f64x2.mul(head, v128.load(heads + moved + at));
      const taken = f64x2.mul(tail, v128.load(tails + moved + at));
      v128.store(row + at, f64x2.sub(f64x2.add(v128.load(earlier + at), added), taken));
    }
    earlier = row - VALUE;
    row += stride;
  }
}

/** Σ eₜ dₜ₋ᵢ; row 1 of the lag products begins at firstRow, as if it had a column of no lag. */
function fillLevelProducts(n: i32, lags: i32, firstRow: usize): void {
  let sum = levelChange;
  store<f64>(levelProducts, sum);
  if (lags === 0) return;
  const first = load<f64>(residuals + <usize>(lags - 1) * VALUE);
  const last = load<f64>(residuals + <usize>(n - 1) * VALUE);
  for (let i: usize = 1; i <= <usize>lags; i++) {
    const at = i * VALUE;
    const head = first * load<f64>(heads + at);
    const tail = last * load<f64>(tails + at);
    sum = sum + head - tail + load<f64>(firstRow + at);
    store<f64>(levelProducts + at, sum);
  }
}

/** The level, lags 1 … lags, then the target. */
function fillSearchMatrix(n: i32, lags: i32): void {
  const stride = strideOf(lags);
  const target = <usize>(lags + 1) * VALUE;
  fillLagProducts(n, lags, 0);
  fillLevelProducts(n, lags, matrix + stride);
  store<f64>(matrix, levelSquares);
  store<f64>(matrix + target, levelChange);
  store<f64>(diagonal, levelSquares);
  let row = matrix;
  for (let i: usize = 1; i <= <usize>lags; i++) {
    const at = i * VALUE;
    row += stride;
    store<f64>(matrix + at, load<f64>(levelProducts + at));
    store<f64>(row + target, load<f64>(products + at));
    store<f64>(diagonal + at, load<f64>(row + at));
  }
}

/** The level first: a lag then only adds a row. Returns whether one lag is clearly the best. */
function searchLag(n: i32, lags: i32): bool {
  const stride = strideOf(lags);
  const target = <usize>(lags + 1) * VALUE;
  const changeSquares = load<f64>(products);
  let remaining = changeSquares;
  let best = Infinity;
  let next = Infinity;
  let row = matrix;
  for (let j = 0; j <= lags; j++) {
    const at = <usize>j * VALUE;
    const pivot = load<f64>(row + at);
    if (!(pivot > CARE * load<f64>(diagonal + at))) return false;
    const inverse = 1 / pivot;
    const product = load<f64>(row + target);
    remaining -= product * (product * inverse);
    const criterion = remaining * load<f64>(penalties + at);
    if (criterion < best) {
      next = best;
      best = criterion;
      chosenLags = j;
    } else if (criterion < next) {
      next = criterion;
    }
    eliminate(row, stride, j, lags, inverse);
    row += stride;
  }
  const isClear = (next - best) * <f64>(n - lags) > CRITERION_CARE * best;
  return remaining > CARE * changeSquares && (isClear || lags === 0);
}

/** Takes a row off the rows below it. */
function eliminate(from: usize, stride: usize, pivotRow: i32, lastRow: i32, inverse: f64): void {
  let row = from;
  for (let i = pivotRow + 1; i <= lastRow; i++) {
    row += stride;
    const factor = f64x2.splat(load<f64>(from + <usize>i * VALUE) * inverse);
    for (let at = (<usize>i & ~1) * VALUE; at < stride; at += 16) {
      const taken = f64x2.mul(factor, v128.load(from + at));
      v128.store(row + at, f64x2.sub(v128.load(row + at), taken));
    }
  }
}

/** Adds the rows chosen ≤ t < lags, which fewer lags can use, to the sums. */
function extendRows(lags: i32, chosen: i32): void {
  for (let t = chosen; t < lags; t++) {
    const level = load<f64>(residuals + <usize>t * VALUE);
    const change = load<f64>(changes + <usize>t * VALUE);
    levelSquares += level * level;
    levelChange += level * change;
    for (let j = 0; j <= chosen; j++) {
      const at = products + <usize>j * VALUE;
      const lagged = load<f64>(changes + <usize>(t - j) * VALUE);
      store<f64>(at, load<f64>(at) + change * lagged);
    }
  }
}

/** Lags 1 … lags, the level, then the target. */
function fillFinalMatrix(n: i32, lags: i32): void {
  const stride = strideOf(lags);
  const levelAt = <usize>lags * VALUE;
  fillLagProducts(n, lags, 1);
  fillLevelProducts(n, lags, matrix - VALUE);
  let row = matrix;
  for (let i: usize = 1; i <= <usize>lags; i++) {
    const at = i * VALUE;
    store<f64>(row + levelAt, load<f64>(levelProducts + at));
    store<f64>(row + levelAt, load<f64>(products + at), 8);
    store<f64>(diagonal + at - VALUE, load<f64>(row + at - VALUE));
    row += stride;
  }
  store<f64>(row + levelAt, levelSquares);
  store<f64>(row + levelAt, levelChange, 8);
  store<f64>(diagonal + levelAt, levelSquares);
}

/** The level last, so that its t needs no back substitution. Returns whether it can be trusted. */
function eliminateFinal(lags: i32): bool {
  const stride = strideOf(lags);
  const target = <usize>(lags + 1) * VALUE;
  const changeSquares = load<f64>(products);
  let remaining = changeSquares;
  let row = matrix;
  for (let j = 0; j <= lags; j++) {
    const at = <usize>j * VALUE;
    const pivot = load<f64>(row + at);
    if (!(pivot > CARE * load<f64>(diagonal + at))) return false;
    const inverse = 1 / pivot;
    const product = load<f64>(row + target);
    remaining -= product * (product * inverse);
    levelPivot = pivot;
    levelTarget = product;
    if (j < lags) eliminate(row, stride, j, lags, inverse);
    row += stride;
  }
  remainingSquares = remaining;
  return remaining > CARE * changeSquares;
}
