import fc from "fast-check";
import type { BarTrade } from "./trade-bar.ts";

/** Trades over a few minutes as a venue makes them: ids in order, times that never fall, decimals. */
export const arbitraryTrades: fc.Arbitrary<BarTrade[]> = fc
  .array(
    fc.record({
      afterMs: fc.integer({ min: 0, max: 4000 }),
      price: fc.integer({ min: 1, max: 10_000_000 }).map((cents) => cents / 100),
      quantity: fc.integer({ min: 1, max: 10_000_000_000 }).map((units) => units / 1e8),
      late: fc.boolean(),
      backfilled: fc.boolean(),
    }),
    { maxLength: 200 },
  )
  .map((steps) => {
    let timeMs = Date.UTC(2024, 7, 8, 23, 59);
    return steps.map(({ afterMs, ...trade }, index) => {
      timeMs += afterMs;
      return { ...trade, id: 1_000 + index, timeMs };
    });
  });
