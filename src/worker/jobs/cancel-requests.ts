import { EventEmitter } from "node:events";

/**
 * Cancel requests as they are heard: one event a request, named by the job's id. That a request was heard
 * is only a hint; the job's row has it.
 */
export type CancelRequests = Pick<EventEmitter, "on" | "off" | "emit">;

/** Requests of which nobody has told yet. */
export function createCancelRequests(): CancelRequests {
  return new EventEmitter();
}
