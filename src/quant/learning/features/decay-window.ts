/** An average that forgets a share a bar, cut off where hardly anything is left of its weight. */
export type DecayWindow = {
  /** Weight of a bar over that of the bar after it, in [0, 1). */
  readonly keptShare: number;
  /** Bars that are read, the present one included. */
  readonly bars: number;
};

/** Weight of all bars further back, which is left out. */
const WEIGHT_LEFT_OUT = 1e-3;

/**
 * Decay window: how far back an exponential average reads.
 *
 * An exponential average without an end reads the whole past, so that no row of a dataset could be kept
 * apart from another, one missing bar would spoil all that follow, and a stream that begins later would
 * have other values. So it is cut off where a thousandth of its weight is left, and its weights are
 * scaled to add up to 1: about 3.45 (periodBars + 1) bars of an EMA. It differs from the average without
 * an end by that thousandth.
 *
 * @param newShare weight of the newest value, in (0, 1]: 2 / (periodBars + 1) of an EMA, 1 / periodBars
 *   of Wilder's averages
 * @returns the window; one bar where nothing is kept
 */
export function decayWindow(newShare: number): DecayWindow {
  const keptShare = 1 - newShare;
  if (keptShare <= 0) return { keptShare: 0, bars: 1 };
  return {
    keptShare,
    bars: Math.max(1, Math.ceil(Math.log(WEIGHT_LEFT_OUT) / Math.log(keptShare))),
  };
}

/**
 * Window of an exponential moving average.
 *
 * @param periodBars ≥ 1
 * @returns see decayWindow
 */
export function emaWindow(periodBars: number): DecayWindow {
  return decayWindow(2 / (periodBars + 1));
}

/**
 * Window of one of Wilder's averages.
 *
 * @param periodBars ≥ 1
 * @returns see decayWindow
 */
export function wilderWindow(periodBars: number): DecayWindow {
  return decayWindow(1 / periodBars);
}
