import { randomBytes, randomUUID } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyVersion, openSecret, parseKeyring, rewrapSecret, sealSecret } from "./secret-box.ts";

const key = () => randomBytes(32).toString("base64");
const KEYRING = parseKeyring(key());
const owner = () => ({ workspaceId: randomUUID(), recordId: randomUUID() });

test("what was sealed opens again, and no two boxes are alike", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (secret) => {
      const record = owner();
      const first = sealSecret(KEYRING, record, secret);
      const second = sealSecret(KEYRING, record, secret);
      expect(openSecret(KEYRING, record, first)).toBe(secret);
      expect(openSecret(KEYRING, record, second)).toBe(secret);
      expect(first.equals(second)).toBe(false);
    }),
    { numRuns: 50 },
  );
});

test("a secret that was moved to another record or workspace does not open", () => {
  const [one, other] = [owner(), owner()];
  const sealed = sealSecret(KEYRING, one, "canary");
  expect(() => openSecret(KEYRING, other, sealed)).toThrow();
  expect(() => openSecret(KEYRING, { ...one, recordId: other.recordId }, sealed)).toThrow();
  expect(() => openSecret(KEYRING, { ...one, workspaceId: other.workspaceId }, sealed)).toThrow();
});

test("a secret with a changed byte, wherever it is, or cut short does not open", () => {
  const record = owner();
  const sealed = sealSecret(KEYRING, record, "canary");
  for (let i = 0; i < sealed.length; i++) {
    const changed = Buffer.from(sealed);
    changed[i] = (changed[i] ?? 0) ^ 1;
    expect(() => openSecret(KEYRING, record, changed)).toThrow();
  }
  expect(() => openSecret(KEYRING, record, sealed.subarray(0, 60))).toThrow("unknown format");
  expect(() => openSecret(KEYRING, record, sealed.subarray(0, -1))).toThrow();
});

test("another installation's key does not open it", () => {
  const record = owner();
  const sealed = sealSecret(KEYRING, record, "canary");
  expect(() => openSecret(parseKeyring(key()), record, sealed)).toThrow();
});

test("ten thousand secrets are rewrapped with a new key, after which the old one may go", () => {
  const [older, newer] = [key(), key()];
  const before = parseKeyring(older);
  const both = parseKeyring(`2:${newer},1:${older}`);
  const after = parseKeyring(`2:${newer}`);
  for (let i = 0; i < 10_000; i++) {
    const record = owner();
    const sealed = sealSecret(before, record, `secret ${i}`);
    const rewrapped = rewrapSecret(both, record, sealed) ?? Buffer.alloc(0);
    expect(keyVersion(rewrapped)).toBe(2);
    expect(openSecret(after, record, rewrapped)).toBe(`secret ${i}`);
    if (i > 0) continue;
    expect(rewrapSecret(both, record, rewrapped)).toBeNull();
    expect(() => openSecret(after, record, sealed)).toThrow("no key of version 1");
  }
});

describe("what is no key is refused without being shown", () => {
  const good = key();
  test.each([
    { name: "empty", text: "" },
    { name: "a password", text: "hunter2" },
    { name: "31 bytes", text: randomBytes(31).toString("base64") },
    { name: "33 bytes", text: randomBytes(33).toString("base64") },
    { name: "a version twice", text: `1:${good},1:${good}` },
    { name: "one good, one bad", text: `2:${good},1:bad` },
  ])("$name", ({ text }) => {
    expect(() => parseKeyring(text)).toThrow("must be 32 bytes");
    expect(() => parseKeyring(text)).not.toThrow(good);
  });
});

test("nothing but the worker opens secrets", () => {
  const root = path.resolve(import.meta.dirname, "..");
  const openers = globSync("{server,app,ui,contracts,simulator}/**/*.{ts,tsx}", { cwd: root })
    .filter((file) => !file.endsWith(".test.ts"))
    .filter((file) => readFileSync(path.join(root, file), "utf8").includes("openSecret"));
  expect(openers).toEqual([]);
});
