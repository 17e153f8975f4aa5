import { setTimeout as delay } from "node:timers/promises";
import type { Database } from "#db/client.ts";
import { type ClaimedJob, reportJobProgress } from "#db/jobs.ts";
import { JobStop } from "./job-context.ts";

/** How often progress is written and a cancel request is looked for. */
const PULSE_MS = 400;

/** The pulse of one attempt: its latest progress goes out with each beat. */
export type JobPulse = {
  readonly progress: (fraction: number, stage: string) => void;
  readonly stop: () => Promise<void>;
};

/**
 * Writes the progress of an attempt at a steady pace, and stops the attempt when its row says so.
 *
 * @param onError a beat that could not be written; the next one is tried all the same
 */
export function startJobPulse(
  database: Database,
  job: ClaimedJob,
  controller: AbortController,
  onError: (error: unknown) => void,
): JobPulse {
  const ended = new AbortController();
  let latest = { progress: 0, stage: "" };
  const beat = async () => {
    const standing = await reportJobProgress(database, job, latest);
    if (standing === "cancel-requested") controller.abort(new JobStop("cancelled"));
    if (standing === "superseded") controller.abort(new JobStop("superseded"));
  };
  const pulse = (async () => {
    while (!ended.signal.aborted) {
      // The wait is cut short when the attempt ends.
      await delay(PULSE_MS, undefined, { signal: ended.signal }).catch(() => undefined);
      if (!ended.signal.aborted) await beat().catch(onError);
    }
  })();
  return {
    progress: (fraction, stage) => {
      latest = { progress: Math.min(1, Math.max(latest.progress, fraction)), stage };
    },
    stop: async () => {
      ended.abort();
      await pulse;
    },
  };
}
