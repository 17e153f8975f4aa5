import { hash } from "@node-rs/argon2";
import { expect, test } from "vitest";
import { hashPassword, needsRehash, verifyPassword } from "./password.ts";

test("a hash is argon2id with the costs that OWASP names, and a salt of its own", async () => {
  const [one, other] = await Promise.all([hashPassword("same words"), hashPassword("same words")]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(one).not.toBe(other);
  expect(needsRehash(one)).toBe(false);
});

test("the password belongs to its hash, however its letters are composed", async () => {
  const stored = await hashPassword("café au lait");
  expect(await verifyPassword(stored, "cafe\u0301 au lait")).toBe(true);
  expect(await verifyPassword(stored, "cafe au lait")).toBe(false);
});

test("a hash with other costs still verifies, and is to be replaced", async () => {
  const weak = await hash("old words", { memoryCost: 4_096, timeCost: 1, parallelism: 1 });
  expect(await verifyPassword(weak, "old words")).toBe(true);
  expect(needsRehash(weak)).toBe(true);
});

test("where there is no account the check costs what it costs where there is one", async () => {
  const stored = await hashPassword("known words");
  const duration = async (passwordHash: string | null) => {
    const startMs = performance.now();
    expect(await verifyPassword(passwordHash, "wrong words")).toBe(false);
    return performance.now() - startMs;
  };
  const known: number[] = [];
  const unknown: number[] = [];
  for (let i = 0; i < 15; i++) {
    known.push(await duration(stored));
    unknown.push(await duration(null));
  }
  // Without the work the ratio would be below 0.05; other load on the machine moves it around 1.
  expect(median(unknown) / median(known)).toBeGreaterThan(0.4);
});

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
