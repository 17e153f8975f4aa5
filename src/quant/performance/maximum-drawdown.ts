/**
 * The deepest fall of an equity curve. Indexes count bars, −1 is the moment before the first;
 * `recoveryIndex` is null while the peak has not been reached again. `underwaterBarsMax` is the
 * longest run of bars below the peak, of any fall.
 */
export type MaximumDrawdown = {
  readonly drawdownMax: number;
  readonly peakIndex: number;
  readonly troughIndex: number;
  readonly recoveryIndex: number | null;
  readonly underwaterBarsMax: number;
};

/**
 * Maximum drawdown: how much of its best equity a holder could have lost, and for how long.
 *
 * @param equity equity after each bar, oldest first
 * @param initialEquity equity before the first bar, positive: it is the first peak
 * @returns drawdownMax in [0, 1], where and how long; without a fall all three
 *   indexes are −1
 *
 * Cost: O(n). Convention: matches empyrical max_drawdown with its sign turned. Checked:
 * golden/performance.json.
 */
export function maximumDrawdown(equity: Float64Array, initialEquity: number): MaximumDrawdown {
  let peak = initialEquity;
  let peakAt = -1;
  let underwaterBars = 0;
  let underwaterBarsMax = 0;
  let worst = { drawdownMax: 0, peak, peakIndex: -1, troughIndex: -1 };
  for (let i = 0; i < equity.length; i++) {
    const value = equity[i]!;
    underwaterBars = value < peak ? underwaterBars + 1 : 0;
    underwaterBarsMax = Math.max(underwaterBarsMax, underwaterBars);
    if (value > peak) {
      peak = value;
      peakAt = i;
    }
    const drawdown = Math.min(1, 1 - value / peak);
    if (drawdown > worst.drawdownMax) {
      worst = { drawdownMax: drawdown, peak, peakIndex: peakAt, troughIndex: i };
    }
  }
  const { drawdownMax, peakIndex, troughIndex } = worst;
  if (drawdownMax === 0) {
    return { drawdownMax, peakIndex, troughIndex, recoveryIndex: troughIndex, underwaterBarsMax };
  }
  const recovery = equity.findIndex((value, i) => i > troughIndex && value >= worst.peak);
  const recoveryIndex = recovery < 0 ? null : recovery;
  return { drawdownMax, peakIndex, troughIndex, recoveryIndex, underwaterBarsMax };
}
