import { EventEmitter } from "node:events";

/**
 * Cancel requests as they are heard: one event a request, named by the job's id, or `MAYBE_MISSED`. That a
 * request was heard is only a hint; the job's row has it.
 */
export type CancelRequests = Pick<EventEmitter, "on" | "off" | "emit">;

/** Event when hearing begins, again after a lost connection too: each job may have been asked to stop before. */
export const MAYBE_MISSED = "maybe-missed";

/** Requests of which nobody has told yet. */
export function createCancelRequests(): CancelRequests {
  return new EventEmitter();
}
