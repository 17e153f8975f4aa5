import { afterAll, beforeAll, expect, test } from "vitest";
import { type ClaimedJob, claimJob, jobById, requestJobCancel } from "#db/jobs.ts";
import { startListener } from "#db/notifications.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { createCancelRequests, MAYBE_MISSED } from "./cancel-requests.ts";
import { JobStop } from "./job-context.ts";
import { addJob, createWorkspace } from "./job-harness.test-support.ts";
import { startJobPulse } from "./job-pulse.ts";

/** A beat that nothing brings forward comes after the test has failed. */
const NEVER_MS = 3_600_000;

let context: TestDatabase;
let workspaceId: string;

beforeAll(async () => {
  context = await createTestDatabase();
  workspaceId = await createWorkspace(context.database);
});

afterAll(() => context.drop());

async function claimedJob(): Promise<ClaimedJob> {
  const jobId = await addJob(context.database, workspaceId, {
    kind: "inspect-upload",
    uploadId: "00000000-0000-4000-8000-000000000000",
    format: null,
  });
  const job = await claimJob(context.database, jobId);
  if (job === null) throw new Error("the job is gone");
  return job;
}

/** Starts a pulse; `stopped` gives the reason for which it stops its attempt. */
function startPulse(job: ClaimedJob, everyMs: number, requests = createCancelRequests()) {
  const controller = new AbortController();
  const stopped = new Promise<unknown>((resolve) => {
    controller.signal.addEventListener("abort", () => resolve(controller.signal.reason));
  });
  const onError = (error: unknown) => controller.abort(error);
  return {
    stopped,
    pulse: startJobPulse(context.database, job, controller, { requests, onError, everyMs }),
  };
}

test("a cancel request that is heard stops an attempt long before its next beat", async () => {
  const job = await claimedJob();
  const requests = createCancelRequests();
  const connected = Promise.withResolvers<void>();
  const listener = startListener(
    context.connectionString,
    { pairdesk_job_cancel: (jobId) => requests.emit(jobId) },
    { onConnect: connected.resolve },
  );
  await connected.promise;
  const { pulse, stopped } = startPulse(job, NEVER_MS, requests);
  pulse.progress(0.25, "Working");
  await requestJobCancel(context.database, workspaceId, job.id);
  expect(await stopped).toEqual(new JobStop("cancelled"));
  expect(await jobById(context.database, workspaceId, job.id)).toMatchObject({ progress: 0.25 });
  await pulse.stop();
  await listener.stop();
});

test("a cancel request that nobody hears stops an attempt at its next beat", async () => {
  const job = await claimedJob();
  const { pulse, stopped } = startPulse(job, 10);
  await requestJobCancel(context.database, workspaceId, job.id);
  expect(await stopped).toEqual(new JobStop("cancelled"));
  await pulse.stop();
});

test("regression: a cancel request from before a worker listened waited for the next beat", async () => {
  const job = await claimedJob();
  const requests = createCancelRequests();
  const { pulse, stopped } = startPulse(job, NEVER_MS, requests);
  await requestJobCancel(context.database, workspaceId, job.id);
  const listener = startListener(
    context.connectionString,
    { pairdesk_job_cancel: (jobId) => requests.emit(jobId) },
    { onConnect: () => requests.emit(MAYBE_MISSED) },
  );
  expect(await stopped).toEqual(new JobStop("cancelled"));
  await pulse.stop();
  await listener.stop();
});

test("what is heard of a job that nobody asked to stop does not stop it", async () => {
  const job = await claimedJob();
  const requests = createCancelRequests();
  const { pulse } = startPulse(job, NEVER_MS, requests);
  pulse.progress(0.5, "Working");
  requests.emit(job.id);
  await expect
    .poll(async () => (await jobById(context.database, workspaceId, job.id))?.progress, {
      timeout: 60_000,
      interval: 10,
    })
    .toBe(0.5);
  await pulse.stop();
  requests.emit(job.id);
  expect(await jobById(context.database, workspaceId, job.id)).toMatchObject({ state: "running" });
});

test("an attempt whose job another worker has claimed is stopped", async () => {
  const job = await claimedJob();
  await claimJob(context.database, job.id);
  const { pulse, stopped } = startPulse(job, 10);
  expect(await stopped).toEqual(new JobStop("superseded"));
  await pulse.stop();
});
