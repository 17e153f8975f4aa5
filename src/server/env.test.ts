import { expect, test } from "vitest";
import { parseServerEnv } from "./env.ts";

const GOOD = {
  DATABASE_URL: "postgresql://user@127.0.0.1:5432/pairdesk",
  NEXTAUTH_URL: "http://127.0.0.1:3000",
  NEXTAUTH_SECRET: "x".repeat(32),
};

test("what is not given has a default", () => {
  expect(parseServerEnv(GOOD)).toMatchObject({
    SIGN_UP: "open",
    UPLOAD_MAX_BYTES: 200 * 1024 * 1024,
    RATE_LIMIT_FACTOR: 1,
    TRUSTED_PROXIES: 0,
  });
});

test.each([
  { name: "DATABASE_URL", change: { DATABASE_URL: undefined } },
  { name: "DATABASE_URL", change: { DATABASE_URL: "mysql://x" } },
  { name: "NEXTAUTH_URL", change: { NEXTAUTH_URL: "http://pairs.example.org" } },
  { name: "NEXTAUTH_SECRET", change: { NEXTAUTH_SECRET: "short" } },
  { name: "GOOGLE_CLIENT_SECRET", change: { GOOGLE_CLIENT_ID: "id" } },
  { name: "UPLOAD_MAX_BYTES", change: { UPLOAD_MAX_BYTES: "many" } },
  { name: "SECRETS_KEY", change: { SECRETS_KEY: "short" } },
  { name: "SECRETS_KEY", change: { NODE_ENV: "production" } },
  { name: "WEBHOOK_ALLOW", change: { WEBHOOK_ALLOW: "10.0.0.1:80" } },
  {
    name: "WEBHOOK_ALLOW",
    change: { WEBHOOK_ALLOW: "127.0.0.1:80", NEXTAUTH_URL: "https://pairs.example.org" },
  },
])("a fault of $name is named: $change", ({ name, change }) => {
  expect(() => parseServerEnv({ ...GOOD, ...change })).toThrow(name);
});

test("WEBHOOK_ALLOW is honoured by a production that only this machine can reach", () => {
  const env = parseServerEnv({
    ...GOOD,
    NODE_ENV: "production",
    SECRETS_KEY: "A".repeat(43),
    WEBHOOK_ALLOW: "127.0.0.1:8080",
  });
  expect(env.WEBHOOK_ALLOW).toEqual(["127.0.0.1:8080"]);
});

test("the message shows no value", () => {
  const attempt = () => parseServerEnv({ ...GOOD, NEXTAUTH_SECRET: "hunter2" });
  expect(attempt).toThrow("NEXTAUTH_SECRET");
  expect(attempt).not.toThrow("hunter2");
});

test("an empty variable is none", () => {
  const env = parseServerEnv({ ...GOOD, GITHUB_CLIENT_ID: "", GITHUB_CLIENT_SECRET: "" });
  expect(env.GITHUB_CLIENT_ID).toBeUndefined();
});
