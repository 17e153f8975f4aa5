import { describe, expect, test } from "vitest";
import { SecondBars } from "./second-bars.ts";

const START_MS = 1_700_000_000_000;
/** A trade after every second of the test. */
const LATER_MS = START_MS + 100_000;

function trade(id: number, atMs: number, backfilled = false) {
  return { id, timeMs: START_MS + atMs, price: id, quantity: 1, late: false, backfilled };
}

const again = (...spans: readonly (readonly [number, number])[]) =>
  spans.map(([fromMs, toMs]) => ({ fromMs: START_MS + fromMs, toMs: START_MS + toMs }));

describe("SecondBars", () => {
  test("closes the seconds before a moment, and keeps the one it is in", () => {
    const bars = new SecondBars(START_MS);
    for (const one of [trade(1, 0), trade(2, 999), trade(3, 2_500)]) bars.add(one);
    const closed = bars.close(START_MS + 2_700, LATER_MS);
    expect(closed).toMatchObject({ fromMs: START_MS, untilMs: START_MS + 2_000, again: [] });
    expect(closed.bars).toMatchObject([{ openTimeMs: START_MS, tradeCount: 2, open: 1, close: 2 }]);
    expect(bars.close(START_MS + 3_000, LATER_MS).bars).toMatchObject([{ open: 3 }]);
  });

  test("a trade after its second was closed is late: the second is made again and counts it", () => {
    const bars = new SecondBars(START_MS);
    bars.add(trade(1, 500));
    bars.close(START_MS + 1_000, LATER_MS);
    bars.addOld(trade(2, 600));
    expect(bars.hasChanges).toBe(true);
    const closed = bars.close(START_MS + 1_000, LATER_MS);
    expect(closed).toMatchObject({ fromMs: START_MS + 1_000, bars: [], again: again([0, 1_000]) });
    expect(closed.lateIds).toEqual(new Map([[START_MS, [2]]]));
    expect(bars.hasChanges).toBe(false);
  });

  test("a second that got trades out of order is made from what is stored when it closes", () => {
    const bars = new SecondBars(START_MS);
    bars.add(trade(5, 500));
    bars.addOld(trade(3, 400));
    expect(bars.hasChanges).toBe(false);
    const closed = bars.close(START_MS + 1_000, LATER_MS);
    expect(closed).toMatchObject({ bars: [], again: again([0, 1_000]) });
    expect(closed.lateIds.size).toBe(0);
  });

  test("backfilled trades are not late", () => {
    const bars = new SecondBars(START_MS + 5_000);
    bars.makeAgain({ fromMs: START_MS + 1_500, toMs: START_MS + 3_001 });
    bars.addOld(trade(9, 1_600, true));
    const closed = bars.close(START_MS + 5_000, LATER_MS);
    expect(closed.again).toEqual(again([1_000, 4_000]));
    expect(closed.lateIds.size).toBe(0);
  });

  test("a span that reaches beyond what is closed is made again in two parts", () => {
    const bars = new SecondBars(START_MS + 2_000);
    bars.makeAgain({ fromMs: START_MS + 1_000, toMs: START_MS + 4_000 });
    bars.add(trade(1, 3_200));
    expect(bars.close(START_MS + 2_000, LATER_MS).again).toEqual(again([1_000, 2_000]));
    const closed = bars.close(START_MS + 4_000, LATER_MS);
    expect(closed.again).toEqual(again([2_000, 4_000]));
    expect(closed.bars).toEqual([]);
  });

  test("what only the clock has closed is looked at again when the next trade comes", () => {
    const bars = new SecondBars(START_MS);
    bars.add(trade(1, 500));
    expect(bars.close(START_MS + 2_000, START_MS + 500).bars).toHaveLength(1);
    expect(bars.hasChanges).toBe(false);
    bars.add(trade(2, 60_000));
    expect(bars.close(START_MS + 60_000, LATER_MS)).toMatchObject({ again: again([0, 1_000]) });
    bars.add(trade(3, 61_000));
    expect(bars.close(START_MS + 61_000, LATER_MS)).toMatchObject({ again: [] });
  });

  test("regression: a closed second that was made again with no trade after it was never proven", () => {
    const bars = new SecondBars(START_MS + 5_000);
    // A missing end was fetched: its last trade is at 2,300 ms, and the clock has passed it long ago.
    bars.makeAgain({ fromMs: START_MS + 1_200, toMs: START_MS + 2_301 });
    expect(bars.close(START_MS + 5_000, START_MS + 2_300).again).toEqual(again([1_000, 3_000]));
    bars.add(trade(9, 6_000));
    expect(bars.close(START_MS + 6_000, START_MS + 6_000).again).toEqual(again([2_000, 3_000]));
  });

  test("never goes back", () => {
    const bars = new SecondBars(START_MS + 5_000);
    expect(bars.close(START_MS, LATER_MS).untilMs).toBe(START_MS + 5_000);
  });
});
