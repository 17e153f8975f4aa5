import { STRATEGY_DEFAULTS } from "#contracts/strategy-defaults.ts";
import { defaultConfig } from "#quant/strategies/parameter-values.ts";
import { zScoreStrategy } from "#quant/strategies/z-score-strategy.ts";
import { type createApiClient, signUpFresh } from "../scripts/api-client.ts";
import { atMost, type Figure, timed } from "./figure.ts";
import { priceFiles } from "./price-files.ts";

type Client = ReturnType<typeof createApiClient>;

const HOUR_MS = 3_600_000;
const REPEATS = 5;

/** What the figures of upload, scan and backtest leave behind for those of the pages. */
export type Journey = {
  readonly client: Client;
  readonly scanId: string;
  readonly backtestId: string;
  /** One with hundreds of trades. */
  readonly busyBacktestId: string;
  readonly figures: readonly Figure[];
};

/** From the first byte sent to all bars committed, as a browser does it: uploads one after another, one import. */
async function upload(client: Client): Promise<Figure> {
  const files = priceFiles();
  const { seconds } = await timed(async () => {
    const uploads = [];
    for (const file of files) uploads.push(await client.upload(file.name, file.bytes));
    for (const { jobId } of uploads) await client.finished(jobId);
    const ids = uploads.map(({ uploadId }) => uploadId);
    const { jobId } = await client.trpc.uploads.import.mutate({ ids, badRows: "refuse" });
    await client.finished(jobId);
  });
  return atMost("upload of 24 files of 17,490 bars, to committed", seconds, 30, "s");
}

/** The median of a few runs: the first one also warms the worker's threads. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function scan(client: Client): Promise<{
  figure: Figure;
  scanId: string;
  universe: Awaited<ReturnType<Client["trpc"]["universes"]["get"]["query"]>>;
}> {
  const coverage = await client.trpc.instruments.list.query({ venue: "upload" });
  const { id } = await client.trpc.universes.create.mutate({
    name: "Benchmark",
    intervalMs: HOUR_MS,
    instrumentIds: coverage.map(({ instrumentId }) => instrumentId),
  });
  const seconds: number[] = [];
  let scanId = "";
  for (let i = 0; i < REPEATS; i++) {
    const run = await timed(async () => {
      const started = await client.trpc.scans.start.mutate({
        universeId: id,
        formation: { startMs: Date.UTC(2023, 0, 1), endMs: Date.UTC(2023, 6, 1) },
        lags: { kind: "aic" },
        direction: "smaller-of-both-doubled",
        significance: 0.05,
      });
      await client.finished(started.jobId);
      return started.scanId;
    });
    seconds.push(run.seconds);
    scanId = run.result;
  }
  const universe = await client.trpc.universes.get.query({ id });
  return {
    figure: atMost(
      "scan of 24 symbols (276 pairs, AIC, both directions), as a job",
      median(seconds),
      5,
      "s",
    ),
    scanId,
    universe,
  };
}

async function backtest(
  client: Client,
  universe: Awaited<ReturnType<typeof scan>>["universe"],
): Promise<{ figures: readonly Figure[]; backtestId: string; busyBacktestId: string }> {
  const [legY, legX] = universe.instruments;
  if (legY === undefined || legX === undefined) throw new Error("the universe has no pair");
  const start = legY.firstOpenTimeMs ?? 0;
  const end = (legY.lastOpenTimeMs ?? 0) + HOUR_MS;
  const formationEnd = start + 90 * 24 * HOUR_MS;
  const create = (name: string, parameters: Readonly<Record<string, number>>) =>
    client.trpc.strategies.create.mutate({
      name,
      config: {
        kind: "z-score-reversion",
        parameters: { ...defaultConfig(zScoreStrategy), stopZScore: 4, ...parameters },
        books: [[legY.id, legX.id]],
        intervalMs: HOUR_MS,
        formation: { startMs: start, endMs: formationEnd },
        trading: { startMs: formationEnd, endMs: end },
        ...STRATEGY_DEFAULTS,
        costs: { ...STRATEGY_DEFAULTS.costs, dividends: [] },
      },
    });
  const { versionId } = await create("Benchmark", { zScoreWindowBars: 120 });
  const busy = await create("Busy", BUSY);
  const seconds: number[] = [];
  let backtestId = "";
  for (let i = 0; i < REPEATS; i++) {
    const run = await timed(async () => {
      const started = await client.trpc.backtests.start.mutate({ strategyVersionId: versionId });
      await client.finished(started.jobId);
      return started.backtestId;
    });
    seconds.push(run.seconds);
    backtestId = run.result;
  }
  const started = await client.trpc.backtests.start.mutate({ strategyVersionId: busy.versionId });
  await client.finished(started.jobId);
  return {
    figures: [
      atMost("backtest of a pair over 17,490 bars, proved, as a job", median(seconds), 1, "s"),
      await optimisation(client, versionId),
      await walkForward(client, versionId, universe),
    ],
    backtestId,
    busyBacktestId: started.backtestId,
  };
}

/** Trades at every small excursion: hundreds of times in 17,490 bars. */
const BUSY = { zScoreWindowBars: 20, entryZScore: 1.25, exitZScore: 0 };

