import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Candles } from "../series/candles.ts";
import { createRandom } from "../synthetic/random.ts";
import { type PairBacktest, pairBacktest } from "./pair-backtest.ts";
import type { PairBacktestConfig } from "./pair-backtest-config.ts";

const HOUR_MS = 3_600_000;
const FORMATION_BARS = 200;
const ANY_SEED = fc.integer({ min: 0, max: 2 ** 32 - 1 });

const config: PairBacktestConfig = {
  intervalMs: HOUR_MS,
  formation: { startMs: 0, endMs: FORMATION_BARS * HOUR_MS },
  trading: { startMs: FORMATION_BARS * HOUR_MS, endMs: 800 * HOUR_MS },
  zScoreWindowBars: 30,
  entryZScore: 1.5,
  exitZScore: 0.2,
  stopZScore: 3.5,
  holdingMaxBars: 40,
  notional: 10_000,
  initialEquity: 100_000,
  feeBps: 5,
  slippageBps: 2,
};

type Legs = { readonly y: Candles; readonly x: Candles };

/**
 * A random walk and a second leg around it with a mean-reverting spread; opens near the last close.
 */
function cointegratedLegs(seed: number, bars = 800): Legs {
  const random = createRandom(seed);
  const legs = [0, 1].map(() => ({
    openTimeMs: Float64Array.from({ length: bars }, (_, t) => t * HOUR_MS),
    open: new Float64Array(bars),
    close: new Float64Array(bars),
  }));
  const [y, x] = legs;
  if (y === undefined || x === undefined) throw new Error("two legs");
  let logX = 3;
  let spread = 0;
  for (let t = 0; t < bars; t++) {
    logX += 0.01 * random.gaussian();
    spread = 0.9 * spread + 0.005 * random.gaussian();
    x.close[t] = Math.exp(logX);
    y.close[t] = Math.exp(1 + 0.8 * logX + spread);
    for (const leg of [y, x]) {
      const previous = leg.close[t - 1] ?? leg.close[t] ?? 1;
      leg.open[t] = previous * (1 + 0.001 * random.gaussian());
    }
  }
  return { y, x };
}

function run(legs: Legs, changes: Partial<PairBacktestConfig> = {}): Finished {
  const result = pairBacktest(legs.y, legs.x, { ...config, ...changes });
  if (result.kind !== "finished") throw new Error("cancelled");
  return result;
}
type Finished = Extract<PairBacktest, { kind: "finished" }>;

function cut(candles: Candles, bars: number): Candles {
  return {
    openTimeMs: candles.openTimeMs.slice(0, bars),
    open: candles.open?.slice(0, bars) ?? null,
    close: candles.close.slice(0, bars),
  };
}

function withoutOpens(legs: Legs): Legs {
  return { y: { ...legs.y, open: null }, x: legs.x };
}

const CONVENTIONS = [
  { name: "next open", prepare: (legs: Legs): Legs => legs },
  { name: "next close", prepare: withoutOpens },
];

