import { describe, expect, test } from "vitest";
import { createBackOff } from "../venues/back-off.ts";
import { awaitFirstTrades } from "./await-first-trades.ts";
import { type FirstTrades, startAtTrade } from "./first-trades.ts";

const TRADE = {
  id: 7,
  timeMs: 1_700_000_000_000,
  price: "1",
  quantity: "2",
  firstTradeId: 8,
  lastTradeId: 9,
  buyerIsMaker: false,
};
const FIRST: FirstTrades = startAtTrade(TRADE);

/** A wait of which time passes at once. The answers are of one attempt each, the last of all further ones. */
function waited(answers: readonly (FirstTrades | Error | null)[], arrivalMs: number | null = null) {
  let nowMs = 0;
  let attempts = 0;
  const waitsMs: number[] = [];
  const arrival = new AbortController();
  const ended = new AbortController();
  const delayed: unknown[] = [];
  const found = awaitFirstTrades({
    ask: async () => {
      const answer = answers[Math.min(attempts, answers.length - 1)];
      attempts += 1;
      if (answer instanceof Error) throw answer;
      return answer ?? null;
    },
    askMsMax: 15_000,
    arrived: () => (arrivalMs !== null && nowMs >= arrivalMs ? TRADE : null),
    arrival: arrival.signal,
    signal: ended.signal,
    backOff: createBackOff({ minMs: 250, maxMs: 30_000, random: () => 1 }),
    wait: async (ms, signal) => {
      waitsMs.push(ms);
      const endMs = nowMs + ms;
      if (arrivalMs !== null && arrivalMs > nowMs && arrivalMs < endMs) {
        nowMs = arrivalMs;
        arrival.abort();
      } else nowMs = endMs;
      if (nowMs > 3_600_000) ended.abort();
      signal.throwIfAborted();
    },
    nowMs: () => nowMs,
    onDelayed: (error) => delayed.push(error),
  });
  return { found, waitsMs, delayed, attempts: () => attempts };
}

describe("awaitFirstTrades", () => {
  test("what the venue has at once is taken at once", async () => {
    const { found, waitsMs } = waited([FIRST]);
    expect(await found).toBe(FIRST);
    expect(waitsMs).toEqual([]);
  });

  test.each([
    { name: "has no trade yet", answer: null },
    { name: "is refused", answer: new Error("Invalid symbol.") },
  ])("regression: a symbol that $name is asked for less and less often", async ({ answer }) => {
    const { found, waitsMs, attempts } = waited([answer]);
    await expect(found).rejects.toThrow();
    expect(waitsMs.slice(0, 9)).toEqual([
      250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
    // An hour: at four times a second it would be 14,400.
    expect(attempts()).toBeLessThan(130);
  });

  test("the first trade that comes ends the wait, and begins the short ones again", async () => {
    const { found, waitsMs } = waited([null, null, null, null, null, FIRST], 5_000);
    expect(await found).toBe(FIRST);
    expect(waitsMs).toEqual([250, 500, 1_000, 2_000, 4_000]);
  });

  test("without an answer the symbol begins with the trade that came", async () => {
    const { found, delayed } = waited([new Error("away")], 100);
    expect(await found).toEqual(FIRST);
    expect(delayed.length).toBeGreaterThan(3);
  });
});
