/** Bars of one leg, oldest first, open times strictly ascending on the grid of the interval. */
export type LegBars = {
  readonly openTimeMs: Float64Array;
  readonly close: Float64Array;
  /** Base units; NaN: unknown. */
  readonly volume: Float64Array;
};

/** A span of time in which trades of a leg are known to be missing, UTC ms. */
export type MissingSpan = { readonly afterMs: number; readonly beforeMs: number };

/** One leg of the aligned bars: element i belongs to openTimeMs[i]. */
export type AlignedLeg = {
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Index of the bar in the leg's own bars. */
  readonly index: Uint32Array;
  /** 1 where the close was carried over from an earlier bar. */
  readonly carried: Uint8Array;
};

/** Both legs on their common intervals. */
export type AlignedLiveBars = {
  readonly openTimeMs: Float64Array;
  readonly legY: AlignedLeg;
  readonly legX: AlignedLeg;
  /** Intervals in which one leg has a bar and the other nothing that could stand for one. */
  readonly gapCount: number;
};

/** How two legs become one series of bars. */
export type LiveAlignment = {
  readonly intervalMs: number;
  /** For how many intervals at most a last close is carried; 0: never. */
  readonly carryBarsMax: number;
  /** Half-open span of open times that is wanted, UTC ms; earlier bars only serve to be carried. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly missingY: readonly MissingSpan[];
  readonly missingX: readonly MissingSpan[];
};

/**
 * Alignment of live bars: which intervals have a bar of the pair, and what it holds.
 *
 * An interval without a trade of a leg has no bar of that leg. Where only one leg traded, the other is
 * represented by its last close, with volume 0 and marked as carried, for at most carryBarsMax
 * intervals, and only while no trade of it is known to be missing since that bar began: quiet is
 * carried, unknown is not. Otherwise, and where neither leg traded, the interval is a gap: it has no bar.
 *
 * @param barsY bars of leg Y
 * @param barsX bars of leg X
 * @param alignment see LiveAlignment
 * @returns aligned bars within the span; see AlignedLiveBars
 *
 * Cost: O(n + m), times the missing spans where something is carried. The prefix law is tested.
 */
export function alignLiveBars(
  barsY: LegBars,
  barsX: LegBars,
  alignment: LiveAlignment,
): AlignedLiveBars {
  const { fromMs, untilMs } = alignment;
  const sizeMax = barsY.openTimeMs.length + barsX.openTimeMs.length;
  const times = new Float64Array(sizeMax);
  const pickY = createPick(barsY, sizeMax, alignment.missingY);
  const pickX = createPick(barsX, sizeMax, alignment.missingX);
  let n = 0;
  let gapCount = 0;
  for (;;) {
    const timeMs = Math.min(pickY.nextMs(), pickX.nextMs());
    if (!(timeMs < untilMs)) break;
    const hasY = pickY.at(timeMs, alignment);
    const hasX = pickX.at(timeMs, alignment);
    if (timeMs < fromMs) continue;
    if (!(hasY && hasX)) {
      gapCount += 1;
      continue;
    }
    times[n] = timeMs;
    pickY.keep(n, timeMs);
    pickX.keep(n, timeMs);
    n += 1;
  }
  return {
    openTimeMs: times.slice(0, n),
    legY: pickY.leg(n),
    legX: pickX.leg(n),
    gapCount,
  };
}

/** Walks along the bars of one leg and keeps which of them stands at each common time. */
function createPick(bars: LegBars, sizeMax: number, missing: readonly MissingSpan[]) {
  const index = new Uint32Array(sizeMax);
  const carried = new Uint8Array(sizeMax);
  let next = 0;
  return {
    nextMs: (): number => bars.openTimeMs[next] ?? Number.POSITIVE_INFINITY,
    /** Goes on to a time; whether the leg has a bar there, or one that may stand for it. */
    at: (timeMs: number, { intervalMs, carryBarsMax }: LiveAlignment): boolean => {
      if (bars.openTimeMs[next] === timeMs) {
        next += 1;
        return true;
      }
      if (next === 0) return false;
      const lastMs = bars.openTimeMs[next - 1]!;
      return (
        timeMs - lastMs <= carryBarsMax * intervalMs &&
        !missing.some(({ afterMs, beforeMs }) => afterMs < timeMs + intervalMs && beforeMs > lastMs)
      );
    },
    keep: (n: number, timeMs: number): void => {
      index[n] = next - 1;
      carried[n] = bars.openTimeMs[next - 1] === timeMs ? 0 : 1;
    },
    leg: (n: number): AlignedLeg => {
      const kept = index.slice(0, n);
      const marks = carried.slice(0, n);
      return {
        index: kept,
        carried: marks,
        close: Float64Array.from(kept, (bar) => bars.close[bar]!),
        volume: Float64Array.from(kept, (bar, i) => (marks[i] === 1 ? 0 : bars.volume[bar]!)),
      };
    },
  };
}
