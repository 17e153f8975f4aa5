/** Seconds of one call, over many: the least is what the machine can do, the median what it does. */
export type Timing = { readonly best: number; readonly median: number };

/**
 * Times a synchronous piece of work, after letting the compiler get used to it.
 *
 * @param runs measurements
 * @param callsPerRun calls in each, so that a short one is longer than the clock's grain
 */
export function timing(work: () => void, runs: number, callsPerRun = 1): Timing {
  const seconds: number[] = [];
  for (let run = -Math.ceil(runs / 4); run < runs; run++) {
    const startedAt = performance.now();
    for (let call = 0; call < callsPerRun; call++) work();
    if (run >= 0) seconds.push((performance.now() - startedAt) / 1000 / callsPerRun);
  }
  return bestAndMedian(seconds);
}

export function bestAndMedian(seconds: readonly number[]): Timing {
  const sorted = seconds.toSorted((a, b) => a - b);
  return {
    best: sorted[0] ?? Number.NaN,
    median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
  };
}
