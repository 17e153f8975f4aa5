import { AppError } from "#contracts/error-code.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { JobParams } from "#contracts/job.ts";
import type {
  PublishedStudyConfig,
  PublishedStudyResult,
  StudyProof,
} from "#contracts/published-study.ts";
import { type SeriesRef, seriesOfInstruments } from "#db/instruments.ts";
import { publishedStudyTask, savePublishedStudy } from "#db/published-studies.ts";
import { type Closes, closesBetween } from "#db/scan-closes.ts";
import { inSnapshot } from "#db/transaction.ts";
import type { PrefixProof } from "#quant/published/prefix-proof.ts";
import type { PublishedStudy, StudyRun } from "#quant/published/published-study.ts";
import type { JobContext, JobEnding } from "./job-context.ts";
import { manifestOf } from "./manifest.ts";

/** Runs the published strategies in a thread and stores what came of them. */
export async function runPublishedStudy(
  context: JobContext,
  params: Extract<JobParams, { kind: "published-study" }>,
): Promise<JobEnding> {
  const startedAtMs = Date.now();
  const { database, job } = context;
  const config = await publishedStudyTask(database.pool, job.workspaceId, params.studyId);
  if (config === null) throw new AppError("not-found", "The study was deleted");
  context.progress(0.02, "Reading prices");
  const { series, formation, trading } = await inSnapshot(database.pool, async (client) => {
    const found = await seriesOfInstruments(
      client,
      job.workspaceId,
      config.instruments,
      config.intervalMs,
    );
    const ids = found.map(({ seriesId }) => seriesId);
    return {
      // In the order of the question, which the selection among equals goes by.
      series: config.instruments.flatMap(
        (id) => found.find(({ instrumentId }) => instrumentId === id) ?? [],
      ),
      formation: await closesBetween(client, ids, config.formation),
      trading: await closesBetween(client, ids, config.trading),
    };
  });
  const formationTimeMs = unionOfTimes(formation, "formation", config.formation);
  const tradingTimeMs = unionOfTimes(trading, "trading", config.trading);
  const isWhole = ({ seriesId }: SeriesRef) =>
    formation.get(seriesId)?.close.length === formationTimeMs.length &&
    trading.get(seriesId)?.close.length === tradingTimeMs.length;
  const whole = series.filter(isWhole);
  const { traded, refused } = placesOf(config, whole, series);
  if (whole.length < 2) {
    throw new AppError(
      "invalid-input",
      "Fewer than two instruments have every bar of both periods",
      {
        field: "instruments",
      },
    );
  }
  requireRoom(config, tradingTimeMs.length);
  context.progress(0.1, "Trading the pairs");
  const closesIn = (period: ReadonlyMap<number, Closes>, { seriesId }: SeriesRef) =>
    period.get(seriesId)?.close ?? new Float64Array();
  const study = await context.compute.run(
    "published-study",
    {
      closes: {
        formationTimeMs,
        tradingTimeMs,
        instruments: whole.map((one) => ({
          formation: closesIn(formation, one),
          trading: closesIn(trading, one),
        })),
      },
      pairs: traded,
      traditionalPairs: config.traditionalPairs,
    },
    {
      signal: context.signal,
      onProgress: (fraction) => context.progress(0.1 + 0.85 * fraction, "Trading the pairs"),
    },
  );
  const used = [
    ...whole.map((one) => usedOf(one, formation, config.formation)),
    ...whole.map((one) => usedOf(one, trading, config.trading)),
  ];
  const measured = resultOf(study, whole, tradingTimeMs);
  const result: PublishedStudyResult = {
    ...measured,
    refusals: [...refused, ...measured.refusals],
    leftOut: series.filter((one) => !isWhole(one)).map(({ symbol }) => symbol),
    formationBars: formationTimeMs.length,
    manifest: manifestOf(config, used, { codeHash: context.codeHash, atMs: Date.now() }),
    durationMs: Date.now() - startedAtMs,
  };
  return {
    kind: "succeeded",
    result: { pairs: result.rlrt.length + result.traditional.length },
    write: (client) => savePublishedStudy(client, params.studyId, result),
  };
}

/** The budgets of six runs a pair are one row of the database and one answer. */
const GROWTH_VALUES_MAX = 2_000_000;
const RUNS_PER_PAIR = 6;

