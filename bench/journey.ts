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
): Promise<{ figure: Figure; backtestId: string }> {
  const [legY, legX] = universe.instruments;
  if (legY === undefined || legX === undefined) throw new Error("the universe has no pair");
  const start = legY.firstOpenTimeMs ?? 0;
  const end = (legY.lastOpenTimeMs ?? 0) + HOUR_MS;
  const formationEnd = start + 90 * 24 * HOUR_MS;
  const { versionId } = await client.trpc.strategies.create.mutate({
    name: "Benchmark",
    config: {
      kind: "z-score-reversion",
      parameters: { ...defaultConfig(zScoreStrategy), zScoreWindowBars: 120, stopZScore: 4 },
      books: [[legY.id, legX.id]],
      intervalMs: HOUR_MS,
      formation: { startMs: start, endMs: formationEnd },
      trading: { startMs: formationEnd, endMs: end },
      ...STRATEGY_DEFAULTS,
      costs: { ...STRATEGY_DEFAULTS.costs, dividends: [] },
    },
  });
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
  return {
    figure: atMost("backtest of a pair over 17,490 bars, as a job", median(seconds), 1, "s"),
    backtestId,
  };
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
    figures: [uploaded, scanned.figure, tested.figure],
  };
}
