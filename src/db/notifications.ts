import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { Queryable } from "./client.ts";

/**
 * The channels of PostgreSQL's NOTIFY that processes wake each other with. A notification is a hint: what
 * it tells of is in a table, and whoever listens also looks there by itself from time to time.
 */
export type Channel =
  /** A job was asked to stop; payload: its id. */
  | "pairdesk_job_cancel"
  /** What is to be watched has changed; no payload. */
  | "pairdesk_watch"
  /** A gap that was given up is to be tried once more; no payload. */
  | "pairdesk_gaps"
  /** Trades were committed; payload: MarketWakeUp as JSON. */
  | "pairdesk_market"
  /** Snapshots of live pairs were stored; payload: their ids, separated by commas. */
  | "pairdesk_live"
  /** An alert was stored or acknowledged; payload: its workspace. */
  | "pairdesk_alert";

/** PostgreSQL refuses longer payloads (8,000 bytes with the closing zero). */
export const PAYLOAD_BYTES_MAX = 7_999;

/** Sends a notification when the surrounding transaction commits. */
export async function notify(client: Queryable, channel: Channel, payload = ""): Promise<void> {
  await client.query("SELECT pg_notify($1, $2)", [channel, payload]);
}

/** A connection of its own that hears notifications. */
export type Listener = { readonly stop: () => Promise<void> };

const RETRY_MS_MIN = 100;
const RETRY_MS_MAX = 5_000;

/** How the end of a connection is noticed that nobody has closed: one that only listens looks the same. */
export type ListenerTimes = {
  /** How often the server is asked for a sign of life, ms; longer than an answer may take. */
  readonly heartbeatMs: number;
  /** How long the server may take for any answer, ms. */
  readonly answerMs: number;
};

const LISTENER_TIMES: ListenerTimes = { heartbeatMs: 15_000, answerMs: 10_000 };

/** Shorter than a process that is told to stop may take. */
const FAREWELL_MS = 1_000;

/** What a listener tells of itself. */
export type ListenerEvents = {
  /** Called after each connect: what happened in between was not heard. */
  readonly onConnect?: () => void;
  /** A connection was lost or could not be made. */
  readonly onError?: (error: unknown) => void;
};

/**
 * Listens until it is stopped, and connects again when the connection is lost or no longer answers.
 *
 * @param channels handlers by channel; they must not throw
 */
export function startListener(
  connectionString: string,
  channels: Partial<Record<Channel, (payload: string) => void>>,
  { onConnect, onError }: ListenerEvents = {},
  changes: Partial<ListenerTimes> = {},
): Listener {
  const times = { ...LISTENER_TIMES, ...changes };
  const ended = new AbortController();
  const handlers = new Map(Object.entries(channels));
  const listening = (async () => {
    let retryMs = RETRY_MS_MIN;
    while (!ended.signal.aborted) {
      const client = new pg.Client({
        connectionString,
        application_name: "pairdesk-listener",
        keepAlive: true,
        connectionTimeoutMillis: times.answerMs,
        query_timeout: times.answerMs,
      });
      try {
        const lost = connectionLost(client, ended.signal);
        client.on("notification", ({ channel, payload }) => handlers.get(channel)?.(payload ?? ""));
        await client.connect();
        for (const channel of handlers.keys()) await client.query(`LISTEN ${channel}`);
        retryMs = RETRY_MS_MIN;
        onConnect?.();
        await whileAnswering(client, lost, times.heartbeatMs);
      } catch (error) {
        if (!ended.signal.aborted) onError?.(error);
      }
      await farewell(client);
      // The wait is cut short when the listener stops.
      await delay(retryMs, undefined, { signal: ended.signal }).catch(() => undefined);
      retryMs = Math.min(RETRY_MS_MAX, retryMs * 2);
    }
  })();
  return {
    stop: async () => {
      ended.abort();
      await listening;
    },
  };
}

/** Waits until the connection is lost. @throws {Error} also when it no longer answers */
async function whileAnswering(
  client: pg.Client,
  lost: Promise<void>,
  heartbeatMs: number,
): Promise<void> {
  const silent = Promise.withResolvers<never>();
  const beating = setInterval(() => {
    client.query("SELECT").catch(silent.reject);
  }, heartbeatMs);
  try {
    await Promise.race([lost, silent.promise]);
  } finally {
    clearInterval(beating);
  }
}

/** Closes a connection, and does not wait for long for a server that no longer answers. */
async function farewell(client: pg.Client): Promise<void> {
  const hurry = setTimeout(() => client.connection.stream.destroy(), FAREWELL_MS);
  // An error of a connection that is closed anyway tells nothing new.
  await client.end().catch(() => undefined);
  clearTimeout(hurry);
}

/** Settles when the connection ends: resolves when we end it, rejects when it is lost. */
function connectionLost(client: pg.Client, ended: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  client.on("error", reject);
  client.on("end", () => reject(new Error("the connection was closed")));
  ended.addEventListener("abort", () => resolve(), { once: true });
  // Nobody waits for it before the connection stands.
  promise.catch(() => undefined);
  return promise;
}
