import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { parseKeyring } from "#db/secret-box.ts";
import { generatedSecrets } from "./secrets.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "pairdesk-secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a fresh installation makes its secrets once, for nobody else to read", () => {
  const dataDir = path.join(folder, "data");
  const first = generatedSecrets(dataDir);
  expect(generatedSecrets(dataDir)).toEqual(first);
  expect(new Set(Object.values(first)).size).toBe(3);
  expect(parseKeyring(first.secretsKey).current).toBe(1);
  expect(readdirSync(dataDir)).toEqual(["secrets.json"]);
  if (process.platform !== "win32") {
    expect(statSync(path.join(dataDir, "secrets.json")).mode & 0o777).toBe(0o600);
  }
});

test("an older installation keeps the secrets that it has and gets the one that it lacks", () => {
  const older = { databasePassword: "of the database", sessionSecret: "of the sessions" };
  writeFileSync(path.join(folder, "secrets.json"), JSON.stringify(older));
  const secrets = generatedSecrets(folder);
  expect(secrets).toMatchObject(older);
  expect(JSON.parse(readFileSync(path.join(folder, "secrets.json"), "utf8"))).toEqual(secrets);
  expect(generatedSecrets(folder)).toEqual(secrets);
});
