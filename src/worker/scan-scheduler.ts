import { setTimeout as delay } from "node:timers/promises";
import type pino from "pino";
import type { Database } from "#db/client.ts";
import { startDueScan } from "#db/due-scans.ts";

/** Schedules are made of whole hours, so half a minute late is in time. */
const LOOK_EVERY_MS = 30_000;

/** Looks for schedules that are due and starts their scans. */
export type ScanScheduler = { readonly stop: () => Promise<void> };

/** Starts every scan that is due now. @returns how many schedules were due */
export async function startDueScans(
  database: Database,
  nowMs: number,
  log: pino.Logger,
): Promise<number> {
  let count = 0;
  for (;;) {
    const due = await startDueScan(database, nowMs);
    if (due === null) return count;
    count += 1;
    log.info(due, "scheduled scan");
  }
}

/** Looks at once, and then every half minute until it is stopped. Any number of workers may. */
export function startScanScheduler(database: Database, log: pino.Logger): ScanScheduler {
  const ended = new AbortController();
  const looking = (async () => {
    while (!ended.signal.aborted) {
      try {
        await startDueScans(database, Date.now(), log);
      } catch (error) {
        // The next look tries again; a database that stays away ends the worker by its heartbeat.
        log.warn({ err: error }, "schedules could not be looked at");
      }
      // The wait is cut short when the worker stops.
      await delay(LOOK_EVERY_MS, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      ended.abort();
      await looking;
    },
  };
}
