import { describe, expect, test } from "vitest";
import type { VenueBar } from "#db/market-bars.ts";
import { CheckedMinutes } from "./checked-minutes.ts";

const MINUTE_MS = 60_000;

function bar(minute: number, change: Partial<VenueBar> = {}): VenueBar {
  return {
    openTimeMs: minute * MINUTE_MS,
    open: 1,
    high: 3,
    low: 0.5,
    close: 2,
    volume: 10,
    provenance: "complete",
    tradeCount: 4,
    lateCount: 0,
    backfilledCount: 0,
    ...change,
  };
}

/** Looks at the bars of minutes up to one, and compares what is due. @returns the minute from which that was */
function look(checked: CheckedMinutes, untilMinute: number, bars: readonly VenueBar[]) {
  const toMs = untilMinute * MINUTE_MS;
  const span = { fromMs: checked.fromMs(0, toMs), toMs };
  const dueMs = checked.firstDue(bars, span);
  checked.compared(bars, span);
  return dueMs === null ? null : dueMs / MINUTE_MS;
}

describe("CheckedMinutes", () => {
  test("every minute is compared once", () => {
    const checked = new CheckedMinutes();
    const bars = [bar(0), bar(1), bar(2)];
    expect(look(checked, 2, bars)).toBe(0);
    expect(look(checked, 2, bars)).toBeNull();
    expect(look(checked, 3, bars)).toBe(2);
  });

  test("regression: a bar that was partial is compared when it is whole", () => {
    const checked = new CheckedMinutes();
    const partial = bar(1, { provenance: "partial" });
    expect(look(checked, 3, [bar(0), partial, bar(2)])).toBe(0);
    // As long as it is partial the venue need not be asked.
    expect(look(checked, 3, [bar(0), partial, bar(2)])).toBeNull();
    expect(look(checked, 3, [bar(0), bar(1), bar(2)])).toBe(1);
    expect(look(checked, 3, [bar(0), bar(1), bar(2)])).toBeNull();
  });

  test("regression: a partial bar is waited for longer than others, but not for ever", () => {
    const checked = new CheckedMinutes();
    const partial = bar(1, { provenance: "partial" });
    look(checked, 2, [partial]);
    look(checked, 900, [partial]);
    expect(checked.fromMs(0, 900 * MINUTE_MS)).toBe(MINUTE_MS);
    expect(checked.fromMs(0, 2_000 * MINUTE_MS)).toBe(1_000 * MINUTE_MS);
  });

  test("regression: a bar that has changed since is compared again", () => {
    const checked = new CheckedMinutes();
    look(checked, 3, [bar(0), bar(2)]);
    expect(look(checked, 3, [bar(0, { volume: 11 }), bar(2)])).toBe(0);
    // There was none, and a trade was found.
    expect(look(checked, 3, [bar(0, { volume: 11 }), bar(1), bar(2)])).toBe(1);
  });
});