function requireRoom({ pairs, traditionalPairs }: PublishedStudyConfig, tradingBars: number): void {
  if ((RUNS_PER_PAIR * pairs.length + traditionalPairs) * tradingBars <= GROWTH_VALUES_MAX) return;
  throw new AppError(
    "too-large",
    `${pairs.length + traditionalPairs} pairs over ${tradingBars} trading bars are too much for one study: choose fewer, or a longer interval`,
    { field: "pairs" },
  );
}

function unionOfTimes(
  period: ReadonlyMap<number, Closes>,
  field: "formation" | "trading",
  window: TimeWindow,
): Float64Array {
  const times = new Set<number>();
  for (const { openTimeMs } of period.values()) for (const time of openTimeMs) times.add(time);
  if (times.size === 0) {
    const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
    throw new AppError(
      "invalid-input",
      `No instrument has a bar from ${day(window.startMs)} to ${day(window.endMs)}`,
      { field },
    );
  }
  return Float64Array.from(times).sort();
}

/** The pairs whose legs have every bar, and the others with the reason why they are not traded. */
function placesOf(
  { pairs }: PublishedStudyConfig,
  whole: readonly SeriesRef[],
  series: readonly SeriesRef[],
): { traded: { y: number; x: number }[]; refused: PublishedStudyResult["refusals"] } {
  const placeOf = (id: number) => whole.findIndex(({ instrumentId }) => instrumentId === id);
  const symbolOf = (id: number) =>
    series.find(({ instrumentId }) => instrumentId === id)?.symbol ?? "a deleted instrument";
  const traded: { y: number; x: number }[] = [];
  const refused: PublishedStudyResult["refusals"] = [];
  for (const [y, x] of pairs) {
    const gap = [y, x].find((id) => placeOf(id) === -1);
    if (gap === undefined) traded.push({ y: placeOf(y), x: placeOf(x) });
    else {
      const isGone = series.every(({ instrumentId }) => instrumentId !== gap);
      const reason = isGone
        ? "an instrument was deleted, or has no bars of this interval any more"
        : `${symbolOf(gap)} has a gap in one of the periods`;
      refused.push({ pair: `${symbolOf(y)} / ${symbolOf(x)}`, strategy: "rlrt", reason });
    }
  }
  return { traded, refused };
}

function usedOf(series: SeriesRef, period: ReadonlyMap<number, Closes>, window: TimeWindow) {
  return { series, window, bars: period.get(series.seriesId)?.close.length ?? 0 };
}

function resultOf(
  { rlrt, traditional, refusals }: PublishedStudy,
  whole: readonly SeriesRef[],
  tradingTimeMs: Float64Array,
): Pick<
  PublishedStudyResult,
  "instruments" | "tradingTimeMs" | "rlrt" | "traditional" | "refusals"
> {
  const timeOf = (bar: number) => tradingTimeMs[bar] ?? 0;
  const proofOf = ({ isPassed, cutBars, differences }: PrefixProof): StudyProof => {
    const [first] = differences;
    return {
      isPassed,
      cuts: cutBars.length,
      failedCuts: differences.length,
      first:
        first === undefined
          ? null
          : {
              cutMs: timeOf(first.cutBar),
              barMs: timeOf(first.bar),
              whole: first.whole,
              prefix: first.prefix,
            },
    };
  };
  const runOf = ({ figures, growth }: StudyRun) => ({ figures, growth: [...growth] });
  const symbolOf = (place: number) => whole[place]?.symbol ?? "";
  return {
    instruments: whole.map(({ instrumentId, symbol, venue }) => ({ instrumentId, symbol, venue })),
    tradingTimeMs: [...tradingTimeMs],
    rlrt: rlrt.map(({ runs, proofs, ...one }) => ({
      ...one,
      runs: {
        published: runOf(runs.published),
        "published-costs": runOf(runs["published-costs"]),
        "frozen-line": runOf(runs["frozen-line"]),
        delayed: runOf(runs.delayed),
        hedged: runOf(runs.hedged),
        "hedged-costs": runOf(runs["hedged-costs"]),
      },
      proofs: { published: proofOf(proofs.published), hedged: proofOf(proofs.hedged) },
    })),
    traditional: traditional.map(({ run, proof, ...one }) => ({
      ...one,
      run: runOf(run),
      proof: proofOf(proof),
    })),
    refusals: refusals.map(({ x, y, strategy, reason }) => ({
      pair: `${symbolOf(y)} / ${symbolOf(x)}`,
      strategy,
      reason,
    })),
  };
}
