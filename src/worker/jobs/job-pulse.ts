import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "#db/client.ts";
import { type ClaimedJob, reportJobProgress } from "#db/jobs.ts";
import { type CancelRequests, MAYBE_MISSED } from "./cancel-requests.ts";
import { JobStop } from "./job-context.ts";

/** How often progress is written, and a cancel request looked for that nobody heard. */
const PULSE_MS = 400;

/** The pulse of one attempt: its latest progress goes out with each beat. */
export type JobPulse = {
  readonly progress: (fraction: number, stage: string) => void;
  readonly stop: () => Promise<void>;
};

/**
 * Writes the progress of an attempt at a steady pace, and stops the attempt when its row says so. A cancel
 * request that is heard brings the next beat forward.
 *
 * @param options.onError a beat that could not be written; the next one is tried all the same
 * @param options.everyMs pause between two beats
 */
export function startJobPulse(
  database: Database,
  job: ClaimedJob,
  controller: AbortController,
  options: {
    readonly requests: CancelRequests;
    readonly onError: (error: unknown) => void;
    readonly everyMs?: number;
  },
): JobPulse {
  const { requests, onError, everyMs = PULSE_MS } = options;
  const ended = new AbortController();
  let latest = { progress: 0, stage: "" };
  let waiting = new AbortController();
  // A request may be heard in the middle of a beat that has read the row already: one more follows.
  let isHeard = false;
  const onRequest = () => {
    isHeard = true;
    waiting.abort();
  };
  const beat = async () => {
    isHeard = false;
    const standing = await reportJobProgress(database, job, latest);
    if (standing === "cancel-requested") controller.abort(new JobStop("cancelled"));
    if (standing === "superseded") controller.abort(new JobStop("superseded"));
  };
  const pause = async () => {
    waiting = new AbortController();
    const signal = AbortSignal.any([ended.signal, waiting.signal]);
    // The wait is cut short when the attempt ends or is asked to.
    await delay(everyMs, undefined, { signal }).catch(() => undefined);
  };
  requests.on(job.id, onRequest);
  requests.on(MAYBE_MISSED, onRequest);
  const pulse = (async () => {
    while (!ended.signal.aborted) {
      if (!isHeard) await pause();
      if (!ended.signal.aborted) await beat().catch(onError);
    }
  })();
  return {
    progress: (fraction, stage) => {
      latest = { progress: Math.min(1, Math.max(latest.progress, fraction)), stage };
    },
    stop: async () => {
      requests.off(job.id, onRequest);
      requests.off(MAYBE_MISSED, onRequest);
      ended.abort();
      await pulse;
    },
  };
}
