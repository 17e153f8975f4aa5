import type { Target } from "../strategies/strategy.ts";
import { createRandom } from "../synthetic/random.ts";
import type { Book } from "./backtest-book.ts";
import type { EventBacktest } from "./event-engine.ts";
import { type InstrumentCosts, NO_COSTS } from "./instrument-costs.ts";
import { alignMarketBars, type MarketBars } from "./market-bars.ts";
import type { SizingRule } from "./position-sizing.ts";
import { HOUR_MS, hourly, plainBacktest, TEN_UNITS } from "./scripted-book.test-support.ts";
import type { SlippageModel } from "./slippage-model.ts";

/** Walks of two to four instruments with gaps, one of which may end early. */
function randomMarket(seed: number, bars: number): MarketBars {
  const { uniform, gaussian } = createRandom(seed);
  const count = 2 + Math.floor(uniform() * 3);
  return alignMarketBars(
    Array.from({ length: count }, (_, i) => {
      let close = 50 + 100 * uniform();
      const end = uniform() < 0.3 && i > 0 ? Math.floor(bars * uniform()) : bars;
      return hourly(
        Array.from({ length: bars }, (__, t) => {
          const open = close * Math.exp(0.01 * gaussian());
          close = open * Math.exp(0.03 * gaussian());
          const high = Math.max(open, close) * (1 + 0.01 * uniform());
          const low = Math.min(open, close) * (1 - 0.01 * uniform());
          const isGap = t > 0 && (t >= end || uniform() < 0.05);
          return isGap ? null : [open, high, low, close, 1_000 * uniform()];
        }),
      );
    }),
  );
}

function randomCosts(seed: number): InstrumentCosts {
  const { uniform } = createRandom(seed, 7);
  const models: SlippageModel[] = [
    { kind: "bps", slippageBps: 20 * uniform() },
    { kind: "half-spread", bidAskSpreadBps: 30 * uniform() },
    { kind: "volume-share", impact: 0.2 * uniform(), shareMax: 0.05 + 0.2 * uniform() },
  ];
  const slippage = models[Math.floor(3 * uniform())] ?? NO_COSTS.slippage;
  const isRound = uniform() < 0.5;
  return {
    fees: { makerRate: -0.0001, takerRate: 0.002 * uniform() },
    slippage,
    lots: isRound
      ? { quantityStep: 0.01, priceTick: 0.05, notionalMin: 5 }
      : { quantityStep: 0, priceTick: 0, notionalMin: 0 },
    funding: { kind: "constant", rate: 0.002 * (uniform() - 0.5), everyMs: 8 * HOUR_MS },
    borrowRateAnnual: uniform(),
    dividends: {
      timeMs: Float64Array.of(10.5 * HOUR_MS, 20 * HOUR_MS),
      perUnit: Float64Array.of(uniform(), 0),
    },
  };
}

/** Asks for this and that, also for what it is asked not to. */
function restlessBook(seed: number, instruments: readonly number[], rule: SizingRule): Book {
  const isBasket = instruments.length !== 2;
  return {
    instruments,
    sizing: { rule, pricedAt: seed % 2 === 0 ? "signal" : "fill" },
    figureNames: [],
    start: () => {
      const { uniform, gaussian } = createRandom(seed, 3);
      return ({ close }) => {
        if (uniform() < 0.6) return { target: { kind: "hold" }, reason: null, figures: {} };
        const side = (["long", "short", "flat"] as const)[Math.floor(3 * uniform())] ?? "flat";
        const stop = close.map((price) => (uniform() < 0.5 ? Number.NaN : 0.97 * price));
        const limit = close.map((price) => (uniform() < 0.5 ? Number.NaN : 1.03 * price));
        const guarded = uniform() < 0.5 ? null : { stop, limit };
        const target: Target = isBasket
          ? {
              kind: "weights",
              weights: close.map(() => (uniform() < 0.2 ? 0 : 0.7 * gaussian())),
              stops: guarded,
            }
          : {
              kind: "spread",
              side,
              hedgeRatio: 1 + 0.5 * gaussian(),
              hedge: uniform() < 0.5 ? "log-notional" : "level-quantity",
              size: 0.5 + 0.5 * uniform(),
              stops: guarded,
            };
        return { target, reason: null, figures: {} };
      };
    },
  };
}

const RULES: readonly SizingRule[] = [
  { kind: "notional", amount: { kind: "quote", value: 3_000 } },
  { kind: "hedge-weighted", amount: { kind: "equity-share", value: 0.5 } },
  { kind: "dollar-neutral", amount: { kind: "quote", value: 2_000 } },
  {
    kind: "volatility-target",
    volatilityAnnual: 0.5,
    windowBars: 10,
    barsPerYear: 8_760,
    notionalMax: { kind: "equity-share", value: 1 },
  },
  TEN_UNITS.rule,
];

/**
 * A run of two pairs and, with more instruments, a basket that trade restlessly on random bars, with
 * every cost, lots, stops, gaps and delistings.
 */
export function randomBacktest(seed: number, bars: number): EventBacktest {
  const { uniform } = createRandom(seed, 1);
  const market = randomMarket(seed, bars);
  const all = market.instruments.map((_, i) => i);
  const rule = (): SizingRule => RULES[Math.floor(uniform() * RULES.length)] ?? TEN_UNITS.rule;
  return plainBacktest(
    market,
    [restlessBook(seed, [0, 1], rule()), restlessBook(seed + 1, [1, 0], rule())].concat(
      all.length === 2 ? [] : [restlessBook(seed + 2, all, rule())],
    ),
    {
      costs: all.map((i) => randomCosts(seed + i)),
      rules: {
        initialCash: 10_000,
        margin:
          uniform() < 0.5
            ? { initialRate: 0.2, maintenanceRate: 0.1, liquidationFeeRate: 0.01 }
            : null,
        pairsMax: uniform() < 0.5 ? 1 : null,
        grossExposureMax: uniform() < 0.5 ? 3 : null,
      },
      isClosedAtEnd: uniform() < 0.8,
    },
  );
}
