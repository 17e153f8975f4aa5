import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rlrtPositions } from "./rlrt-positions.ts";

const QUIET = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1];

/** Ten quiet bars, and after them values with their trends. */
function positionsAfter(bars: readonly (readonly [value: number, trend: number])[]) {
  const spread = Float64Array.of(...QUIET, ...bars.map(([value]) => value));
  const trends = Float64Array.of(...QUIET.map(() => Number.NaN), ...bars.map(([, trend]) => trend));
  return [...rlrtPositions(spread, trends).position].slice(QUIET.length);
}

describe("rlrtPositions", () => {
  test.each([
    { name: "above the band without a trend goes short", bars: [[9, 0]], wanted: [-1] },
    { name: "above the band and falling goes short", bars: [[9, -1]], wanted: [-1] },
    { name: "above the band and rising waits", bars: [[9, 1]], wanted: [0] },
    { name: "above the band without a fit goes short", bars: [[9, Number.NaN]], wanted: [-1] },
    { name: "below the band without a trend goes long", bars: [[-9, 0]], wanted: [1] },
    { name: "below the band and falling waits", bars: [[-9, -1]], wanted: [0] },
    {
      name: "a rise inside the band leaves a short",
      bars: [
        [9, 0],
        [1, 1],
      ],
      wanted: [-1, 0],
    },
    {
      name: "a fall inside the band keeps a short",
      bars: [
        [9, 0],
        [1, -1],
      ],
      wanted: [-1, -1],
    },
    {
      name: "a fall inside the band leaves a long",
      bars: [
        [-9, 0],
        [0, -1],
      ],
      wanted: [1, 0],
    },
    {
      name: "a rise inside the band keeps a long",
      bars: [
        [-9, 0],
        [0, 1],
      ],
      wanted: [1, 1],
    },
    {
      name: "the other side of the band reverses",
      bars: [
        [9, 0],
        [-30, 1],
      ],
      wanted: [-1, 1],
    },
    {
      name: "a rise above the band keeps a short",
      bars: [
        [9, 0],
        [30, 1],
      ],
      wanted: [-1, -1],
    },
  ] as const)("$name", ({ bars, wanted }) => {
    expect(positionsAfter(bars)).toEqual(wanted);
  });

  test("its band is mean and deviation of all bars so far, the bar included", () => {
    const { upper, lower } = rlrtPositions(
      Float64Array.of(...QUIET, 6),
      new Float64Array(11).fill(Number.NaN),
    );
    expect(upper[9]).toBeNaN();
    // Mean 1, squares 5 · 1 + 5 · 0 + 25 = 30.
    expect(upper[10]).toBeCloseTo(1 + Math.sqrt(30 / 11), 12);
    expect(lower[10]).toBeCloseTo(1 - Math.sqrt(30 / 11), 12);
  });

  const bar = fc.record({
    // Small whole numbers would lie on the band exactly, where rounding decides.
    value: fc.double({ min: -1, max: 1, noNaN: true }).filter((value) => Math.abs(value) > 1e-3),
    trend: fc.constantFrom(-1, 0, 1),
  });
  const history = fc.array(bar, { minLength: 12, maxLength: 60 });
  const columns = (bars: readonly { readonly value: number; readonly trend: number }[]) => ({
    spread: Float64Array.from(bars, ({ value }) => value),
    trends: Float64Array.from(bars, ({ trend }) => trend),
  });

  test("cutting off the future changes nothing before the cut", () => {
    fc.assert(
      fc.property(history, fc.nat(), (bars, seed) => {
        const { spread, trends } = columns(bars);
        const cut = 1 + (seed % bars.length);
        const whole = rlrtPositions(spread, trends);
        const prefix = rlrtPositions(spread.subarray(0, cut), trends.subarray(0, cut));
        expect(prefix.position).toEqual(whole.position.subarray(0, cut));
        expect(prefix.upper).toEqual(whole.upper.subarray(0, cut));
      }),
    );
  });

  // The reason why the min–max scaling of published results, which knows all bars, has no effect.
  test("a stretched spread has the same positions", () => {
    fc.assert(
      fc.property(history, (bars) => {
        const { spread, trends } = columns(bars);
        // A power of two rounds nothing.
        const stretched = spread.map((value) => 4 * value);
        expect(rlrtPositions(stretched, trends).position).toEqual(
          rlrtPositions(spread, trends).position,
        );
      }),
    );
  });

  test("a spread upside down has the opposite positions", () => {
    fc.assert(
      fc.property(history, (bars) => {
        const { spread, trends } = columns(bars);
        const mirrored = rlrtPositions(
          spread.map((value) => -value),
          trends.map((trend) => -trend),
        );
        expect(mirrored.position.map((held) => 0 - held)).toEqual(
          rlrtPositions(spread, trends).position.map((held) => held + 0),
        );
      }),
    );
  });
});
