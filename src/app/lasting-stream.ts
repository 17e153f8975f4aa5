import { errorWords } from "./error-words.ts";
import type { LiveConnection } from "./live-store.ts";

const RETRY_MS_MIN = 1_000;
const RETRY_MS_MAX = 30_000;

/** What a subscription tells of itself. */
export type StreamEvents = {
  readonly onStarted: () => void;
  /** The connection was lost; the subscription itself tries again. */
  readonly onLost: () => void;
  /** The subscription is over, with an error or without one, and does not come back by itself. */
  readonly onEnded: (error: unknown) => void;
};

type Subscription = { readonly unsubscribe: () => void };

/**
 * Keeps a stream open: a subscription that ends is opened again, after a pause that doubles, unless the
 * session has ended.
 */
export function openLastingStream({
  subscribe,
  onConnection,
}: {
  readonly subscribe: (events: StreamEvents) => Subscription;
  readonly onConnection: (connection: LiveConnection) => void;
}): Subscription {
  let isClosed = false;
  let retryMs = RETRY_MS_MIN;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let current: Subscription | null = null;
  const connect = () => {
    current = subscribe({
      onStarted: () => {
        retryMs = RETRY_MS_MIN;
        if (!isClosed) onConnection("live");
      },
      onLost: () => {
        if (!isClosed) onConnection("reconnecting");
      },
      onEnded: (error) => {
        if (isClosed) return;
        if (errorWords(error).code === "unauthenticated") {
          onConnection("ended");
          return;
        }
        onConnection("reconnecting");
        timer = setTimeout(connect, retryMs);
        retryMs = Math.min(RETRY_MS_MAX, 2 * retryMs);
      },
    });
  };
  connect();
  return {
    unsubscribe: () => {
      isClosed = true;
      clearTimeout(timer);
      current?.unsubscribe();
    },
  };
}
