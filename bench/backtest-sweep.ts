import { NO_COSTS } from "#quant/backtest/instrument-costs.ts";
import { alignMarketBars } from "#quant/backtest/market-bars.ts";
import {
  createPairSweep,
  type PairSweep,
  type PairSweepInput,
} from "#quant/backtest/pair-sweep.ts";
import { runPairSweep, sweepTally } from "#quant/backtest/run-pair-sweep.ts";
import { bestTrials } from "#quant/optimisation/best-trials.ts";
import { createGridSampler } from "#quant/optimisation/grid-sampler.ts";
import { overfittingPanel } from "#quant/optimisation/overfitting-panel.ts";
import { type ParameterSpace, readParameterSpace } from "#quant/optimisation/parameter-space.ts";
import {
  type TrialColumns,
  trialColumns,
  writeTrialPoint,
} from "#quant/optimisation/trial-columns.ts";
import { writeTrialFigures } from "#quant/optimisation/trial-tally.ts";
import { defaultConfig, readConfig } from "#quant/strategies/parameter-values.ts";
import { zScoreStrategy } from "#quant/strategies/z-score-strategy.ts";
import { createRandom } from "#quant/synthetic/random.ts";
import { rankedBy } from "#worker/compute/run-trials.ts";
import { atLeast, type Figure, observed } from "./figure.ts";
import { bestAndMedian, timing } from "./stopwatch.ts";

const HOUR_MS = 3_600_000;
const PERIODS_PER_YEAR = 8_760;
/** Two years of hours. */
const SWEEP_BARS = 17_490;
const FORMATION_BARS = 2_160;
/** 25 windows × 20 entries × 20 exits. */
const VARIED = {
  zScoreWindowBars: { from: 20, to: 260, step: 10 },
  entryZScore: { from: 1.05, to: 2.95, step: 0.1 },
  exitZScore: { from: 0, to: 0.95, step: 0.05 },
};

/** From prices to figures of one configuration after another, on one core. */
export function backtestSweep(): readonly Figure[] {
  const input = returningPair();
  const sweep = createPairSweep(input);
  const tally = sweepTally(sweep, 0);
  const config = defaultConfig(zScoreStrategy);
  const known = timing(() => runPairSweep(sweep, config, tally), 400);
  // Nothing is known of the pair, as for a single configuration.
  const fresh = timing(() => runPairSweep(createPairSweep(input), config, tally), 100);
  const grids = [1, 2, 3].map(() => secondsOfGrid(input));
  const { best, median } = bestAndMedian(grids.map(({ seconds }) => seconds));
  const trials = grids[0]?.columns.layout.capacity ?? 0;
  const perSecond = (seconds: number, runs = 1): number => (runs * SWEEP_BARS) / seconds / 1e6;
  const name = "sweep, z-score pair, one core";
  return [
    atLeast(name, perSecond(best, trials), 50, "M bars/s"),
    observed(`${name}, median`, perSecond(median, trials), "M bars/s"),
    observed(`${name}, default configuration again`, perSecond(known.best), "M bars/s"),
    observed(`${name}, a single configuration`, perSecond(fresh.best), "M bars/s"),
    observed(`${trials.toLocaleString("en-US")} parameter sets × 17,490 bars, one core`, best, "s"),
    observed("the same, median", median, "s"),
    observed("over-fitting panel of 10,000 trials", secondsOfPanel(grids[0]?.columns), "s"),
  ];
}

/** All points of the grid, each with its row of figures. */
function secondsOfGrid(input: PairSweepInput): {
  readonly seconds: number;
  readonly columns: TrialColumns;
} {
  const startedAt = performance.now();
  const columns = runGrid(spaceOf(), createPairSweep(input));
  return { seconds: (performance.now() - startedAt) / 1000, columns };
}

function secondsOfPanel(columns: TrialColumns | undefined): number {
  if (columns === undefined) return Number.NaN;
  const startedAt = performance.now();
  const trials = columns.layout.capacity;
  const ranks = rankedBy(columns, trials, { objective: "sharpeRatio", tradesMin: 0 });
  const [chosen = 0] = bestTrials(ranks, 1);
  overfittingPanel({
    columns,
    trials,
    chosen,
    periodsPerYear: PERIODS_PER_YEAR,
    earlierTrials: 0,
  });
  return (performance.now() - startedAt) / 1000;
}

function runGrid(space: ParameterSpace, sweep: PairSweep): TrialColumns {
  const points = createGridSampler(space).ask(space.size);
  const parameters = space.axes.map(({ name }) => name);
  const columns = trialColumns({ parameters, capacity: points.length, bars: SWEEP_BARS });
  const tally = sweepTally(sweep, 0);
  points.forEach((point, row) => {
    const values = writeTrialPoint(columns, row, { space, point });
    const reading = readConfig(zScoreStrategy, values);
    if (reading.kind === "refused") throw new Error("the grid has valid points only");
    runPairSweep(sweep, reading.config, tally);
    writeTrialFigures(columns, row, tally, PERIODS_PER_YEAR);
  });
  return columns;
}

function spaceOf(): ParameterSpace {
  const request = { base: defaultConfig(zScoreStrategy), varied: VARIED, pointsMax: 10_000 };
  const reading = readParameterSpace(zScoreStrategy, request);
  if (reading.kind !== "space") throw new Error(`no space: ${reading.kind}`);
  return reading.space;
}

/** A pair whose spread returns within a day or so. */
function returningPair(): PairSweepInput {
  const { gaussian } = createRandom(3);
  const bars = FORMATION_BARS + SWEEP_BARS;
  const closeY = new Float64Array(bars);
  const closeX = new Float64Array(bars);
  let logX = 4;
  let deviation = 0;
  for (let bar = 0; bar < bars; bar++) {
    logX += 0.005 * gaussian();
    deviation = 0.95 * deviation + 0.005 * gaussian();
    closeX[bar] = Math.exp(logX);
    closeY[bar] = Math.exp(logX + deviation);
  }
  const series = (closes: Float64Array, from: number, to: number) => ({
    openTimeMs: Float64Array.from({ length: to - from }, (_, i) => (from + i) * HOUR_MS),
    // Each bar opens where the one before closed.
    open: closes.map((close, bar) => closes[bar - 1] ?? close).subarray(from, to),
    high: null,
    low: null,
    close: closes.subarray(from, to),
    volume: null,
  });
  const market = (from: number, to: number) =>
    alignMarketBars([series(closeY, from, to), series(closeX, from, to)]);
  const costs = {
    ...NO_COSTS,
    fees: { makerRate: 0.0002, takerRate: 0.0005 },
    slippage: { kind: "bps", slippageBps: 2 },
  } as const;
  return {
    bars: market(FORMATION_BARS, bars),
    formation: market(0, FORMATION_BARS),
    costs: [costs, costs],
    sizing: {
      rule: { kind: "notional", amount: { kind: "quote", value: 5_000 } },
      pricedAt: "fill",
    },
    rules: { initialCash: 10_000, margin: null, pairsMax: null, grossExposureMax: null },
    tradingStartBar: 0,
  };
}
