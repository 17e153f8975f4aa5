import { assert } from "../assert.ts";
import { isRoundingNoise } from "../stats/is-rounding-noise.ts";
import type { ReturnBlocks } from "./return-blocks.ts";
import type { TrialColumns } from "./trial-columns.ts";
import type { TrialFigure, TrialMoment } from "./trial-figures.ts";

/**
 * Sums of a trial while it runs, from which every figure follows: of the returns r of a bar, of the
 * equity, and of the trades. Written in place, so that a pass over the bars needs no memory.
 */
export type TrialTally = {
  bars: number;
  /** Σ r, Σ r², Σ r³, Σ r⁴. */
  sum: number;
  squares: number;
  cubes: number;
  fourths: number;
  /** Twice each: Σ max(r − rf, 0), Σ max(rf − r, 0), Σ min(r − rf, 0)². */
  gains: number;
  shortfalls: number;
  downside: number;
  equitySum: number;
  equity: number;
  peak: number;
  drawdownMax: number;
  underwaterBars: number;
  underwaterBarsMax: number;
  /** Whether equity was ever zero or below: then returns have no base. */
  isRuined: boolean;
  trades: number;
  wins: number;
  won: number;
  lost: number;
  barsHeld: number;
  tradedNotional: number;
  fees: number;
  slippageCost: number;
  carry: number;
  readonly initialEquity: number;
  readonly riskFreeRatePerPeriod: number;
  readonly blocks: ReturnBlocks;
  /** Σ r and Σ r² of each block. */
  readonly blockSums: Float64Array;
  readonly blockSquares: Float64Array;
};

/** What the returns of a trial are measured by; the risk-free rate is a fraction a bar. */
export type TrialTerms = {
  readonly initialEquity: number;
  readonly riskFreeRatePerPeriod: number;
};

/** What a tally needs to know of a round trip. */
export type TalliedTrade = {
  readonly netPnl: number;
  readonly barsHeld: number;
  readonly tradedNotional: number;
  readonly fees: number;
  readonly slippageCost: number;
  /** Funding and dividends that came in, less borrow that was paid. */
  readonly carry: number;
};

/**
 * An empty tally.
 *
 * @param terms equity before the first bar, positive, and the risk-free rate
 * @param blocks of the span
 */
export function createTrialTally(
  { initialEquity, riskFreeRatePerPeriod }: TrialTerms,
  blocks: ReturnBlocks,
): TrialTally {
  const tally: TrialTally = {
    bars: 0,
    sum: 0,
    squares: 0,
    cubes: 0,
    fourths: 0,
    gains: 0,
    shortfalls: 0,
    downside: 0,
    equitySum: 0,
    equity: initialEquity,
    peak: initialEquity,
    drawdownMax: 0,
    underwaterBars: 0,
    underwaterBarsMax: 0,
    isRuined: false,
    trades: 0,
    wins: 0,
    won: 0,
    lost: 0,
    barsHeld: 0,
    tradedNotional: 0,
    fees: 0,
    slippageCost: 0,
    carry: 0,
    initialEquity,
    riskFreeRatePerPeriod,
    blocks,
    blockSums: new Float64Array(blocks.count),
    blockSquares: new Float64Array(blocks.count),
  };
  return tally;
}

/** Makes a tally as it was before the first bar. */
export function resetTrialTally(tally: TrialTally): void {
  tally.bars = 0;
  tally.sum = 0;
  tally.squares = 0;
  tally.cubes = 0;
  tally.fourths = 0;
  tally.gains = 0;
  tally.shortfalls = 0;
  tally.downside = 0;
  tally.equitySum = 0;
  tally.equity = tally.initialEquity;
  tally.peak = tally.initialEquity;
  tally.drawdownMax = 0;
  tally.underwaterBars = 0;
  tally.underwaterBarsMax = 0;
  tally.isRuined = false;
  tally.trades = 0;
  tally.wins = 0;
  tally.won = 0;
  tally.lost = 0;
  tally.barsHeld = 0;
  tally.tradedNotional = 0;
  tally.fees = 0;
  tally.slippageCost = 0;
  tally.carry = 0;
  tally.blockSums.fill(0);
  tally.blockSquares.fill(0);
}

/**
 * The next bars, by their equity.
 *
 * @param tally changed
 * @param equity after each close
 * @param from first index
 * @param to index after the last
 *
 * Cost: O(to − from), no memory.
 */
