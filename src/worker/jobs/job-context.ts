import type pino from "pino";
import type { AppError } from "#contracts/error-code.ts";
import type { BarQuota } from "#db/bar-quota.ts";
import type { Database, DatabaseClient } from "#db/client.ts";
import type { ClaimedJob } from "#db/jobs.ts";
import type { ComputePool } from "../compute/compute-pool.ts";
import type { ExpansionLimits } from "../imports/expand-file.ts";
import type { VenueAccess } from "../venues/venue-access.ts";
import type { CancelRequests } from "./cancel-requests.ts";

/** What every job of this process works with. */
export type JobEngine = {
  readonly database: Database;
  readonly compute: ComputePool;
  readonly log: pino.Logger;
  /** Hash of the code that results depend on. */
  readonly codeHash: string;
  readonly limits: ExpansionLimits;
  readonly barQuota: BarQuota;
  readonly cancelRequests: CancelRequests;
  /** The exchanges that this process may ask. */
  readonly venues: VenueAccess;
};

/** What one attempt of a job works with. */
export type JobContext = JobEngine & {
  readonly job: ClaimedJob;
  /** Aborted with a JobStop when the attempt is to end before its work is done. */
  readonly signal: AbortSignal;
  /** Share of the work that is done, 0..1, and what is being done, in words for the person. */
  readonly progress: (fraction: number, stage: string) => void;
};

/**
 * How a job's work ended. `write` stores its results in the transaction that also finishes the job, so
 * that a job that runs twice does its work once. "later": it cannot go on now, and takes no worker's time
 * until it can.
 */
export type JobEnding =
  | {
      readonly kind: "succeeded";
      readonly result: unknown;
      readonly write?: (client: DatabaseClient) => Promise<void>;
    }
  | {
      readonly kind: "failed";
      readonly error: AppError;
      readonly write?: (client: DatabaseClient) => Promise<void>;
    }
  | {
      readonly kind: "later";
      readonly afterMs: number;
      /** What it waits for, in words for the person. */
      readonly stage: string;
    };

/**
 * Why an attempt was stopped: the person cancelled it, the process is stopping, or another worker has
 * taken the job because this one was thought dead.
 */
export class JobStop extends Error {
  readonly reason: "cancelled" | "stopping" | "superseded";

  constructor(reason: JobStop["reason"]) {
    super(`the job is ${reason}`);
    this.name = "JobStop";
    this.reason = reason;
  }
}
