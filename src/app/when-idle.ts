const WAIT_MS_MAX = 250;

/** Calls back when the browser has nothing else to do, and after a quarter of a second all the same. */
export function whenIdle(work: () => void): void {
  // Safari has no idle callbacks: there the work waits its turn after what is queued already.
  if (typeof requestIdleCallback === "function")
    requestIdleCallback(work, { timeout: WAIT_MS_MAX });
  else setTimeout(work, 0);
}
