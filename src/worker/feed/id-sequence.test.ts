import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { VenueTrade } from "../venues/agg-trade.ts";
import { IdSequence } from "./id-sequence.ts";

/** Trade n is made of the raw trades 2n and 2n + 1. */
function trade(id: number): VenueTrade {
  return {
    id,
    price: "1",
    quantity: "1",
    firstTradeId: 2 * id,
    lastTradeId: 2 * id + 1,
    timeMs: 1_700_000_000_000 + id,
    buyerIsMaker: false,
  };
}

function createSequence(nextId: number, heldMax = 10) {
  const seen: string[] = [];
  const sequence = new IdSequence(
    { nextId, lastRawId: 2 * nextId - 1 },
    { reorderMs: 200, heldMax },
    {
      onNext: ({ id }, isRawBreak) => seen.push(isRawBreak ? `${id}!` : String(id)),
      onOld: ({ id }) => seen.push(`old ${id}`),
      onMissing: (fromId, toId) => seen.push(`missing ${fromId}-${toId}`),
    },
  );
  const offer = (ids: readonly number[], nowMs = 0) => {
    for (const id of ids) sequence.offer(trade(id), nowMs);
  };
  return { sequence, seen, offer };
}

describe("IdSequence", () => {
  test("passes on what follows, and calls everything older old", () => {
    const { seen, offer } = createSequence(5);
    offer([5, 6, 6, 5, 3, 7]);
    expect(seen).toEqual(["5", "6", "old 6", "old 5", "old 3", "7"]);
  });

  test("waits for one that was overtaken", () => {
    const { seen, offer, sequence } = createSequence(5);
    offer([7, 6, 8]);
    sequence.tick(199);
    offer([5], 199);
    expect(seen).toEqual(["5", "6", "7", "8"]);
    expect(sequence.heldCount).toBe(0);
  });

  test("gives up on those that do not come", () => {
    const { seen, offer, sequence } = createSequence(5);
    offer([7, 8, 11]);
    sequence.tick(200);
    expect(seen).toEqual(["missing 5-6", "7", "8"]);
    sequence.tick(399);
    expect(seen).toHaveLength(3);
    sequence.tick(400);
    expect(seen.slice(3)).toEqual(["missing 9-10", "11"]);
  });

  test("does not hold more than it may", () => {
    const { seen, offer } = createSequence(5, 2);
    offer([7, 8, 9]);
    expect(seen).toEqual(["missing 5-6", "7", "8", "9"]);
  });

  test("does not wait after an interruption, and does again after the first trade in order", () => {
    const { seen, offer, sequence } = createSequence(5);
    sequence.interrupt();
    offer([9, 10]);
    offer([12]);
    expect(seen).toEqual(["missing 5-8", "9", "10"]);
    sequence.interrupt();
    offer([11]);
    offer([14]);
    expect(seen.slice(3)).toEqual(["11", "12"]);
  });

  test("one that is held already is old", () => {
    const { seen, offer } = createSequence(5);
    offer([7, 7]);
    expect(seen).toEqual(["old 7"]);
  });

  test("sees raw trades that are in no aggregated trade", () => {
    const { seen, sequence } = createSequence(5);
    sequence.offer({ ...trade(5), firstTradeId: 11 }, 0);
    sequence.offer(trade(6), 0);
    expect(seen).toEqual(["5!", "6"]);
  });

  test("cannot tell whether raw trades are missing after a trade it does not have", () => {
    const { seen, sequence, offer } = createSequence(5);
    sequence.skipTo(9);
    offer([10]);
    expect(seen).toEqual(["10"]);
    sequence.skipTo(11);
    sequence.knowLastRaw(11, 999);
    offer([12]);
    expect(seen).toEqual(["10", "12!"]);
  });

  test("skipping takes along what was held", () => {
    const { seen, sequence, offer } = createSequence(5);
    offer([8, 10]);
    sequence.skipTo(9);
    expect(seen).toEqual(["10"]);
    sequence.skipTo(3);
    expect(sequence.nextId).toBe(11);
  });
});

test("whatever order frames come in, each id is passed on once or said to be missing once", () => {
  const ids = fc.array(fc.integer({ min: 100, max: 160 }), { maxLength: 120 });
  const steps = fc.array(
    fc.oneof(fc.constant("tick" as const), fc.constant("interrupt" as const)),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(ids, steps, (arrivals, events) => {
      const passed = new Set<number>();
      const missing = new Set<number>();
      let last = 99;
      const sequence = new IdSequence(
        { nextId: 100, lastRawId: null },
        { reorderMs: 5, heldMax: 7 },
        {
          onNext: ({ id }) => {
            expect(id).toBeGreaterThan(last);
            last = id;
            passed.add(id);
          },
          onOld: ({ id }) => {
            // Old is what was passed on, what is missing, or what is held and comes.
            expect(id).toBeLessThan(161);
          },
          onMissing: (fromId, toId) => {
            for (let id = fromId; id <= toId; id++) {
              expect(passed.has(id) || missing.has(id)).toBe(false);
              missing.add(id);
            }
          },
        },
      );
      arrivals.forEach((id, i) => {
        sequence.offer(trade(id), i);
        const event = events[i % Math.max(1, events.length)];
        if (event === "tick") sequence.tick(i);
        else if (event === "interrupt") sequence.interrupt();
      });
      for (let nowMs = 1_000; sequence.heldCount > 0; nowMs += 10) sequence.tick(nowMs);
      for (let id = 100; id < sequence.nextId; id++) {
        expect(Number(passed.has(id)) + Number(missing.has(id))).toBe(1);
      }
      expect(sequence.nextId).toBe(Math.max(99, ...arrivals) + 1);
    }),
    { numRuns: 500 },
  );
});
