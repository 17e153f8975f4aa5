const LOCK = "pairdesk-background-alerts";

/**
 * Asks for the turn of the one hidden page of a browser that may go on listening for alerts.
 *
 * @returns what ends the turn, or null: another page has it, or the browser knows no locks
 */
export function backgroundTurn(): Promise<(() => void) | null> {
  const answer = Promise.withResolvers<(() => void) | null>();
  // Only where the page came over a secure connection does a browser have locks.
  const locks: LockManager | undefined = navigator.locks;
  if (locks === undefined) return Promise.resolve(null);
  const held = locks.request(LOCK, { ifAvailable: true }, (lock) => {
    if (lock === null) {
      answer.resolve(null);
      return null;
    }
    // The lock is kept until this promise resolves; the browser lets go of it when the page is gone.
    return new Promise<void>((end) => answer.resolve(end));
  });
  held.catch(() => answer.resolve(null));
  return answer.promise;
}
