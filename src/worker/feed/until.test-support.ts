import { setTimeout as delay } from "node:timers/promises";

const LOOK_MS = 25;

/** Waits for something to become true. @throws when it has not within a time */
export async function until(
  check: () => boolean | Promise<boolean>,
  timeoutMs = 150_000,
): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  while (!(await check())) {
    if (performance.now() > endMs) throw new Error(`not true within ${timeoutMs} ms: ${check}`);
    await delay(LOOK_MS);
  }
}
