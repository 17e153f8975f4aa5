import { InvalidInputError } from "../invalid-input-error.ts";
import type { Candles } from "./candles.ts";

/**
 * Two legs on their common bars: index i is the same moment in both; `droppedBars` had no partner.
 */
export type AlignedCandles = {
  readonly openTimeMs: Float64Array;
  readonly legY: Candles;
  readonly legX: Candles;
  readonly droppedBars: number;
};

/**
 * Align by open time: the inner join of two candle series.
 *
 * A bar that only one leg has, or whose close (or open, where there are opens) is NaN, is a gap and
 * is left out: nothing is ever filled forward, because a filled price could not have been traded.
 *
 * @param candlesY bars of the first leg, strictly ascending open times
 * @param candlesX bars of the second leg, likewise
 * @returns legY and legX with equal lengths and the same openTimeMs; droppedBars of both inputs
 *   together
 * @throws {InvalidInputError} arrays of one leg differ in length, or open times do not ascend
 *
 * Cost: O(n + m).
 */
export function alignByOpenTime(candlesY: Candles, candlesX: Candles): AlignedCandles {
  assertCandles(candlesY, "Y");
  assertCandles(candlesX, "X");
  const sizeMax = Math.min(candlesY.close.length, candlesX.close.length);
  const indexesY = new Uint32Array(sizeMax);
  const indexesX = new Uint32Array(sizeMax);
  let n = 0;
  let i = 0;
  let j = 0;
  while (i < candlesY.close.length && j < candlesX.close.length) {
    const timeY = candlesY.openTimeMs[i]!;
    const timeX = candlesX.openTimeMs[j]!;
    if (timeY === timeX && isPriced(candlesY, i) && isPriced(candlesX, j)) {
      indexesY[n] = i;
      indexesX[n] = j;
      n += 1;
    }
    if (timeY <= timeX) i += 1;
    if (timeX <= timeY) j += 1;
  }
  const legY = pick(candlesY, indexesY.subarray(0, n));
  const legX = pick(candlesX, indexesX.subarray(0, n));
  const droppedBars = candlesY.close.length + candlesX.close.length - 2 * n;
  return { openTimeMs: legY.openTimeMs, legY, legX, droppedBars };
}

function assertCandles(candles: Candles, leg: "Y" | "X"): void {
  const n = candles.openTimeMs.length;
  if (candles.close.length !== n || (candles.open !== null && candles.open.length !== n)) {
    throw new InvalidInputError(
      "length-mismatch",
      `leg ${leg}: openTimeMs, open and close must have one value per bar`,
    );
  }
  for (let i = 1; i < n; i++) {
    if (!(candles.openTimeMs[i]! > candles.openTimeMs[i - 1]!)) {
      throw new InvalidInputError(
        "out-of-range",
        `leg ${leg}: openTimeMs must ascend, bar ${i} does not`,
      );
    }
  }
}

function isPriced(candles: Candles, i: number): boolean {
  return (
    !Number.isNaN(candles.close[i]) && !(candles.open !== null && Number.isNaN(candles.open[i]))
  );
}

function pick(candles: Candles, indexes: Uint32Array): Candles {
  return {
    openTimeMs: gather(candles.openTimeMs, indexes),
    open: candles.open === null ? null : gather(candles.open, indexes),
    close: gather(candles.close, indexes),
  };
}

function gather(values: Float64Array, indexes: Uint32Array): Float64Array {
  const picked = new Float64Array(indexes.length);
  for (let i = 0; i < indexes.length; i++) picked[i] = values[indexes[i]!]!;
  return picked;
}
