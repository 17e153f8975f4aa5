import { expect, test } from "vitest";
import type { TickerChart } from "#contracts/ticker.ts";
import { tickerPanes } from "./ticker-panes.ts";

const MINUTE_MS = 60_000;
const line = (values: (number | null)[]) => ({ steps: values.map((_, step) => step), values });

const TICKER: TickerChart = {
  chart: {
    startMs: 0,
    endMs: 3 * MINUTE_MS,
    intervalMs: MINUTE_MS,
    full: true,
    lines: {
      close: line([1, 2, 3]),
      volume: line([1, 1, 1]),
      "sma-20": line([null, 1.5, 2.5]),
      "rsi-14": line([50, 60, 70]),
    },
  },
  openTimeMs: [0, MINUTE_MS, 2 * MINUTE_MS],
  open: [1, 1, 2],
  high: [2, 3, 4],
  low: [0, 1, 2],
  close: [1, 2, 3],
  provenance: ["kline", "complete", "partial"],
  tradeCount: [null, 5, 2],
  intervalsMs: [MINUTE_MS],
};

test("overlays stand over the candles, oscillators below them", () => {
  const panes = tickerPanes(TICKER, "ETH", null);
  expect(panes.map(({ id }) => id)).toEqual(["candles", "volume", "rsi"]);
  expect(panes[0]?.lines.map(({ name }) => name)).toEqual(["Close", "SMA 20"]);
  expect(panes[2]?.lines.map(({ name }) => name)).toEqual(["RSI 14"]);
});

test("a zoom keeps the candles of its span", () => {
  const [candles] = tickerPanes(TICKER, "ETH", { startMs: MINUTE_MS, endMs: 2 * MINUTE_MS });
  expect(candles?.candles?.rows.map(({ timeMs }) => timeMs)).toEqual([MINUTE_MS]);
});
