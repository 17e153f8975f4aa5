import { expect, test } from "vitest";
import { codeHash } from "./code-hash.ts";

test("the code hash is a SHA-256 that stays the same while the code does", () => {
  expect(codeHash()).toMatch(/^[0-9a-f]{64}$/);
  expect(codeHash()).toBe(codeHash());
});
