import type { BarEvent } from "../strategies/strategy.ts";
import type { BookStep } from "./backtest-book.ts";

const NOT_YET: BookStep = { target: { kind: "hold" }, figures: {}, reason: null };

/**
 * A step that knows nothing of the bars before one: that bar is its bar 0.
 *
 * @param step of a strategy
 * @param fromBar the first bar that it sees
 * @param beginsWithGap whether that bar is to be a gap, as the first of a delayed feed is
 */
export function stepFrom(
  step: (event: BarEvent) => BookStep,
  fromBar: number,
  beginsWithGap: boolean,
): (event: BarEvent) => BookStep {
  if (fromBar === 0) return step;
  let seen: { -readonly [Key in keyof BarEvent]: BarEvent[Key] } | null = null;
  return (event) => {
    if (event.bar < fromBar) return NOT_YET;
    if (event.bar === fromBar && beginsWithGap) return step({ ...gapOf(event), bar: 0 });
    // The engine uses the same arrays for every bar, so one event serves for all.
    seen ??= { ...event };
    seen.bar = event.bar - fromBar;
    seen.openTimeMs = event.openTimeMs;
    return step(seen);
  };
}

function gapOf(event: BarEvent): BarEvent {
  const nothing = event.close.map(() => Number.NaN);
  const { bar, openTimeMs } = event;
  return {
    bar,
    openTimeMs,
    open: nothing,
    high: nothing,
    low: nothing,
    close: nothing,
    volume: nothing,
  };
}