describe.each(CONVENTIONS)("pairBacktest filled at the $name", ({ prepare }) => {
  test("looks at nothing after the cut: the past is the same to the bit", () => {
    let tradesCompared = 0;
    fc.assert(
      fc.property(ANY_SEED, fc.integer({ min: 2, max: 599 }), (seed, tradingBars) => {
        const legs = prepare(cointegratedLegs(seed));
        const bars = FORMATION_BARS + tradingBars;
        const whole = run(legs);
        const past = run({ y: cut(legs.y, bars), x: cut(legs.x, bars) });
        // The cut closes an open position at its last bar, so the last bar's equity is not
        // compared.
        const known = tradingBars - 1;
        expect(past.series.zScore).toEqual(whole.series.zScore.slice(0, tradingBars));
        expect(past.series.spread).toEqual(whole.series.spread.slice(0, tradingBars));
        for (const key of ["equity", "drawdown", "position"] as const) {
          expect(past.series[key].slice(0, known)).toEqual(whole.series[key].slice(0, known));
        }
        const cutMs = (bars - 1) * HOUR_MS;
        const closed = whole.trades.filter((trade) => trade.exitFillTimeMs < cutMs);
        expect(past.trades.filter((trade) => trade.exitFillTimeMs < cutMs)).toEqual(closed);
        const entries = (result: Finished) =>
          result.trades.map((trade) => trade.entryFillTimeMs).filter((time) => time < cutMs);
        expect(entries(past)).toEqual(entries(whole));
        tradesCompared += closed.length;
      }),
    );
    expect(tradesCompared).toBeGreaterThan(0);
  });

  test("a close decides nothing in its own bar, nor before it", () => {
    fc.assert(
      fc.property(ANY_SEED, fc.integer({ min: 2, max: 590 }), (seed, t) => {
        const legs = prepare(cointegratedLegs(seed));
        // From trading bar t on every price differs, but for the opens of t, which were seen
        // before.
        const changed = FORMATION_BARS + t;
        const close = legs.y.close.map((price, i) => (i < changed ? price : price * 1.5));
        const open = legs.y.open?.map((price, i) => (i <= changed ? price : price * 1.5)) ?? null;
        const other = run({ y: { ...legs.y, open, close }, x: legs.x }).series;
        const whole = run(legs).series;
        expect(other.zScore.slice(0, t)).toEqual(whole.zScore.slice(0, t));
        expect(other.equity.slice(0, t)).toEqual(whole.equity.slice(0, t));
        expect(other.position.slice(0, t + 1)).toEqual(whole.position.slice(0, t + 1));
      }),
    );
  });

  test("every signal is that of a bar before its fill", () => {
    const result = run(prepare(cointegratedLegs(20)));
    const zScoreAt = (timeMs: number) =>
      result.series.zScore[(timeMs - config.trading.startMs) / HOUR_MS];
    for (const trade of result.trades) {
      expect(trade.entryFillTimeMs - trade.entrySignalTimeMs).toBe(HOUR_MS);
      expect(trade.entryZScore).toBe(zScoreAt(trade.entrySignalTimeMs));
      expect(trade.exitZScore).toBe(zScoreAt(trade.exitSignalTimeMs));
      expect(Math.abs(trade.entryZScore)).toBeGreaterThanOrEqual(config.entryZScore);
      if (trade.exitReason === "end") continue;
      expect(trade.exitFillTimeMs - trade.exitSignalTimeMs).toBe(HOUR_MS);
    }
  });

  test("equity moves by the profit of both legs less fees, on every bar", () => {
    fc.assert(
      fc.property(ANY_SEED, (seed) => {
        const legs = prepare(cointegratedLegs(seed));
        const result = run(legs);
        const { equity } = result.series;
        const accounted = accountFromTrades(result);
        for (let t = 0; t < equity.length; t++) {
          expect(Math.abs((equity[t] ?? 0) - (accounted[t] ?? 0))).toBeLessThan(1e-7);
        }
      }),
    );
  });

  test("the profit of a pair is the sum of its legs, exactly", () => {
    fc.assert(
      fc.property(ANY_SEED, (seed) => {
        const result = run(prepare(cointegratedLegs(seed)));
        let net = config.initialEquity;
        for (const trade of result.trades) {
          expect(trade.netPnl).toBe(trade.legY.netPnl + trade.legX.netPnl);
          for (const leg of [trade.legY, trade.legX]) {
            expect(leg.grossPnl).toBe(leg.quantity * (leg.exitPrice - leg.entryPrice));
            expect(leg.netPnl).toBe(leg.grossPnl - leg.fees);
          }
          net += trade.netPnl;
        }
        expect(result.series.equity.at(-1)).toBe(net);
      }),
    );
  });

  test("fees and slippage never raise equity", () => {
    fc.assert(
      fc.property(ANY_SEED, (seed) => {
        const legs = prepare(cointegratedLegs(seed));
        const costly = run(legs).series.equity;
        const slipping = run(legs, { feeBps: 0 }).series.equity;
        const free = run(legs, { feeBps: 0, slippageBps: 0 }).series.equity;
        for (let t = 0; t < costly.length; t++) {
          expect(costly[t]).toBeLessThanOrEqual((slipping[t] ?? 0) + 1e-7);
        }
        expect(slipping.at(-1)).toBeLessThanOrEqual((free.at(-1) ?? 0) + 1e-7);
      }),
    );
  });

  test("drawdown is a fraction and 0 at a new high", () => {
    fc.assert(
      fc.property(ANY_SEED, fc.integer({ min: 1, max: 500 }), (seed, leverage) => {
        const notional = leverage * config.initialEquity;
        const { equity, drawdown } = run(prepare(cointegratedLegs(seed)), { notional }).series;
        let peak = config.initialEquity;
        drawdown.forEach((value, t) => {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
          if ((equity[t] ?? 0) >= peak) expect(value).toBe(0);
          peak = Math.max(peak, equity[t] ?? 0);
        });
      }),
    );
  });

  test("bars held add up to the bars with a position", () => {
    fc.assert(
      fc.property(ANY_SEED, (seed) => {
        const result = run(prepare(cointegratedLegs(seed)));
        const held = result.trades.reduce((sum, trade) => sum + trade.barsHeld, 0);
        const bars = result.series.position.filter((side) => side !== 0).length;
        const endsOpen = result.trades.at(-1)?.exitReason === "end";
        // A position closed at the last close was held in that bar, when it was bought at an open.
        expect(held).toBe(bars + (endsOpen && result.fillConvention === "next-open" ? 1 : 0));
        for (const trade of result.trades) {
          expect(trade.barsHeld).toBeLessThanOrEqual(config.holdingMaxBars ?? Infinity);
        }
      }),
    );
  });
});

