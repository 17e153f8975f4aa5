// Sends alerts to their channels: at least once, each attempt under the alert's id, so that a receiver can
// tell a repeat. A delivery is taken for one attempt by a lease; whoever dies with it in hand leaves it to
// the next worker when the lease is over.
import { setTimeout as delay } from "node:timers/promises";
import type pino from "pino";
import {
  type ClaimedDelivery,
  claimAlertDeliveries,
  claimChannelTests,
  type DeliveryChannel,
  type DeliveryOutcome,
  settleAlertDelivery,
  settleChannelTest,
} from "#db/alert-deliveries.ts";
import type { Database } from "#db/client.ts";
import { startListener } from "#db/notifications.ts";
import { type Courier, noteOf, testNote } from "./deliver.ts";
import { DeliveryError } from "./delivery-error.ts";

export type DeliveryTimes = {
  /** Attempts before a delivery is given up; with the waits between them about two hours. */
  readonly attemptsMax: number;
  /** Wait after the first failed attempt; each next is three times as long, up to waitMsMax. */
  readonly waitMs: number;
  readonly waitMsMax: number;
  /** Longer than any attempt takes. */
  readonly leaseMs: number;
  /** How often to look for what is due, should a notification be missed. */
  readonly pollMs: number;
};

const TIMES: DeliveryTimes = {
  attemptsMax: 10,
  waitMs: 2_000,
  waitMsMax: 3_600_000,
  leaseMs: 30_000,
  pollMs: 1_000,
};

/** Messages under way at once, of one process and of one channel of it: a slow channel holds up no other. */
const UNDER_WAY_MAX = 16;
const PER_CHANNEL_MAX = 2;

/** How long an ending process waits for what is under way; the lease brings the rest back. */
const STOP_MS_MAX = 1_500;

/** Wait before the next attempt after `attempt` failed ones: between half and all of it, by chance. */
export function retryDelayMs(
  attempt: number,
  { waitMs, waitMsMax }: Pick<DeliveryTimes, "waitMs" | "waitMsMax">,
  random: () => number = Math.random,
): number {
  return Math.min(waitMsMax, waitMs * 3 ** (attempt - 1)) * (0.5 + 0.5 * random());
}

/** Starts to deliver; several processes share what is due. */
export function startDelivery(
  {
    database,
    connectionString,
    log,
    courier,
    baseUrl,
  }: {
    readonly database: Database;
    readonly connectionString: string;
    readonly log: pino.Logger;
    readonly courier: Courier;
    readonly baseUrl: string | undefined;
  },
  options: Partial<DeliveryTimes> = {},
): { readonly stop: () => Promise<void> } {
  const times = { ...TIMES, ...options };
  const ended = new AbortController();
  const underWay = new Map<Promise<void>, string>();
  let wake = Promise.withResolvers<void>();
  const onTrouble = (error: unknown) =>
    log.warn({ err: error }, "deliveries of alerts wait for the database");
  const listener = startListener(
    connectionString,
    { pairdesk_alert: () => wake.resolve() },
    { onConnect: () => wake.resolve(), onError: onTrouble },
  );

  const begin = (channelId: string, work: Promise<void>) => {
    const run = work.catch(onTrouble).finally(() => {
      underWay.delete(run);
      wake.resolve();
    });
    underWay.set(run, channelId);
  };

  const deliver = async (delivery: ClaimedDelivery) => {
    const outcome = await attempt(courier, delivery, noteOf(delivery, baseUrl), times);
    const { alertId, channelId, attempt: number } = delivery;
    const about = { alertId, channelId, channel: delivery.kind, attempt: number };
    if (outcome.kind === "sent") log.debug(about, "alert delivered");
    else
      log.info({ ...about, reason: outcome.error, outcome: outcome.kind }, "alert not delivered");
    await settleAlertDelivery(database, delivery, outcome);
  };
  const tryChannel = async (channel: DeliveryChannel) => {
    const error = await courier.send(channel, testNote(Date.now(), baseUrl)).then(
      () => null,
      (fault: unknown) => reasonOf(fault).message,
    );
    await settleChannelTest(database.pool, channel.channelId, error);
  };

  /** Takes what is due and there is room for. @returns whether there may be more */
  const takeDue = async (): Promise<boolean> => {
    const room = UNDER_WAY_MAX - underWay.size;
    if (room <= 0) return false;
    const tests = await claimChannelTests(database.pool, room);
    for (const channel of tests) begin(channel.channelId, tryChannel(channel));
    const limit = room - tests.length;
    if (limit <= 0) return false;
    const due = await claimAlertDeliveries(database, {
      limit,
      perChannel: PER_CHANNEL_MAX,
      busyChannelIds: [...new Set(underWay.values())],
      leaseMs: times.leaseMs,
    });
    for (const delivery of due) begin(delivery.channelId, deliver(delivery));
    return due.length > 0;
  };

  const running = (async () => {
    while (!ended.signal.aborted) {
      wake = Promise.withResolvers();
      const hasMore = await takeDue().catch((error: unknown) => {
        onTrouble(error);
        return false;
      });
      if (hasMore) continue;
      // The wait is cut short when the process ends.
      const poll = delay(times.pollMs, undefined, { signal: ended.signal }).catch(() => undefined);
      await Promise.race([wake.promise, poll]);
    }
  })();

  return {
    stop: async () => {
      ended.abort();
      await listener.stop();
      await running;
      const isOver = delay(STOP_MS_MAX, undefined, { ref: false });
      await Promise.race([Promise.all(underWay.keys()), isOver]);
      courier.close();
    },
  };
}

async function attempt(
  courier: Courier,
  delivery: ClaimedDelivery,
  note: Parameters<Courier["send"]>[1],
  times: DeliveryTimes,
): Promise<DeliveryOutcome> {
  try {
    await courier.send(delivery, note);
    return { kind: "sent" };
  } catch (fault) {
    const { message: error, isFinal, retryAfterMs } = reasonOf(fault);
    if (isFinal || delivery.attempt >= times.attemptsMax) return { kind: "dead", error };
    const asked = Math.min(retryAfterMs, times.waitMsMax);
    return {
      kind: "retry",
      error,
      delayMs: Math.max(asked, retryDelayMs(delivery.attempt, times)),
    };
  }
}

/** Of an error that nobody expected nothing is shown: its text could hold a secret. */
function reasonOf(fault: unknown): DeliveryError {
  return fault instanceof DeliveryError ? fault : new DeliveryError("it failed unexpectedly");
}
