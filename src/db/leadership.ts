import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";

/** One of several processes does what only one should do. */
export type Leadership = {
  readonly isLeader: () => boolean;
  readonly stop: () => Promise<void>;
};

/** How often a process that does not lead asks again, and one that leads looks whether it still does. */
const LOOK_MS = 2_000;

/**
 * Strives for leadership until it is stopped: a lock of PostgreSQL that goes with the connection of a process
 * that dies. During an outage a second leader is possible for a moment; what leaders do must bear that.
 *
 * @param name of the role
 * @param onLead called each time the leadership begins
 */
export function startLeadership(
  connectionString: string,
  name: string,
  onLead: () => void,
): Leadership {
  const ended = new AbortController();
  let isLeader = false;
  const striving = (async () => {
    while (!ended.signal.aborted) {
      const client = new pg.Client({ connectionString, application_name: "pairdesk-leader" });
      // An error of the connection is told by the next query.
      client.on("error", () => undefined);
      try {
        await client.connect();
        while (!ended.signal.aborted) {
          if (isLeader) await client.query("SELECT 1");
          else {
            const { rows } = await client.query<{ held: boolean }>(
              "SELECT pg_try_advisory_lock(hashtextextended($1, 1)) AS held",
              [name],
            );
            isLeader = rows[0]?.held === true;
            if (isLeader) onLead();
          }
          await delay(LOOK_MS, undefined, { signal: ended.signal });
        }
      } catch {
        // Lost with its lock, or stopped: strive again, unless stopped.
      }
      isLeader = false;
      await client.end().catch(() => undefined);
      await delay(LOOK_MS / 4, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  })();
  return {
    isLeader: () => isLeader,
    stop: async () => {
      ended.abort();
      await striving;
    },
  };
}