export function tallyEquity(
  tally: TrialTally,
  equity: Float64Array,
  from: number,
  to: number,
): void {
  const { riskFreeRatePerPeriod, blocks, blockSums, blockSquares } = tally;
  let { sum, squares, cubes, fourths, gains, shortfalls, downside, equitySum } = tally;
  let { peak, drawdownMax, underwaterBars, underwaterBarsMax } = tally;
  let before = tally.equity;
  let bar = tally.bars;
  for (let i = from; i < to; ) {
    // As far as the block goes; the first bars are in none.
    const block = bar < blocks.first ? -1 : Math.floor((bar - blocks.first) / blocks.length);
    const blockEnd = blocks.first + (block + 1) * blocks.length;
    const stop = Math.min(to, i + blockEnd - bar);
    bar += stop - i;
    let blockSum = 0;
    let blockSquare = 0;
    for (; i < stop; i++) {
      const value = equity[i]!;
      const change = value / before - 1;
      before = value;
      equitySum += value;
      const square = change * change;
      blockSum += change;
      blockSquare += square;
      cubes += square * change;
      fourths += square * square;
      // Twice the part above and below 0, exactly, without a branch that half of the bars mispredict.
      const excess = change - riskFreeRatePerPeriod;
      const distance = Math.abs(excess);
      gains += distance + excess;
      shortfalls += distance - excess;
      downside += excess * (excess - distance);
      if (value >= peak) {
        peak = value;
        underwaterBars = 0;
      } else {
        underwaterBars++;
        if (underwaterBars > underwaterBarsMax) underwaterBarsMax = underwaterBars;
        if (value < peak * (1 - drawdownMax)) drawdownMax = Math.min(1, 1 - value / peak);
        if (value <= 0) tally.isRuined = true;
      }
    }
    sum += blockSum;
    squares += blockSquare;
    if (block >= 0) {
      blockSums[block]! += blockSum;
      blockSquares[block]! += blockSquare;
    }
  }
  tally.sum = sum;
  tally.squares = squares;
  tally.cubes = cubes;
  tally.fourths = fourths;
  tally.gains = gains;
  tally.shortfalls = shortfalls;
  tally.downside = downside;
  tally.equitySum = equitySum;
  tally.peak = peak;
  tally.drawdownMax = drawdownMax;
  tally.underwaterBars = underwaterBars;
  tally.underwaterBarsMax = underwaterBarsMax;
  tally.equity = before;
  tally.bars = bar;
}

/**
 * The next bars, on which nothing is held: their returns are 0.
 *
 * @param tally changed
 * @param bars how many
 *
 * Cost: O(1).
 */
export function tallyFlat(tally: TrialTally, bars: number): void {
  if (bars <= 0) return;
  const { equity, riskFreeRatePerPeriod } = tally;
  tally.bars += bars;
  tally.equitySum += bars * equity;
  if (riskFreeRatePerPeriod > 0) {
    tally.shortfalls += 2 * bars * riskFreeRatePerPeriod;
    tally.downside += 2 * bars * riskFreeRatePerPeriod * riskFreeRatePerPeriod;
  } else {
    tally.gains -= 2 * bars * riskFreeRatePerPeriod;
  }
  if (equity < tally.peak) {
    tally.underwaterBars += bars;
    if (tally.underwaterBars > tally.underwaterBarsMax) {
      tally.underwaterBarsMax = tally.underwaterBars;
    }
  }
}

/**
 * A finished round trip.
 *
 * @param tally changed
 * @param trade what it made and cost
 */
export function tallyTrade(tally: TrialTally, trade: TalliedTrade): void {
  const { netPnl } = trade;
  tally.trades++;
  if (netPnl > 0) {
    tally.wins++;
    tally.won += netPnl;
  } else {
    tally.lost -= netPnl;
  }
  tally.barsHeld += trade.barsHeld;
  tally.tradedNotional += trade.tradedNotional;
  tally.fees += trade.fees;
  tally.slippageCost += trade.slippageCost;
  tally.carry += trade.carry;
}

/**
 * Writes the figures of a finished trial into its row.
 *
 * @param columns written to; as many bars a trial as the tally has seen
 * @param row of the trial
 * @param tally its sums
 * @param periodsPerYear bars of a year
 *
 * Cost: O(blocks). Convention: every figure is that of the function of its name in `performance`, but
 * for rounding: the sums are about 0, not about the mean, which costs digits only where the mean return
 * is far larger than the deviation. Checked: against those functions in the test.
 */
