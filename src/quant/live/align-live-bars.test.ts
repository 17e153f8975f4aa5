import fc from "fast-check";
import { expect, test } from "vitest";
import { alignLiveBars, type LegBars, type LiveAlignment } from "./align-live-bars.ts";

const SECOND_MS = 1_000;

/** Bars at these seconds; the close is 100 + second, the volume 1. */
function legOf(seconds: readonly number[]): LegBars {
  return {
    openTimeMs: Float64Array.from(seconds, (second) => second * SECOND_MS),
    close: Float64Array.from(seconds, (second) => 100 + second),
    volume: new Float64Array(seconds.length).fill(1),
  };
}

const ALL: LiveAlignment = {
  intervalMs: SECOND_MS,
  carryBarsMax: 0,
  fromMs: 0,
  untilMs: Number.POSITIVE_INFINITY,
  missingY: [],
  missingX: [],
};

/** "time: close of Y, close of X", with a star where a close was carried. */
function lines(y: LegBars, x: LegBars, changes: Partial<LiveAlignment> = {}): string[] {
  const { openTimeMs, legY, legX } = alignLiveBars(y, x, { ...ALL, ...changes });
  const cell = (leg: typeof legY, i: number) => `${leg.close[i]}${leg.carried[i] === 1 ? "*" : ""}`;
  return Array.from(
    openTimeMs,
    (time, i) => `${time / SECOND_MS}: ${cell(legY, i)} ${cell(legX, i)}`,
  );
}

const y = legOf([1, 2, 3, 6]);
const x = legOf([2, 4, 5, 6, 9]);

test("without carrying, a bar of the pair needs a trade of both legs", () => {
  expect(lines(y, x)).toEqual(["2: 102 102", "6: 106 106"]);
  expect(alignLiveBars(y, x, ALL).gapCount).toBe(5);
});

test("a quiet leg is represented by its last close, for so many bars, with a volume of 0", () => {
  expect(lines(y, x, { carryBarsMax: 1 })).toEqual([
    "2: 102 102",
    "3: 103 102*",
    "4: 103* 104",
    "6: 106 106",
  ]);
  expect(lines(y, x, { carryBarsMax: 2 })).toEqual([
    "2: 102 102",
    "3: 103 102*",
    "4: 103* 104",
    "5: 103* 105",
    "6: 106 106",
  ]);
  const { legY } = alignLiveBars(y, x, { ...ALL, carryBarsMax: 2 });
  expect([...legY.volume]).toEqual([1, 1, 0, 0, 1]);
});

test("an interval in which neither leg traded has no bar, however far a close may be carried", () => {
  expect(lines(y, x, { carryBarsMax: 60 }).map((line) => line.split(":")[0])).toEqual([
    "2",
    "3",
    "4",
    "5",
    "6",
    "9",
  ]);
});

test("what is known to be missing is not carried over", () => {
  const missingY = [{ afterMs: 3_500, beforeMs: 4_200 }];
  expect(lines(y, x, { carryBarsMax: 5, missingY })).toEqual([
    "2: 102 102",
    "3: 103 102*",
    "6: 106 106",
    "9: 106* 109",
  ]);
  // Closed before the bar began: of no account.
  const before = [{ afterMs: 1_200, beforeMs: 2_900 }];
  expect(lines(y, x, { carryBarsMax: 5, missingY: before })).toHaveLength(6);
});

test("bars before the span are only carried into it, and none beyond it are seen", () => {
  const span = { carryBarsMax: 1, fromMs: 4_000, untilMs: 9_000 };
  expect(lines(y, x, span)).toEqual(["4: 103* 104", "6: 106 106"]);
});

test("a bar does not depend on later bars, nor on how the span is cut", () => {
  const seconds = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 50 });
  fc.assert(
    fc.property(
      seconds,
      seconds,
      fc.integer({ min: 0, max: 5 }),
      fc.nat(60),
      (a, b, carry, cut) => {
        const [legA, legB] = [a, b].map((all) => legOf(all.toSorted((p, q) => p - q)));
        const whole = lines(legA!, legB!, { carryBarsMax: carry });
        const [headA, headB] = [a, b].map((all) =>
          legOf(all.filter((second) => second < cut).toSorted((p, q) => p - q)),
        );
        const head = lines(headA!, headB!, { carryBarsMax: carry });
        const tail = lines(legA!, legB!, { carryBarsMax: carry, fromMs: cut * SECOND_MS });
        expect([...head, ...tail]).toEqual(whole);
      },
    ),
  );
});
