import type pino from "pino";
import { createDatabase } from "#db/client.ts";
import { startPairAlerts } from "../alerts/pair-alerts.ts";
import type { LiveTimes } from "./live-times.ts";
import { startLive } from "./start-live.ts";

/** Reading stored bars of both legs, the loops, and the rules of alerts. */
const CONNECTIONS = 8;

/** The part of a worker that computes live pairs, and raises the alerts on them. */
export type LiveRole = {
  /** Never resolves: while the database is gone it waits, and its pairs become somebody else's. */
  readonly failed: Promise<string>;
  /** Gives its pairs back and lets go of everything. */
  readonly stop: () => Promise<void>;
};

/** Starts to compute the live pairs that no other process does. */
export function startLiveRole(
  connectionString: string,
  times: Partial<LiveTimes>,
  log: pino.Logger,
): LiveRole {
  const database = createDatabase(connectionString, {
    max: CONNECTIONS,
    applicationName: "pairdesk-live",
  });
  const place = { database, connectionString, log };
  const alerts = startPairAlerts(place);
  const live = startLive(
    { ...place, onSnapshot: alerts.pairMoved, onCaughtUp: alerts.caughtUp },
    times,
  );
  return {
    failed: new Promise(() => undefined),
    stop: async () => {
      await live.stop();
      await alerts.stop();
      await database.close();
    },
  };
}
