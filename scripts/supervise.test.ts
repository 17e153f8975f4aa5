import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePort } from "./free-port.ts";
import { generatedSecrets } from "./secrets.ts";

let dataDir = "";

beforeEach(() => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), "pairdesk-supervise-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** Starts with settings that must be refused before anything is started. */
function refusal(env: Record<string, string>): string {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/supervise.ts"], {
    env: {
      NODE_ENV: "development",
      PATH: process.env["PATH"],
      PAIRDESK_DATA_DIR: dataDir,
      ...env,
    },
    encoding: "utf8",
  });
  expect(status).toBe(1);
  return stderr;
}

test("production on a database of one's own needs a session secret", async () => {
  const port = String(await freePort());
  const external = { DATABASE_URL: "postgresql://127.0.0.1:1/nothing", PORT: port };
  expect(refusal({ ...external, NODE_ENV: "production" })).toContain("NEXTAUTH_SECRET must be set");
  expect(readdirSync(dataDir)).toEqual([]);
});

test("a wrong variable is named before anything is started", async () => {
  const port = String(await freePort());
  const external = { DATABASE_URL: "postgresql://127.0.0.1:1/nothing", PORT: port };
  expect(refusal({ ...external, LOG_LEVEL: "loud" })).toContain("LOG_LEVEL");
  expect(refusal({ ...external, PORT: "seventy" })).toContain("PORT");
});

test("a port that is taken is said", async () => {
  const port = await freePort();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  try {
    expect(refusal({ PORT: String(port) })).toContain(`port ${port} is taken`);
  } finally {
    server.close();
  }
});

test("a second start on the same data does not disturb the first", async () => {
  const port = String(await freePort());
  const lock = path.join(dataDir, "supervisor.pid");
  const first = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "supervise"]);
  writeFileSync(lock, String(first.pid));
  try {
    expect(refusal({ PORT: port })).toContain("running already");
    expect(readFileSync(lock, "utf8")).toBe(String(first.pid));
  } finally {
    first.kill();
  }
});

test("regression: the number of a dead supervisor, used by another process, blocked the start", async () => {
  writeFileSync(path.join(dataDir, "supervisor.pid"), String(process.pid));
  expect(refusal({ PORT: "seventy" })).toContain("PORT is seventy");
});

test("secrets are made once, for the owner's eyes only", () => {
  const secrets = generatedSecrets(dataDir);
  expect(generatedSecrets(dataDir)).toEqual(secrets);
  expect(secrets.sessionSecret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(statSync(path.join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
});
