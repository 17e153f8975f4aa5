import { expect, test } from "vitest";
import { readWorkerEnv } from "./env.ts";

const DATABASE_URL = "postgresql://user:secret@127.0.0.1:5432/pairdesk";

test("everything but the database has a default, and an empty variable is none", () => {
  const env = readWorkerEnv({ NODE_ENV: "test", DATABASE_URL, LOG_LEVEL: "" });
  expect(env).toMatchObject({ DATABASE_URL, LOG_LEVEL: "info", WORKER_CONCURRENCY: 2 });
});

test("each wrong variable is named, and none is printed", () => {
  const read = () =>
    readWorkerEnv({ NODE_ENV: "test", DATABASE_URL: "mysql://u:secret@h/d", COMPUTE_THREADS: "0" });
  expect(read).toThrow(/DATABASE_URL must be a postgresql.*COMPUTE_THREADS/);
  expect(read).not.toThrow("secret");
});
