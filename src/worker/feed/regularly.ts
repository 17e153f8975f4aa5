import { setTimeout as delay } from "node:timers/promises";

/** Something that is done again and again until it is stopped. */
export type Regular = {
  /** Does it as soon as the present round is over. */
  readonly now: () => void;
  readonly stop: () => Promise<void>;
};

/**
 * Does something at once and then every so often, never twice at a time.
 *
 * @param onError a round that failed after one that did not; the next one comes nevertheless
 */
export function regularly(
  everyMs: number,
  work: (signal: AbortSignal) => Promise<void>,
  onError: (error: unknown) => void,
): Regular {
  const ended = new AbortController();
  let hasFailed = false;
  let woken = new AbortController();
  const running = (async () => {
    while (!ended.signal.aborted) {
      woken = new AbortController();
      const wakeUp = AbortSignal.any([ended.signal, woken.signal]);
      try {
        await work(ended.signal);
        hasFailed = false;
      } catch (error) {
        if (!ended.signal.aborted && !hasFailed) onError(error);
        hasFailed = true;
      }
      // The wait is cut short when there is something to do or the end has come.
      await delay(everyMs, undefined, { signal: wakeUp }).catch(() => undefined);
    }
  })();
  return {
    now: () => woken.abort(),
    stop: async () => {
      ended.abort();
      await running;
    },
  };
}
