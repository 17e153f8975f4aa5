import { AppError } from "#contracts/error-code.ts";

/** Lets a few run at a time; the rest wait their turn, and beyond a limit are refused. */
export type Slots = { readonly run: <T>(work: () => Promise<T>) => Promise<T> };

/**
 * Slots: a bound on how much of a costly thing happens at once. A password hash takes 19 MiB and a core
 * for some 20 ms: unbounded, a burst of sign-ins would starve everything else.
 *
 * @throws {AppError} unavailable, from run, when waitingMax are waiting already
 */
export function createSlots(
  runningMax: number,
  waitingMax: number,
  refusal = "Too many people are signing in: try again in a moment",
): Slots {
  let running = 0;
  const waiting: (() => void)[] = [];
  const acquire = async (): Promise<void> => {
    if (running < runningMax) {
      running += 1;
      return;
    }
    if (waiting.length >= waitingMax) {
      throw new AppError("unavailable", refusal);
    }
    // Whoever finishes hands its slot over, so `running` does not change.
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const release = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return {
    run: async (work) => {
      await acquire();
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}
