import { expect, test } from "vitest";
import { clusterPricePanes, PRICE_LINES_MAX } from "./cluster-price-panes.ts";

const series = (symbol: string, values: readonly (number | null)[]) => ({
  symbol,
  series: {
    startMs: 0,
    endMs: values.length * 1000,
    intervalMs: 1000,
    full: true,
    lines: { close: { steps: values.map((_, i) => i), values: [...values] } },
  },
});

test("prices of any size begin at one, and a gap stays a gap", () => {
  const [pane] = clusterPricePanes([series("AAA", [100, null, 110]), series("BBB", [2, 1, 4])]);
  expect(pane?.lines.map(({ name, points }) => [name, points.map(([, value]) => value)])).toEqual([
    ["AAA", [1, null, 1.1]],
    ["BBB", [1, 0.5, 2]],
  ]);
});

test("twelve lines are drawn, each in a colour of its own", () => {
  const many = Array.from({ length: 20 }, (_, i) => series(`S${i}`, [1, 2]));
  const lines = clusterPricePanes(many)[0]?.lines ?? [];
  expect(lines).toHaveLength(PRICE_LINES_MAX);
  expect(new Set(lines.map(({ colour }) => colour)).size).toBe(PRICE_LINES_MAX);
});
