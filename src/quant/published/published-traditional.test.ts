import { describe, expect, test } from "vitest";
import type { PairCloses } from "./pair-closes.ts";
import { publishedTraditional } from "./published-traditional.ts";
import { barsOf, syntheticPair } from "./synthetic-pair.test-support.ts";
import { TRADITIONAL_PAIRS, traditionalSelection } from "./traditional-selection.ts";

const WHOLE = syntheticPair(11, 500);
const FORMATION = barsOf(WHOLE, 0, 300);
const TRADING = barsOf(WHOLE, 300, 500);

/** Line y = x + 100 with a spread of ±1: mean 0, deviation 1. */
const SQUARE: PairCloses = {
  openTimeMs: Float64Array.of(0, 1, 2, 3),
  x: Float64Array.of(10, 10, 20, 20),
  y: Float64Array.of(111, 109, 121, 119),
};

/** A trading period with the given spread of that line. */
function withSpread(...spread: number[]): PairCloses {
  return {
    openTimeMs: Float64Array.from(spread, (_, i) => i),
    x: Float64Array.from(spread, () => 10),
    y: Float64Array.from(spread, (value) => 110 + value),
  };
}

describe("publishedTraditional", () => {
  test("freezes line and levels on the formation period", () => {
    const { line, levels } = publishedTraditional({
      formation: SQUARE,
      trading: withSpread(5, 6, 7),
    });
    expect(line).toEqual({ slope: 1, intercept: 100 });
    expect(levels).toEqual({ upper: 1, lower: -1, exitUpper: 0.5, exitLower: -0.5 });
  });

  test.each([
    {
      name: "enters beyond the band, on it not",
      spread: [1, 1.1, -1, -1.1],
      wanted: [0, -1, -1, 1],
    },
    { name: "holds outside the inner band", spread: [2, 0.6, 0.9], wanted: [-1, -1, -1] },
    { name: "leaves on the inner band", spread: [2, 0.5, 0.9], wanted: [-1, 0, 0] },
    { name: "holds a short that falls through", spread: [2, -0.6, -0.9], wanted: [-1, -1, -1] },
    { name: "may enter at the first bar", spread: [-2, -2, 0], wanted: [1, 1, 0] },
  ])("$name", ({ spread, wanted }) => {
    const trading = withSpread(...spread);
    expect([...publishedTraditional({ formation: SQUARE, trading }).position]).toEqual(wanted);
  });

  test("has no Sharpe ratio where it never trades", () => {
    const { figures, trades } = publishedTraditional({
      formation: SQUARE,
      trading: withSpread(0, 0.1, 0.2),
    });
    expect(trades).toEqual([]);
    expect(figures).toMatchObject({ totalReturn: 0, sharpeRatio: null, drawdownMax: 0 });
  });

  test("cutting off the future changes nothing before the cut", () => {
    const whole = publishedTraditional({ formation: FORMATION, trading: TRADING });
    expect(whole.trades.length).toBeGreaterThan(3);
    for (const cut of [3, 50, 199]) {
      const trading = barsOf(TRADING, 0, cut);
      const prefix = publishedTraditional({ formation: FORMATION, trading });
      expect(prefix.position).toEqual(whole.position.subarray(0, cut));
      expect(prefix.budget).toEqual(whole.budget.subarray(0, cut));
    }
  });
});

test("traditionalSelection takes the most correlated levels, the earlier column as leg X", () => {
  const { x, y } = FORMATION;
  const unlike = x.map((_, i) => 100 + 10 * Math.sin(i));
  const [best, ...rest] = traditionalSelection([unlike, x, y]);
  expect(best).toMatchObject({ first: 1, second: 2 });
  expect(rest).toHaveLength(2);
  expect(traditionalSelection(Array.from({ length: 8 }, () => x))).toHaveLength(TRADITIONAL_PAIRS);
});
