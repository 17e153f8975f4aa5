import { describe, expect, test } from "vitest";
import { SilenceWatch } from "./silence-watch.ts";

const LIMITS = { minMs: 5_000, maxMs: 20_000, quietMaxMs: 600_000 };

/** A watch that has seen trades at this distance. */
function watched(distanceMs: number, count = 100) {
  const watch = new SilenceWatch(LIMITS, 0);
  for (let i = 1; i <= count; i++) watch.observe(i * distanceMs);
  return { watch, lastMs: count * distanceMs };
}

describe("SilenceWatch", () => {
  test.each([
    { name: "ten times a second", distanceMs: 100, limitMs: 5_000 },
    { name: "twice a second", distanceMs: 500, limitMs: 10_000 },
    { name: "once a second", distanceMs: 1_000, limitMs: 20_000 },
    { name: "every five seconds", distanceMs: 5_000, limitMs: 100_000 },
    { name: "once an hour", distanceMs: 3_600_000, limitMs: 600_000 },
  ])("a symbol that trades $name is suspected after $limitMs ms", ({ distanceMs, limitMs }) => {
    const { watch, lastMs } = watched(distanceMs);
    expect(watch.isSilent(lastMs + limitMs - 1)).toBe(false);
    expect(watch.isSilent(lastMs + limitMs)).toBe(true);
  });

  test("of a symbol that never traded nothing is known: twenty seconds", () => {
    const watch = new SilenceWatch(LIMITS, 1_000);
    expect(watch.isSilent(20_999)).toBe(false);
    expect(watch.isSilent(21_000)).toBe(true);
  });

  test("one long pause does not change what is usual", () => {
    const { watch, lastMs } = watched(100);
    watch.observe(lastMs + 300_000);
    expect(watch.limitMs()).toBe(5_000);
  });

  test("after it was looked into, the time begins anew", () => {
    const { watch, lastMs } = watched(100);
    watch.restart(lastMs + 6_000);
    expect(watch.isSilent(lastMs + 6_000)).toBe(false);
    expect(watch.isSilent(lastMs + 11_000)).toBe(true);
  });

  test("regression: a symbol that trades in bursts is as quiet as the pauses between them", () => {
    const watch = new SilenceWatch(LIMITS, 0);
    for (let burst = 1; burst <= 40; burst++) {
      for (let i = 0; i < 20; i++) watch.observe(burst * 10_000 + i);
    }
    expect(watch.limitMs()).toBe(200_000);
  });

  test("regression: a market that was found quiet is asked half as often, until a trade comes", () => {
    const { watch, lastMs } = watched(100);
    const limits = [1, 2, 3, 4].map((check) => {
      watch.quiet(lastMs + check);
      return watch.limitMs();
    });
    expect(limits).toEqual([10_000, 20_000, 20_000, 20_000]);
    watch.observe(lastMs + 60_000);
    expect(watch.limitMs()).toBe(5_000);
  });

  test("regression: a symbol that never traded is asked for less and less often", () => {
    const watch = new SilenceWatch(LIMITS, 0);
    const checksMs: number[] = [];
    for (let nowMs = 0; nowMs <= 3_600_000; nowMs += 1_000) {
      if (!watch.isSilent(nowMs)) continue;
      checksMs.push(nowMs);
      watch.quiet(nowMs);
    }
    expect(checksMs.slice(0, 4)).toEqual([20_000, 60_000, 140_000, 300_000]);
    expect(checksMs.length).toBeLessThan(12);
  });
});
