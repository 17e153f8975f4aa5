import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase } from "./client.ts";
import { takeRateLimit } from "./rate-limits.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.test-support.ts";

const HOUR_MS = 3_600_000;
let subject: TestDatabase;
beforeAll(async () => {
  subject = await createTestDatabase();
});
afterAll(() => subject.drop());

test("of many at once, exactly the limit is allowed", async () => {
  const take = () => takeRateLimit(subject.database, "parallel", { limit: 7, windowMs: HOUR_MS });
  const taken = await Promise.all(Array.from({ length: 50 }, take));
  expect(taken.filter(({ allowed }) => allowed)).toHaveLength(7);
});

test("keys are counted apart, and a refusal says when the window ends", async () => {
  const limit = { limit: 1, windowMs: HOUR_MS };
  await takeRateLimit(subject.database, "a", limit);
  const refused = await takeRateLimit(subject.database, "a", limit);
  expect(refused.allowed).toBe(false);
  expect(refused.retryAfterMs).toBeGreaterThan(0);
  expect(refused.retryAfterMs).toBeLessThanOrEqual(HOUR_MS);
  expect((await takeRateLimit(subject.database, "b", limit)).allowed).toBe(true);
});

test("the next window starts anew", async () => {
  const limit = { limit: 1, windowMs: HOUR_MS };
  await takeRateLimit(subject.database, "window", limit);
  await subject.database.pool.query(
    "update rate_limit set window_start = window_start - interval '1 hour' where key = 'window'",
  );
  expect((await takeRateLimit(subject.database, "window", limit)).allowed).toBe(true);
});

test("without a database nothing is allowed", async () => {
  const broken = createDatabase(subject.connectionString, { max: 1 });
  await broken.close();
  await expect(takeRateLimit(broken, "x", { limit: 1, windowMs: HOUR_MS })).rejects.toThrow();
});
