import { type TrackedEnvelope, tracked } from "@trpc/server";
import type { LiveMessage } from "#contracts/live-message.ts";
import type { LiveHub } from "./live-hub.ts";
import type { StreamReader } from "./live-stream.ts";

/**
 * Live messages of one reader until they leave, each under the number of the last alert that they have then:
 * a reader who comes back with that number is sent the alerts since, and the newest of everything else.
 */
export async function* liveEvents(
  hub: LiveHub,
  reader: StreamReader,
  {
    lastEventId,
    signal,
  }: { readonly lastEventId: string | undefined; readonly signal: AbortSignal },
): AsyncGenerator<TrackedEnvelope<LiveMessage>, void> {
  const stream = await hub.open(reader, lastEventId === undefined ? null : Number(lastEventId));
  try {
    for await (const { alertSeq, message } of stream.messages(signal)) {
      yield tracked(String(alertSeq), message);
    }
  } finally {
    hub.close(stream);
  }
}