/** 24 windows of the z-score, 21 entries, 20 exits: 10,080 sets of parameters. */
const SWEEP = {
  zScoreWindowBars: { kind: "range", from: 20, to: 480, step: 20 },
  entryZScore: { kind: "range", from: 1, to: 3, step: 0.1 },
  exitZScore: { kind: "range", from: 0, to: 0.95, step: 0.05 },
} as const;

async function optimisation(client: Client, strategyVersionId: string): Promise<Figure> {
  const seconds: number[] = [];
  // A search that is no other's: each asks for one trade more.
  for (let tradesMin = 0; tradesMin < SEARCHES; tradesMin++) {
    const run = await timed(async () => {
      const started = await client.trpc.optimisations.start.mutate({
        strategyVersionId,
        config: { space: SWEEP, method: { kind: "grid" }, objective: "sharpeRatio", tradesMin },
      });
      await client.finished(started.jobId);
    });
    seconds.push(run.seconds);
  }
  const name = "10,080 parameter sets × 17,490 bars, all trials stored, as a job";
  return atMost(name, median(seconds), 8, "s");
}

const SEARCHES = 3;
const MONTH_BARS = 730;

async function walkForward(
  client: Client,
  strategyVersionId: string,
  { instruments }: Awaited<ReturnType<typeof scan>>["universe"],
): Promise<Figure> {
  const { seconds } = await timed(async () => {
    const started = await client.trpc.backtests.start.mutate({
      strategyVersionId,
      plan: {
        kind: "walk-forward",
        walkForward: {
          formationBars: 3 * MONTH_BARS,
          tradingBars: MONTH_BARS,
          window: "rolling",
          purgeBars: 0,
          embargoBars: 0,
          selection: {
            kind: "scan",
            instruments: instruments.map(({ id }) => id),
            falseDiscoveryRate: 0.05,
            halfLifeMaxBars: null,
            pairsMax: 5,
          },
          optimise: null,
        },
      },
    });
    await client.finished(started.jobId);
  });
  const name = "walk-forward of 24 symbols over 17,490 hours, a scan each month, proved, as a job";
  return atMost(name, seconds, 20, "s");
}

/** The way from files to a report, timed at each station. */
export async function journey(baseUrl: string): Promise<Journey> {
  const client = await signUpFresh(baseUrl);
  const uploaded = await upload(client);
  const scanned = await scan(client);
  const tested = await backtest(client, scanned.universe);
  return {
    client,
    scanId: scanned.scanId,
    backtestId: tested.backtestId,
    busyBacktestId: tested.busyBacktestId,
    figures: [uploaded, scanned.figure, ...tested.figures],
  };
}
