/** Waits that double up to a cap, each shortened by chance so that many who wait do not come back at once. */
export type BackOff = {
  /** How long to wait before the next attempt, ms. */
  readonly next: () => number;
  /** The last attempt went well: begin again with the shortest wait. */
  readonly reset: () => void;
};

/**
 * @param options.minMs first wait
 * @param options.maxMs cap
 * @param options.random in [0, 1): a wait is between half of its length and all of it
 */
export function createBackOff(options: {
  readonly minMs: number;
  readonly maxMs: number;
  readonly random: () => number;
}): BackOff {
  let attempts = 0;
  return {
    next: () => {
      const whole = Math.min(options.maxMs, options.minMs * 2 ** attempts);
      attempts = Math.min(attempts + 1, 30);
      return Math.round(whole * (0.5 + 0.5 * options.random()));
    },
    reset: () => {
      attempts = 0;
    },
  };
}
