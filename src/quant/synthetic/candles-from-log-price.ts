import { createRandom } from "./random.ts";

/** Open, high, low, close and volume of a synthetic instrument, one value a bar. */
export type SyntheticBars = {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
};

/** An open differs a little from the close before it, as after a quiet second; one basis point. */
const OPEN_GAP_STD = 0.0001;

/** How far a bar reaches beyond its open and close. */
const WICK_STD = 0.0015;

const VOLUME_NOTIONAL = 4_000_000;

/** Volume grows with the size of the move: a bar of 0.5 % trades twice that of a still one. */
const VOLUME_OF_MOVE = 200;

/**
 * Candles from a log price: bars whose closes are the given path.
 *
 * Prices are rounded to a tick of about five or six digits, as a venue would; that also hides the
 * last bit of Math.exp, which may differ between JavaScript engines.
 *
 * @param logPrice natural logarithm of the close, one value a bar
 * @param startPrice open of the first bar; decides the tick
 * @param source seed and stream of the wicks, gaps and volumes
 * @returns bars with low ≤ open, close ≤ high
 *
 * Cost: O(n).
 */
export function candlesFromLogPrice(
  logPrice: Float64Array,
  startPrice: number,
  source: { readonly seed: number; readonly stream: number },
): SyntheticBars {
  const random = createRandom(source.seed, source.stream);
  const n = logPrice.length;
  const ticks = ticksPerUnit(startPrice);
  const rounded = (price: number): number => Math.round(price * ticks) / ticks;
  const open = new Float64Array(n);
  const high = new Float64Array(n);
  const low = new Float64Array(n);
  const close = new Float64Array(n);
  const volume = new Float64Array(n);
  let previousClose = rounded(startPrice);
  for (let t = 0; t < n; t++) {
    const opened = rounded(previousClose * (1 + OPEN_GAP_STD * random.gaussian()));
    const closed = rounded(Math.exp(logPrice[t]!));
    const top = Math.max(opened, closed);
    const bottom = Math.min(opened, closed);
    open[t] = opened;
    close[t] = closed;
    high[t] = Math.max(top, rounded(top * (1 + WICK_STD * Math.abs(random.gaussian()))));
    low[t] = Math.min(bottom, rounded(bottom * (1 - WICK_STD * Math.abs(random.gaussian()))));
    const move = Math.abs(closed - opened) / opened;
    const activity = (0.5 + random.uniform()) * (1 + VOLUME_OF_MOVE * move);
    volume[t] = Math.round((VOLUME_NOTIONAL / closed) * activity);
    previousClose = closed;
  }
  return { open, high, low, close, volume };
}

function ticksPerUnit(startPrice: number): number {
  if (startPrice >= 100) return 1_000;
  return startPrice >= 10 ? 10_000 : 100_000;
}
