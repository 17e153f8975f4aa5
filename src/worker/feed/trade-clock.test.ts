import { expect, test } from "vitest";
import { TradeClock } from "./trade-clock.ts";

const venue = (offsetMs: number) => ({ offsetMs });

test("before a trade has come the venue is believed", () => {
  expect(new TradeClock().nowMs(1_000_000, venue(500))).toBe(1_000_500);
});

test("a venue whose clock runs ahead of its trades is not", () => {
  const clock = new TradeClock();
  clock.observe(999_950, 1_000_000);
  expect(clock.nowMs(1_000_010, venue(5_000))).toBe(999_960);
  expect(clock.nowMs(1_000_010, venue(-5_000))).toBe(995_010);
});

test("the least delayed trade of the last while counts, and after a long silence none does", () => {
  const clock = new TradeClock();
  clock.observe(999_990, 1_000_000);
  clock.observe(999_000, 1_000_100);
  expect(clock.nowMs(1_050_000, venue(0))).toBe(1_049_990);
  expect(clock.nowMs(1_300_000, venue(0))).toBe(1_300_000);
});