export function writeTrialFigures(
  columns: TrialColumns,
  row: number,
  tally: TrialTally,
  periodsPerYear: number,
): void {
  const { figures, moments, blocks } = columns;
  assert(tally.bars === columns.layout.bars, "a trial has a return for every bar");
  writeReturnFigures(figures, moments, row, { tally, periodsPerYear });
  const { trades, bars, initialEquity, equitySum } = tally;
  figures.totalReturn[row] = tally.equity / initialEquity - 1;
  figures.drawdownMax[row] = tally.drawdownMax;
  figures.underwaterBarsMax[row] = tally.underwaterBarsMax;
  figures.trades[row] = trades;
  figures.winRate[row] = trades === 0 ? Number.NaN : tally.wins / trades;
  figures.profitFactor[row] = ratioOrNone(tally.won, tally.lost);
  figures.expectancy[row] = trades === 0 ? Number.NaN : (tally.won - tally.lost) / trades;
  figures.exposure[row] = tally.barsHeld / bars;
  const isWorth = equitySum > 0;
  figures.turnover[row] = isWorth
    ? (tally.tradedNotional / equitySum) * periodsPerYear
    : Number.NaN;
  figures.fees[row] = tally.fees;
  figures.slippageCost[row] = tally.slippageCost;
  figures.carry[row] = tally.carry;
  for (let block = 0; block < blocks.count; block++) {
    const at = row * blocks.count + block;
    // Who is ruined in one block has lost in all: a return of −1 and a Sharpe ratio near −1 a bar.
    const mean = tally.isRuined ? -1 : tally.blockSums[block]! / blocks.length;
    const squares = tally.blockSquares[block]! - blocks.length * mean * mean;
    columns.blockMeans[at] = mean;
    columns.blockSquares[at] = tally.isRuined ? blocks.length : Math.max(0, squares);
  }
}

function writeReturnFigures(
  figures: Readonly<Record<TrialFigure, Float64Array>>,
  moments: Readonly<Record<TrialMoment, Float64Array>>,
  row: number,
  of: { readonly tally: TrialTally; readonly periodsPerYear: number },
): void {
  const { tally, periodsPerYear } = of;
  const { bars: n, riskFreeRatePerPeriod } = tally;
  const none = Number.NaN;
  const isKnown = !tally.isRuined && n > 0;
  const mean = tally.sum / n;
  const central = Math.max(0, tally.squares - n * mean * mean);
  const deviation = n > 1 ? Math.sqrt(central / (n - 1)) : none;
  const isVarying = isKnown && n > 1 && !isRoundingNoise(central, n, mean);
  const yearly = Math.sqrt(periodsPerYear);
  const excess = mean - riskFreeRatePerPeriod;
  const growth = isKnown ? (tally.equity / tally.initialEquity) ** (periodsPerYear / n) - 1 : none;
  const annualised = Number.isFinite(growth) ? growth : none;
  const downsideDeviation = Math.sqrt(tally.downside / 2 / n);
  figures.annualisedReturn[row] = annualised;
  figures.annualisedVolatility[row] = isKnown ? deviation * yearly : none;
  figures.sharpeRatio[row] = isVarying ? (excess / deviation) * yearly : none;
  figures.sortinoRatio[row] = isKnown ? ratioOrNone(excess, downsideDeviation) * yearly : none;
  figures.calmarRatio[row] = ratioOrNone(annualised, tally.drawdownMax);
  figures.omegaRatio[row] = isKnown ? ratioOrNone(tally.gains, tally.shortfalls) : none;
  moments.mean[row] = isKnown ? mean : none;
  moments.deviation[row] = isKnown ? deviation : none;
  const variance = central / n;
  const third = tally.cubes / n - mean * (3 * (tally.squares / n) - 2 * mean * mean);
  const fourth =
    tally.fourths / n -
    mean * (4 * (tally.cubes / n) - mean * (6 * (tally.squares / n) - 3 * mean * mean));
  moments.skewness[row] = isVarying ? third / variance ** 1.5 : none;
  moments.kurtosis[row] = isVarying ? fourth / (variance * variance) : none;
}

function ratioOrNone(value: number, divisor: number): number {
  return divisor === 0 ? Number.NaN : value / divisor;
}
