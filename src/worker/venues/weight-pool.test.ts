import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { WeightPool } from "./weight-pool.ts";

function createPool(limit = 100) {
  const clock = { venueMs: 600_000, localMs: 1_000_000 };
  const pool = new WeightPool({
    limit,
    venueNowMs: () => clock.venueMs,
    localNowMs: () => clock.localMs,
  });
  return { pool, clock };
}

describe("WeightPool", () => {
  test("backfilling leaves half of it, and what is urgent a tenth", () => {
    const { pool } = createPool();
    expect(pool.take(50, "backfill")).toBe(0);
    expect(pool.take(1, "backfill")).toBeGreaterThan(0);
    expect(pool.take(40, "urgent")).toBe(0);
    expect(pool.take(1, "urgent")).toBeGreaterThan(0);
  });

  test("is full again when the venue's minute turns", () => {
    const { pool, clock } = createPool();
    clock.venueMs = 659_000;
    pool.take(50, "backfill");
    pool.settle(50, 50);
    const waitMs = pool.take(4, "backfill");
    expect(waitMs).toBeGreaterThanOrEqual(1_000);
    clock.venueMs += waitMs;
    expect(pool.take(4, "backfill")).toBe(0);
  });

  test("believes the venue, which counts what others use", () => {
    const { pool } = createPool();
    pool.take(4, "backfill");
    pool.settle(4, 49);
    expect(pool.take(4, "backfill")).toBeGreaterThan(0);
    expect(pool.used).toBe(49);
  });

  test("counts what is under way, whatever the venue says of the others", () => {
    const { pool } = createPool();
    for (let i = 0; i < 5; i++) expect(pool.take(10, "backfill")).toBe(0);
    pool.settle(10, 10);
    expect(pool.used).toBe(50);
    expect(pool.take(10, "backfill")).toBeGreaterThan(0);
  });

  test("gives nothing before a ban is over, and a shorter ban does not end a longer one", () => {
    const { pool, clock } = createPool();
    pool.ban(10_000);
    pool.ban(1_000);
    clock.localMs += 9_999;
    clock.venueMs += 600_000;
    expect(pool.take(1, "urgent")).toBeGreaterThan(0);
    expect(pool.bannedUntilMs).not.toBeNull();
    clock.localMs += 1_000;
    expect(pool.take(1, "urgent")).toBe(0);
    expect(pool.bannedUntilMs).toBeNull();
  });

  test("never gives more in a minute than its share", () => {
    const call = fc.record({
      weight: fc.integer({ min: 1, max: 20 }),
      share: fc.constantFrom("backfill" as const, "urgent" as const),
      afterMs: fc.integer({ min: 0, max: 2_000 }),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 200 }), (calls) => {
        const { pool, clock } = createPool();
        const byMinute = new Map<number, number>();
        for (const { weight, share, afterMs } of calls) {
          clock.venueMs += afterMs;
          if (pool.take(weight, share) > 0) continue;
          const minute = Math.floor(clock.venueMs / 60_000);
          const used = (byMinute.get(minute) ?? 0) + weight;
          byMinute.set(minute, used);
          expect(used).toBeLessThanOrEqual(share === "backfill" ? 50 : 90);
          pool.settle(weight, null);
        }
      }),
    );
  });
});
