import fc from "fast-check";
import { expect, test } from "vitest";
import { leaseQuota } from "./lease-quota.ts";

test("a holder that nobody has heard of yet counts, too", () => {
  expect(leaseQuota(10, ["a"], "b")).toBe(5);
  expect(leaseQuota(10, [], "b")).toBe(10);
});

test("quotas add up to what there is, and differ by one at most", () => {
  const holders = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(fc.nat(1_000), holders, (count, all) => {
      const quotas = all.map((holder) => leaseQuota(count, all, holder));
      expect(quotas.reduce((sum, quota) => sum + quota, 0)).toBe(count);
      expect(Math.max(...quotas) - Math.min(...quotas)).toBeLessThanOrEqual(1);
    }),
  );
});
