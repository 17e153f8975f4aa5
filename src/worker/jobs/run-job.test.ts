import { afterAll, beforeAll, expect, test } from "vitest";
import { claimJob, jobById, requestJobCancel } from "#db/jobs.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { discardUpload, markUploadImporting, uploadById } from "#db/uploads.ts";
import type { ComputePool } from "../compute/compute-pool.ts";
import { hourlyCsv } from "../imports/import-cases.test-support.ts";
import { runImportUploads } from "./import-uploads.ts";
import type { JobEngine } from "./job-context.ts";
import {
  addJob,
  CHUNK_BYTES,
  createTestEngine,
  createWorkspace,
  NEVER_STOPPING,
  storeUpload,
} from "./job-harness.test-support.ts";
import { runJob } from "./run-job.ts";

let context: TestDatabase;
let engine: JobEngine;
let workspaceId: string;

beforeAll(async () => {
  context = await createTestDatabase();
  engine = createTestEngine(context.database);
  workspaceId = await createWorkspace(context.database);
});

afterAll(async () => {
  await engine.compute.close();
  await context.drop();
});

async function importJob(
  name: string,
  bytes = hourlyCsv(48),
): Promise<{ jobId: string; uploadId: string }> {
  const uploadId = await storeUpload(engine.database, workspaceId, { name, bytes });
  const jobId = await addJob(engine.database, workspaceId, {
    kind: "import-uploads",
    uploadIds: [uploadId],
    badRows: "refuse",
  });
  return { jobId, uploadId };
}

function jobNow(jobId: string) {
  return jobById(engine.database, workspaceId, jobId);
}

/** Queue entries of a job that could run now. */
async function queuedEntries(jobId: string): Promise<number> {
  const { rowCount } = await engine.database.pool.query(
    "SELECT FROM graphile_worker.jobs WHERE key = $1 AND locked_at IS NULL AND run_at <= now()",
    [jobId],
  );
  return rowCount ?? 0;
}

/** A pool whose tasks do what the test says instead of computing. */
function poolThat(run: ComputePool["run"]): JobEngine {
  return { ...engine, compute: { ...engine.compute, run } };
}

/** A pool whose tasks never end by themselves; `started` tells when one has begun. */
function endlessPool(): { readonly engine: JobEngine; readonly started: Promise<void> } {
  const begun = Promise.withResolvers<void>();
  const endless = poolThat((_kind, _input, options) => {
    begun.resolve();
    return new Promise((_, reject) => {
      options?.signal?.addEventListener("abort", () => reject(options.signal?.reason));
    });
  });
  return { engine: endless, started: begun.promise };
}

test("a job that runs twice does its work once", async () => {
  const { jobId } = await importJob("TWICE.csv");
  await runJob(engine, jobId, NEVER_STOPPING);
  const once = await jobNow(jobId);
  await runJob(engine, jobId, NEVER_STOPPING);
  expect(once).toMatchObject({ state: "succeeded", progress: 1, error: null });
  expect(await jobNow(jobId)).toEqual(once);
});

test("a job that does not exist is no error: its workspace may be gone", async () => {
  await runJob(engine, "00000000-0000-4000-8000-000000000000", NEVER_STOPPING);
});

test("a queued job is cancelled at once and does not run later", async () => {
  const { jobId, uploadId } = await importJob("QUEUED.csv");
  expect(await requestJobCancel(engine.database, workspaceId, jobId)).toBe(true);
  await runJob(engine, jobId, NEVER_STOPPING);
  expect(await jobNow(jobId)).toMatchObject({ state: "cancelled", startedAtMs: null });
  expect((await uploadById(engine.database, workspaceId, uploadId))?.state).toBe("received");
});

test("a running job stops when the person cancels it, and its file can be imported again", async () => {
  const { jobId, uploadId } = await importJob("RUNNING.csv");
  const endless = endlessPool();
  const running = runJob(endless.engine, jobId, NEVER_STOPPING);
  await endless.started;
  await requestJobCancel(engine.database, workspaceId, jobId);
  await running;
  expect(await jobNow(jobId)).toMatchObject({ state: "cancelled", cancelRequested: true });
  const upload = await uploadById(engine.database, workspaceId, uploadId);
  expect(upload?.state).toBe("inspected");
});

test("another workspace cannot cancel a job", async () => {
  const { jobId } = await importJob("FOREIGN.csv");
  const other = await createWorkspace(engine.database);
  expect(await requestJobCancel(engine.database, other, jobId)).toBe(false);
  expect(await jobNow(jobId)).toMatchObject({ state: "queued", cancelRequested: false });
});

test("a job of a worker that stops goes back to the queue at once, and runs on elsewhere", async () => {
  const { jobId } = await importJob("STOPPED.csv");
  const endless = endlessPool();
  const stopping = new AbortController();
  const running = runJob(endless.engine, jobId, stopping.signal);
  await endless.started;
  stopping.abort();
  await running;
  expect(await jobNow(jobId)).toMatchObject({ state: "queued", error: null });
  expect(await queuedEntries(jobId)).toBe(1);
  await runJob(engine, jobId, NEVER_STOPPING);
  expect(await jobNow(jobId)).toMatchObject({ state: "succeeded" });
});

