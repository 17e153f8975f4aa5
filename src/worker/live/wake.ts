/** Lets a loop sleep until somebody has work for it. */
export type Wake = {
  /** Ends the wait, or the next one when nobody waits. */
  readonly set: () => void;
  /** Resolves when it is set, or after this long. */
  readonly wait: (timeoutMs: number) => Promise<void>;
};

/** A wake that is not set. */
export function createWake(): Wake {
  let isSet = false;
  let end: () => void = () => undefined;
  return {
    set: () => {
      isSet = true;
      end();
    },
    wait: async (timeoutMs) => {
      if (!isSet) {
        const { promise, resolve } = Promise.withResolvers<void>();
        end = resolve;
        const timer = setTimeout(resolve, timeoutMs);
        await promise;
        clearTimeout(timer);
      }
      isSet = false;
    },
  };
}
