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

test("WEBHOOK_ALLOW is refused where the installation is not for one machine only", () => {
  const variables = { NODE_ENV: "test", DATABASE_URL, WEBHOOK_ALLOW: "127.0.0.1:8080" } as const;
  expect(readWorkerEnv(variables).WEBHOOK_ALLOW).toEqual(["127.0.0.1:8080"]);
  const elsewhere = { ...variables, NEXTAUTH_URL: "https://pairdesk.example" };
  expect(() => readWorkerEnv(elsewhere)).toThrow("WEBHOOK_ALLOW");
  expect(() => readWorkerEnv({ ...variables, NODE_ENV: "production" })).toThrow("WEBHOOK_ALLOW");
});

test.each([
  { SMTP_URL: "smtp://user:canary@127.0.0.1" },
  { SMTP_URL: "https://canary", SMTP_FROM: "a@b.example" },
  { TELEGRAM_API_URL: "http://canary.example" },
  { SECRETS_KEY: "canary" },
])("alerts cannot be delivered with %j, which is said without the value", (change) => {
  const read = () => readWorkerEnv({ NODE_ENV: "test", DATABASE_URL, ...change });
  expect(read).toThrow(/SMTP|TELEGRAM|SECRETS_KEY/);
  expect(read).not.toThrow("canary");
});
