import { describe, expect, test } from "vitest";
import { type AlignedLiveBars, alignLiveBars } from "./align-live-bars.ts";
import { liveBacktest } from "./live-backtest.ts";
import { pairBars, testOptions } from "./live-bars.test-support.ts";
import { liveHistory } from "./live-history.ts";

const OPTIONS = testOptions({ kind: "rolling-ols", windowBars: 40, intercept: true });
const ASKED = {
  prices: "log",
  threshold: 1.5,
  notional: 10_000,
  feeBps: 5,
  slippageBps: 2,
} as const;

/** Aligned bars of a pair whose opens are a little off the close before, with the bars that X has not. */
function world(n: number, without: readonly number[] = []) {
  const all = pairBars(n, 31);
  const legOf = (name: "closeY" | "closeX", kept: typeof all) => ({
    openTimeMs: Float64Array.from(kept, ({ openTimeMs }) => openTimeMs),
    close: Float64Array.from(kept, (bar) => bar[name]),
    volume: new Float64Array(kept.length).fill(1),
  });
  const aligned: AlignedLiveBars = alignLiveBars(
    legOf("closeY", all),
    legOf(
      "closeX",
      all.filter((_, t) => !without.includes(t)),
    ),
    {
      intervalMs: 1_000,
      carryBarsMax: 5,
      fromMs: 0,
      untilMs: Number.POSITIVE_INFINITY,
      missingY: [],
      missingX: [],
    },
  );
  const openOf = (close: Float64Array) => close.map((price, t) => (close[t - 1] ?? price) * 1.0001);
  return {
    bars: { aligned, openY: openOf(aligned.legY.close), openX: openOf(aligned.legX.close) },
    history: liveHistory({ closeY: aligned.legY.close, closeX: aligned.legX.close }, OPTIONS),
  };
}

describe("the mini backtest", () => {
  const { bars, history } = world(600);
  const result = liveBacktest(bars, history, 100, ASKED);
  const barOf = (timeMs: number) => bars.aligned.openTimeMs.indexOf(timeMs);

  test("goes in at the threshold and out at the mean, each at the next bar's open", () => {
    expect(result.trades.length).toBeGreaterThan(5);
    for (const trade of result.trades) {
      const entry = barOf(trade.entrySignalTimeMs);
      expect(Math.abs(history.zScore[entry]!)).toBeGreaterThanOrEqual(1.5);
      expect(barOf(trade.entryFillTimeMs)).toBe(entry + 1);
      const worse = trade.side === "long" ? 1.0002 : 0.9998;
      expect(trade.legY.entryPrice).toBeCloseTo(bars.openY[entry + 1]! * worse, 10);
      if (trade.exitReason !== "exit") continue;
      const exit = barOf(trade.exitSignalTimeMs);
      expect(Math.sign(history.zScore[exit]!)).not.toBe(Math.sign(history.zScore[entry]!));
      expect(barOf(trade.exitFillTimeMs)).toBe(exit + 1);
    }
  });

  test("holds the hedge ratio that was live at the signal", () => {
    for (const { entrySignalTimeMs, legY, legX } of result.trades) {
      const ratio = -(legX.quantity * legX.entryPrice) / (legY.quantity * legY.entryPrice);
      expect(ratio).toBeCloseTo(history.hedgeRatio[barOf(entrySignalTimeMs)]!, 9);
    }
  });

  test("its profit is that of its trades, costs included", () => {
    const total = result.trades.reduce((sum, { netPnl }) => sum + netPnl, 0);
    expect(result.profit.at(-1)).toBeCloseTo(total, 8);
    const free = liveBacktest(bars, history, 100, { ...ASKED, feeBps: 0, slippageBps: 0 });
    expect(free.profit.at(-1)!).toBeGreaterThan(result.profit.at(-1)!);
    expect(result.drawdownMax).toBeGreaterThan(0);
  });

  test("does not look ahead: cutting the future off changes no trade that was over", () => {
    const cut = 400;
    const head = world(cut);
    const before = liveBacktest(head.bars, head.history, 100, ASKED).trades.filter(
      ({ exitReason }) => exitReason === "exit",
    );
    expect(result.trades.slice(0, before.length)).toEqual(before);
  });
});

test("on levels the hedge ratio is of units", () => {
  const { bars } = world(300);
  const levels = testOptions({ kind: "buffer" }, { prices: "level" });
  const { closeY, closeX } = { closeY: bars.aligned.legY.close, closeX: bars.aligned.legX.close };
  const history = liveHistory({ closeY, closeX }, levels);
  const { trades } = liveBacktest(bars, history, 50, { ...ASKED, prices: "level" });
  expect(trades.length).toBeGreaterThan(0);
  for (const { entrySignalTimeMs, legY, legX } of trades) {
    const t = bars.aligned.openTimeMs.indexOf(entrySignalTimeMs);
    // The notional is fixed at the fill, the ratio of notionals at the signal: a bar apart.
    expect(-legX.quantity / legY.quantity).toBeCloseTo(history.hedgeRatio[t]!, 1);
  }
});

test("a bar in which a leg did not trade gives neither a signal nor a fill", () => {
  const without = Array.from({ length: 60 }, (_, i) => 150 + 3 * i);
  const { bars, history } = world(400, without);
  const result = liveBacktest(bars, history, 100, ASKED);
  expect(result.carriedBars).toBe(60);
  const times = new Set(result.openTimeMs);
  for (const trade of result.trades) {
    expect(times.has(trade.entryFillTimeMs) && times.has(trade.exitFillTimeMs)).toBe(true);
  }
});

test("without opens it is filled at the next close, and says so", () => {
  const { bars, history } = world(400);
  const none = new Float64Array(400).fill(Number.NaN);
  const result = liveBacktest({ ...bars, openY: none, openX: none }, history, 100, ASKED);
  expect(result.fillConvention).toBe("next-close");
  expect(result.warnings.join(" ")).toMatch(/filled at the next close/);
});

test("too few bars are no trade and no error", () => {
  const { bars, history } = world(1);
  const result = liveBacktest(bars, history, 0, ASKED);
  expect(result).toMatchObject({ trades: [], drawdownMax: 0 });
});
