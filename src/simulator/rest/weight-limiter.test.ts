import { describe, expect, test } from "vitest";
import { SimulatorOptions } from "../simulator-options.ts";
import { ApiError } from "./api-error.ts";
import { WeightLimiter } from "./weight-limiter.ts";

const MINUTE_MS = 60_000;
const START_MS = 1_700_000_040_000;

function limiterWith(limits: SimulatorOptions["limits"]) {
  return new WeightLimiter(SimulatorOptions.parse({ limits }).limits);
}

function refusalOf(charge: () => number) {
  try {
    charge();
  } catch (error) {
    if (error instanceof ApiError) {
      return { status: error.status, code: error.code, retryAfter: error.headers["Retry-After"] };
    }
    throw error;
  }
  return null;
}

describe("WeightLimiter", () => {
  test("counts by address and market and begins again with the minute of the clock", () => {
    const limiter = limiterWith({ weightPerMinute: 100 });
    expect(limiter.charge("spot", "a", 40, START_MS)).toBe(40);
    expect(limiter.charge("spot", "a", 40, START_MS + 1_000)).toBe(80);
    expect(limiter.charge("spot", "b", 40, START_MS + 1_000)).toBe(40);
    expect(limiter.charge("usdm", "a", 5, START_MS + 1_000)).toBe(5);
    expect(limiter.charge("spot", "a", 40, START_MS + MINUTE_MS)).toBe(40);
  });

  test("refuses what is above the limit until the window ends", () => {
    const limiter = limiterWith({ weightPerMinute: 100 });
    limiter.charge("spot", "a", 100, START_MS);
    const refusal = refusalOf(() => limiter.charge("spot", "a", 1, START_MS + 18_500));
    expect(refusal).toEqual({ status: 429, code: -1003, retryAfter: "42" });
    expect(refusalOf(() => limiter.charge("spot", "a", 1, START_MS + MINUTE_MS))).toBeNull();
  });

  test("bans an address that goes on, longer each time", () => {
    const limiter = limiterWith({
      weightPerMinute: 100,
      violationsUntilBan: 3,
      banMs: [120_000, 600_000],
    });
    const flood = (atMs: number) => {
      limiter.charge("spot", "a", 100, atMs);
      return Array.from({ length: 4 }, () =>
        refusalOf(() => limiter.charge("spot", "a", 1, atMs + 100)),
      ).map((refusal) => `${refusal?.status} ${refusal?.retryAfter}`);
    };
    expect(flood(START_MS)).toEqual(["429 60", "429 60", "429 60", "418 120"]);
    const during = refusalOf(() => limiter.charge("spot", "a", 1, START_MS + 60_000));
    expect(during).toEqual({ status: 418, code: -1003, retryAfter: "61" });
    expect(flood(START_MS + 3 * MINUTE_MS).at(-1)).toBe("418 600");
    expect(flood(START_MS + 20 * MINUTE_MS).at(-1)).toBe("418 600");
  });

  test("the history of funding has a pool of its own", () => {
    const limiter = limiterWith({ fundingRequestsPer5Minutes: 2 });
    expect(limiter.chargeFunding("a", START_MS)).toBe(0);
    limiter.chargeFunding("a", START_MS);
    expect(refusalOf(() => limiter.chargeFunding("a", START_MS))?.status).toBe(429);
    expect(limiter.charge("usdm", "a", 1, START_MS)).toBe(1);
  });
});
