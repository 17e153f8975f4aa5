import { expect, test } from "vitest";
import { zScoreStrategy } from "../strategies/z-score-strategy.ts";
import { createRandom } from "../synthetic/random.ts";
import { type Book, strategyBook } from "./backtest-book.ts";
import { runEventEngine } from "./event-engine.ts";
import { NO_COSTS } from "./instrument-costs.ts";
import { eventPipeline, lookAheadProof } from "./look-ahead-proof.ts";
import { alignMarketBars, firstMarketBars, type MarketBars } from "./market-bars.ts";
import { openClose, plainBacktest, TEN_UNITS } from "./scripted-book.test-support.ts";

function returningPair(bars: number) {
  const { gaussian } = createRandom(9);
  let deviation = 0;
  let logX = 4;
  const legY: (readonly [number, number])[] = [];
  const legX: (readonly [number, number])[] = [];
  for (let t = 0; t < bars; t++) {
    const open = [Math.exp(logX + deviation), Math.exp(logX)] as const;
    logX += 0.01 * gaussian();
    deviation = 0.9 * deviation + 0.01 * gaussian();
    legY.push([open[0], Math.exp(logX + deviation)]);
    legX.push([open[1], Math.exp(logX)]);
  }
  return alignMarketBars([openClose(legY), openClose(legX)]);
}

const FORMATION_BARS = 300;
const MARKET = returningPair(1_000);
const CONFIG = {
  prices: "log",
  hedgeMethod: "formation",
  hedgeWindowBars: 100,
  kalmanDelta: 1e-4,
  kalmanObservationVariance: 1e-3,
  zScoreMethod: "window",
  zScoreWindowBars: 30,
  entryZScore: 1.5,
  exitZScore: 0,
  stopZScore: 4,
  holdingMaxBars: null,
} as const;

/** Fitted on the first bars of what is given. */
function zScoreBook(bars: MarketBars, formationBars: number): Book {
  const outcome = zScoreStrategy.fit(CONFIG, firstMarketBars(bars, formationBars));
  if (outcome.kind === "refused") throw new Error(outcome.message);
  return strategyBook(zScoreStrategy, {
    config: CONFIG,
    fit: outcome.fit,
    instruments: [0, 1],
    sizing: TEN_UNITS,
    isRecordingFigures: true,
  });
}

const SETTINGS = {
  finer: null,
  costs: MARKET.instruments.map(() => NO_COSTS),
  rules: { initialCash: 10_000, margin: null, pairsMax: null, grossExposureMax: null },
  tradingStartBar: FORMATION_BARS,
};

test("a strategy trades, and its figures are there for every bar", () => {
  const book = zScoreBook(MARKET, FORMATION_BARS);
  const run = runEventEngine(plainBacktest(MARKET, [book], SETTINGS));
  expect(run?.trades.length).toBeGreaterThan(10);
  const zScore = run?.figures[0]?.["zScore"];
  expect(zScore?.length).toBe(1_000);
  for (const { entrySignalBar, side } of run?.trades ?? []) {
    expect(Math.abs(Number(zScore?.[entrySignalBar]))).toBeGreaterThanOrEqual(1.5);
    expect(side).toBe(Number(zScore?.[entrySignalBar]) > 0 ? "short" : "long");
  }
});

test("fitted on the bars before trading nothing looks ahead; fitted on all of them it does", () => {
  const options = { seed: 2, barsMin: FORMATION_BARS + 2, noShiftReason: null };
  const honest = eventPipeline(SETTINGS, (bars) => [zScoreBook(bars, FORMATION_BARS)]);
  expect(lookAheadProof(honest, MARKET, options).isPassed).toBe(true);
  const leaking = eventPipeline(SETTINGS, (bars) => [zScoreBook(bars, bars.openTimeMs.length)]);
  const proof = lookAheadProof(leaking, MARKET, options);
  expect(proof.isPassed).toBe(false);
  expect(proof.differences.length).toBe(proof.cutBars.length);
});

test("a strategy sees the columns that it reads, and no others", () => {
  const seen: number[][] = [];
  const watching = (reads?: Book["reads"]): Book => ({
    instruments: [1, 0],
    sizing: TEN_UNITS,
    figureNames: [],
    ...(reads === undefined ? {} : { reads }),
    start:
      () =>
      ({ bar, open, close }) => {
        if (bar === 5) seen.push([...open, ...close]);
        return { target: { kind: "hold" }, reason: null, figures: {} };
      },
  });
  runEventEngine(plainBacktest(MARKET, [watching(["close"]), watching()], SETTINGS));
  const at = (column: "open" | "close") => [1, 0].map((i) => MARKET.instruments[i]?.[column][5]);
  expect(seen).toEqual([
    [Number.NaN, Number.NaN, ...at("close")],
    [...at("open"), ...at("close")],
  ]);
});
