import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "#db/client.ts";
import { createTestDatabase, type TestDatabase } from "#db/test-database.test-support.ts";
import { readUploadChunks, uploadById } from "#db/uploads.ts";
import type { Context } from "../context.ts";
import type { ServerEnv } from "../env.ts";
import { createPerson, signIn, signInMember, testContext } from "../world.test-support.ts";
import { acceptUpload } from "./upload-endpoint.ts";

let subject: TestDatabase;
let database: Database;
beforeAll(async () => {
  subject = await createTestDatabase();
  database = subject.database;
});
afterAll(() => subject.drop());

async function newContext(env: Partial<ServerEnv> = {}): Promise<Context> {
  const session = await signIn(database, await createPerson(database));
  return testContext(database, { session, env });
}

function upload(body: BodyInit | null, name = "AAA.csv", headers: Record<string, string> = {}) {
  const url = `http://127.0.0.1:3000/api/uploads?name=${encodeURIComponent(name)}`;
  // Node wants to be told that a streamed body is sent before an answer is read.
  return new Request(url, { method: "POST", body, headers, ...{ duplex: "half" } });
}

function streamed(parts: readonly Uint8Array[], end: "complete" | "broken"): ReadableStream {
  const left = [...parts];
  return new ReadableStream({
    pull: (controller) => {
      const part = left.shift();
      if (part !== undefined) controller.enqueue(part);
      else if (end === "complete") controller.close();
      else controller.error(new Error("connection reset"));
    },
  });
}

async function uploadsIn({ session }: Context): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(
    "select count(*)::int as count from upload where workspace_id = $1",
    [session?.viewer.workspaceId],
  );
  return rows[0]?.count ?? 0;
}

test("a file is stored byte for byte, with its hash, and read by a job", async () => {
  const context = await newContext();
  const bytes = randomBytes(3 * 1024 * 1024 + 17);
  const parts = [bytes.subarray(0, 5), bytes.subarray(5, 2_000_000), bytes.subarray(2_000_000)];
  const answer = await acceptUpload(upload(streamed(parts, "complete"), "../BTC.csv"), context);
  expect(answer.status).toBe(201);
  const { uploadId, jobId } = await answer.json();
  const stored: Uint8Array[] = [];
  for await (const chunk of readUploadChunks(database, uploadId)) stored.push(chunk);
  expect(stored).toHaveLength(4);
  expect(Buffer.concat(stored).equals(bytes)).toBe(true);
  const workspaceId = context.session?.viewer.workspaceId ?? "";
  expect(await uploadById(database, workspaceId, uploadId)).toMatchObject({
    fileName: "BTC.csv",
    state: "received",
    byteCount: bytes.length,
  });
  const { rows } = await database.pool.query(
    "select u.sha256, j.kind from upload u, job j where u.id = $1 and j.id = $2",
    [uploadId, jobId],
  );
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  expect(rows).toEqual([{ sha256, kind: "inspect-upload" }]);
});

test.each([
  {
    name: "its length says that it is too large",
    body: "x".repeat(11),
    headers: { "content-length": "11" },
    code: "too-large",
  },
  {
    name: "it turns out to be too large",
    body: streamed([new Uint8Array(6), new Uint8Array(6)], "complete"),
    headers: {},
    code: "too-large",
  },
  {
    name: "its length is a lie",
    body: streamed([new Uint8Array(11)], "complete"),
    headers: { "content-length": "3" },
    code: "too-large",
  },
  {
    name: "its length is no number",
    body: "x",
    headers: { "content-length": "x" },
    code: "too-large",
  },
  {
    name: "the connection breaks",
    body: streamed([new Uint8Array(6)], "broken"),
    headers: {},
    code: "cancelled",
  },
  { name: "it is empty", body: "", headers: {}, code: "invalid-input" },
])("nothing of a file is kept when $name", async ({ body, headers, code }) => {
  const context = await newContext({ UPLOAD_MAX_BYTES: 10 });
  await expect(acceptUpload(upload(body, "A.csv", headers), context)).rejects.toMatchObject({
    code,
  });
  expect(await uploadsIn(context)).toBe(0);
});

test("a file of exactly the limit is taken", async () => {
  const context = await newContext({ UPLOAD_MAX_BYTES: 10 });
  expect((await acceptUpload(upload("0123456789"), context)).status).toBe(201);
});

test("the workspace's quota holds for files that arrive together", async () => {
  const context = await newContext({ UPLOAD_MAX_BYTES: 10, UPLOAD_QUOTA_BYTES: 25 });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 5 }, () =>
      acceptUpload(upload("0123456789", "A.csv", { "content-length": "10" }), context),
    ),
  );
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
  expect(await uploadsIn(context)).toBe(2);
});

test("nobody uploads without a session, nor one who may only look", async () => {
  await expect(acceptUpload(upload("x"), testContext(database))).rejects.toMatchObject({
    code: "unauthenticated",
  });
  const { workspaceId } = await createPerson(database);
  const session = await signInMember(database, workspaceId, "viewer");
  const viewer = testContext(database, { session });
  await expect(acceptUpload(upload("x"), viewer)).rejects.toMatchObject({ code: "forbidden" });
});