test("a worker that was thought dead cannot write after another has taken its job", async () => {
  const { jobId } = await importJob("SUPERSEDED.csv");
  const late = poolThat(async (kind, input, options) => {
    const output = await engine.compute.run(kind, input, options);
    await claimJob(engine.database, jobId);
    return output;
  });
  await runJob(late, jobId, NEVER_STOPPING);
  expect(await jobNow(jobId)).toMatchObject({ state: "running" });
  const { rows } = await engine.database.pool.query(
    "SELECT count(*)::int AS bars FROM instrument WHERE symbol = 'SUPERSEDED'",
  );
  expect(rows).toEqual([{ bars: 0 }]);
});

test("regression: a superseded import took its files away from the worker that had them", async () => {
  const { jobId, uploadId } = await importJob("TAKEN.csv");
  const late = poolThat(async (kind, input, options) => {
    const output = await engine.compute.run(kind, input, options);
    await claimJob(engine.database, jobId);
    return output;
  });
  await runJob(late, jobId, NEVER_STOPPING);
  expect((await uploadById(engine.database, workspaceId, uploadId))?.state).toBe("importing");
  await runJob(engine, jobId, NEVER_STOPPING);
  expect((await uploadById(engine.database, workspaceId, uploadId))?.state).toBe("imported");
});

test("regression: a file imported while another worker still read it was refused by its stump", async () => {
  // Blank lines move the first piece's end to the fifth digit of a time.
  const text = hourlyCsv(5_000);
  const lineStart = text.lastIndexOf("\n", CHUNK_BYTES - 6) + 1;
  const shifted = "\n".repeat(CHUNK_BYTES - 5 - lineStart) + text;
  const { jobId, uploadId } = await importJob("STUMP.csv", shifted);
  async function* interrupted(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let isFirst = true;
    for await (const bytes of source) {
      yield bytes;
      if (isFirst) await runJob(engine, jobId, NEVER_STOPPING);
      isFirst = false;
    }
  }
  // The late reader keeps a thread, so it has threads of its own; and it has no pulse, which would tell it
  // sooner or later that its job was taken.
  const slow = createTestEngine(context.database);
  const job = await claimJob(engine.database, jobId);
  if (job?.params.kind !== "import-uploads") throw new Error("the job was not claimed");
  const compute: ComputePool = {
    ...slow.compute,
    run: (kind, input, options = {}) =>
      slow.compute.run(
        kind,
        input,
        kind === "parse-file" && options.source !== undefined
          ? { ...options, source: interrupted(options.source) }
          : options,
      ),
  };
  const late = { ...slow, compute, job, signal: NEVER_STOPPING, progress: () => undefined };
  const ending = await runImportUploads(late, job.params);
  await slow.compute.close();
  expect(ending).toMatchObject({ kind: "succeeded", result: { files: [{ imported: true }] } });
  const upload = await uploadById(engine.database, workspaceId, uploadId);
  expect(upload).toMatchObject({ state: "imported", report: { rejectedCount: 0 } });
  const rejected = await engine.database.pool.query(
    "SELECT FROM row_rejection WHERE upload_id = $1",
    [uploadId],
  );
  expect(rejected.rowCount).toBe(0);
});

test("an unexpected error is tried again twice, then told with an id and without its text", async () => {
  const { jobId } = await importJob("BROKEN.csv");
  const broken = poolThat(() => Promise.reject(new Error("secret detail")));
  await expect(runJob(broken, jobId, NEVER_STOPPING)).rejects.toThrow("secret detail");
  expect(await jobNow(jobId)).toMatchObject({ state: "queued", stage: "Waiting to try again" });
  await expect(runJob(broken, jobId, NEVER_STOPPING)).rejects.toThrow();
  await runJob(broken, jobId, NEVER_STOPPING);
  const job = await jobNow(jobId);
  expect(job).toMatchObject({ state: "failed", error: { code: "internal" } });
  expect(job?.error?.message).toMatch(/Error [0-9a-f-]{36}$/);
  expect(job?.error?.message).not.toContain("secret");
});

test("a job that takes its worker down again and again is given up", async () => {
  const { jobId } = await importJob("POISON.csv");
  await engine.database.pool.query("UPDATE job SET attempts = 20 WHERE id = $1", [jobId]);
  await runJob(engine, jobId, NEVER_STOPPING);
  expect(await jobNow(jobId)).toMatchObject({ state: "failed", error: { code: "internal" } });
});

test("regression: the files of an import that was given up could never be used again", async () => {
  const { jobId, uploadId } = await importJob("STUCK.csv");
  await claimJob(engine.database, jobId);
  await markUploadImporting(engine.database.pool, uploadId, true);
  await engine.database.pool.query("UPDATE job SET attempts = 20 WHERE id = $1", [jobId]);
  await runJob(engine, jobId, NEVER_STOPPING);
  expect(await jobNow(jobId)).toMatchObject({ state: "failed" });
  expect(await discardUpload(engine.database, workspaceId, uploadId)).toBe("discarded");
});