/** Equity again from the trades alone: cash moves at fills, holdings are worth their closes. */
function accountFromTrades(result: Finished): Float64Array {
  const { openTimeMs, closeY, closeX } = result.series;
  return openTimeMs.map((time, t) => {
    const isLast = t === openTimeMs.length - 1;
    let value = config.initialEquity;
    for (const trade of result.trades) {
      const isOut = trade.exitFillTimeMs <= time || isLast;
      for (const [leg, close] of [
        [trade.legY, closeY[t] ?? 0],
        [trade.legX, closeX[t] ?? 0],
      ] as const) {
        if (trade.entryFillTimeMs > time) continue;
        const entryNotional = Math.abs(leg.quantity) * leg.entryPrice;
        const exitNotional = Math.abs(leg.quantity) * leg.exitPrice;
        value -= leg.quantity * leg.entryPrice + (entryNotional * config.feeBps) / 10_000;
        value += leg.quantity * (isOut ? leg.exitPrice : close);
        if (isOut) value -= (exitNotional * config.feeBps) / 10_000;
      }
    }
    return value;
  });
}

describe("pairBacktest", () => {
  test("fills at the open of the next bar, moved against us by the slippage", () => {
    const legs = cointegratedLegs(1);
    const result = run(legs);
    expect(result.fillConvention).toBe("next-open");
    expect(result.trades.length).toBeGreaterThan(5);
    for (const trade of result.trades) {
      expect(trade.entryFillTimeMs).toBe(trade.entrySignalTimeMs + HOUR_MS);
      const openY = legs.y.open?.[trade.entryFillTimeMs / HOUR_MS] ?? 0;
      const worse = trade.side === "long" ? 1.0002 : 0.9998;
      expect(trade.legY.entryPrice).toBeCloseTo(openY * worse, 10);
    }
  });

  test("holds the notional on Y and the hedge ratio times it against it on X", () => {
    const result = run(cointegratedLegs(2));
    for (const trade of result.trades) {
      const sign = trade.side === "long" ? 1 : -1;
      expect(trade.legY.quantity * trade.legY.entryPrice).toBeCloseTo(sign * 10_000, 6);
      expect(trade.legX.quantity * trade.legX.entryPrice).toBeCloseTo(
        -sign * 10_000 * result.formation.hedgeRatio,
        6,
      );
    }
  });

  test("fills close-only series at the next close and says so", () => {
    const legs = withoutOpens(cointegratedLegs(3));
    const result = run(legs);
    expect(result.fillConvention).toBe("next-close");
    expect(result.warnings.map((warning) => warning.code)).toContain("close-only-fill");
    for (const trade of result.trades) {
      const close = legs.y.close[trade.entryFillTimeMs / HOUR_MS] ?? 0;
      expect(trade.legY.entryPrice / close).toBeCloseTo(trade.side === "long" ? 1.0002 : 0.9998, 9);
    }
  });

  test("fits the formation window and nothing else", () => {
    const legs = cointegratedLegs(4);
    const { formation } = run(legs);
    expect(formation.bars).toBe(FORMATION_BARS);
    expect(formation.startMs).toBe(0);
    expect(formation.endMs).toBe((FORMATION_BARS - 1) * HOUR_MS);
    expect(formation.hedgeRatio).toBeCloseTo(0.8, 1);
  });

  test("the first trading bar has a z-score, from the bars before it", () => {
    const result = run(cointegratedLegs(5));
    expect(result.series.zScore[0]).not.toBeNaN();
    expect(result.series.openTimeMs[0]).toBe(config.trading.startMs);
  });

  test("a time gap of one leg is left out, counted, and never filled", () => {
    const legs = cointegratedLegs(6);
    const keep = [...legs.x.openTimeMs.keys()].filter((t) => t !== 300 && t !== 301);
    const x = {
      openTimeMs: Float64Array.from(keep, (t) => legs.x.openTimeMs[t] ?? 0),
      open: Float64Array.from(keep, (t) => legs.x.open?.[t] ?? 0),
      close: Float64Array.from(keep, (t) => legs.x.close[t] ?? 0),
    };
    const result = run({ y: legs.y, x });
    expect(result.series.openTimeMs).not.toContain(300 * HOUR_MS);
    expect(result.series.openTimeMs.length).toBe(598);
    expect(result.warnings.map((warning) => warning.code)).toContain("bars-dropped");
  });

  test("an open position is closed at the last close with reason end", () => {
    const legs = cointegratedLegs(7);
    const whole = run(legs);
    const middle = whole.trades.find((trade) => trade.barsHeld > 4);
    if (middle === undefined) throw new Error("a trade of several bars");
    const bars = middle.entryFillTimeMs / HOUR_MS + 3;
    const last = run({ y: cut(legs.y, bars), x: cut(legs.x, bars) }).trades.at(-1);
    expect(last?.exitReason).toBe("end");
    expect(last?.barsHeld).toBe(3);
    expect(last?.exitFillTimeMs).toBe((bars - 1) * HOUR_MS);
  });

  test("trading stops for good when equity is gone, and ruin is flagged", () => {
    const result = run(cointegratedLegs(8), { notional: 1e8, slippageBps: 100 });
    expect(result.warnings.map((warning) => warning.code)).toContain("ruin");
    const { equity } = result.series;
    const ruinBar = equity.findIndex((value) => value <= 0);
    const later = result.trades.filter(
      (trade) => trade.entrySignalTimeMs >= (result.series.openTimeMs[ruinBar] ?? 0),
    );
    expect(later).toEqual([]);
    // regression: the trade that ruined the account was left for the reason "end"
    expect(result.trades.at(-1)?.exitReason).toBe("ruin");
    expect(result.series.drawdown.at(-1)).toBe(1);
  });

  test("a hedge ratio that is not positive is traded and flagged", () => {
    const legs = cointegratedLegs(9);
    const close = legs.x.close.map((price) => 1000 / price);
    const open = legs.x.open?.map((price) => 1000 / price) ?? null;
    const result = run({ y: legs.y, x: { ...legs.x, open, close } });
    expect(result.formation.hedgeRatio).toBeLessThan(0);
    expect(result.warnings.map((warning) => warning.code)).toContain("hedge-ratio-not-positive");
    for (const trade of result.trades) {
      expect(Math.sign(trade.legX.quantity)).toBe(Math.sign(trade.legY.quantity));
    }
  });

  test("cost totals are those of the trades", () => {
    const { costs, trades } = run(cointegratedLegs(10));
    const sum = (value: (trade: (typeof trades)[number]) => number) =>
      trades.reduce((total, trade) => total + value(trade), 0);
    expect(costs.feesY + costs.feesX).toBeCloseTo(
      sum((trade) => trade.fees),
      8,
    );
    expect(costs.slippageY + costs.slippageX).toBeCloseTo(
      sum((trade) => trade.slippageCost),
      8,
    );
  });

  test("progress rises to 1 and a cancelled run has no result", () => {
    const { y, x } = cointegratedLegs(11);
    const seen: number[] = [];
    pairBacktest(y, x, config, { onProgress: (fraction) => seen.push(fraction) });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
    const cancelled = pairBacktest(y, x, config, { isCancelled: () => true });
    expect(cancelled).toEqual({ kind: "cancelled" });
  });

  const legs = cointegratedLegs(12);
  const flat = { ...legs.x, close: legs.x.close.map(() => 5) };
  const window = (from: number, to: number) => ({ startMs: from * HOUR_MS, endMs: to * HOUR_MS });
  const refusals: readonly {
    name: string;
    changes?: Partial<PairBacktestConfig>;
    legs?: Legs;
    message: RegExp;
  }[] = [
    {
      name: "trading overlaps formation",
      changes: { trading: window(199, 800) },
      message: /trading\.startMs/,
    },
    {
      name: "an empty window",
      changes: { formation: window(5, 5) },
      message: /formation\.startMs/,
    },
    {
      name: "formation of 29 bars",
      changes: { formation: window(0, 29) },
      message: /formation has 29/,
    },
    {
      name: "trading of one bar",
      changes: { trading: window(799, 900) },
      message: /trading has 1/,
    },
    {
      name: "trading after the data",
      changes: { trading: window(900, 950) },
      message: /trading has 0/,
    },
    {
      name: "a z-score window beyond the history",
      changes: { zScoreWindowBars: 202 },
      message: /zScoreWindowBars is 202/,
    },
    {
      name: "a z-score window of one",
      changes: { zScoreWindowBars: 1 },
      message: /zScoreWindowBars/,
    },
    { name: "no entry threshold", changes: { entryZScore: 0 }, message: /entryZScore/ },
    { name: "exit at entry", changes: { exitZScore: 1.5 }, message: /exitZScore/ },
    { name: "NaN exit", changes: { exitZScore: Number.NaN }, message: /exitZScore/ },
    { name: "stop below entry", changes: { stopZScore: 1 }, message: /stopZScore/ },
    { name: "half a bar of holding", changes: { holdingMaxBars: 0.5 }, message: /holdingMaxBars/ },
    { name: "no notional", changes: { notional: 0 }, message: /notional/ },
    { name: "infinite equity", changes: { initialEquity: Infinity }, message: /initialEquity/ },
    { name: "a negative fee", changes: { feeBps: -1 }, message: /feeBps/ },
    {
      name: "slippage of the whole price",
      changes: { slippageBps: 10_000 },
      message: /slippageBps/,
    },
    { name: "the same leg twice", legs: { y: legs.y, x: legs.y }, message: /collinear/ },
    { name: "a constant leg", legs: { y: legs.y, x: flat }, message: /leg X is constant/ },
    {
      name: "a price of zero",
      legs: { y: { ...legs.y, close: legs.y.close.with(3, 0) }, x: legs.x },
      message: /leg Y: the price/,
    },
    {
      name: "legs without common bars",
      legs: { y: legs.y, x: { ...legs.x, openTimeMs: legs.x.openTimeMs.map((time) => time + 1) } },
      message: /formation has 0/,
    },
    {
      name: "times that do not ascend",
      legs: { y: legs.y, x: { ...legs.x, openTimeMs: legs.x.openTimeMs.with(4, 3 * HOUR_MS) } },
      message: /leg X: openTimeMs/,
    },
  ];
  test.each(refusals)("refuses $name", ({ changes, legs: bad, message }) => {
    expect(() => run(bad ?? legs, changes)).toThrow(message);
  });
});
