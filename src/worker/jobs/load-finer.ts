import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { DatabaseClient } from "#db/client.ts";
import { instrumentIntervals, type SeriesRef, seriesOfInstruments } from "#db/instruments.ts";
import { firstUncoveredMs } from "#quant/backtest/finer-bars.ts";
import { alignMarketBars, type InstrumentSeries } from "#quant/backtest/market-bars.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import type { UsedSeries } from "./manifest.ts";

/** Bars that tell what happened inside others, one series an instrument, in their order. */
export type FinerSeries = {
  readonly intervalMs: number;
  readonly series: readonly InstrumentSeries[];
  readonly used: readonly UsedSeries[];
};

/** Those that were found, or why there are none. */
export type FoundFiner =
  | ({ readonly kind: "found" } & FinerSeries)
  | { readonly kind: "none"; readonly reason: string };

/** Which finer bars are wanted: the shortest that cover the span, those of one interval, or none, and why. */
export type WantedFiner = "shortest" | number | { readonly noneFor: string };

/** What finer bars are looked for. */
export type FinerRequest = {
  readonly workspaceId: string;
  /** Bars of the strategy and where they come from, one an instrument. */
  readonly refs: readonly SeriesRef[];
  readonly series: readonly InstrumentSeries[];
  readonly intervalMs: number;
  /** What is traded: the inside of no other bar matters. */
  readonly span: TimeWindow;
  readonly wanted: WantedFiner;
  /** What memory has room for. */
  readonly barsMax: number;
};

/** How a series is read: bars within a window, in memory that threads share. */
export type ReadFiner = (
  ref: SeriesRef,
  window: TimeWindow,
) => Promise<{ readonly series: InstrumentSeries; readonly used: UsedSeries }>;

/**
 * Finds the shortest bars of all instruments that cover a span: each bar of the strategy is full of them, and they go
 * exactly as high and as low as it does. What an instrument lacks at an interval, no other interval is mixed with.
 *
 * @param client of a snapshot
 * @param request what is traded
 * @param read reads a series
 */
export async function findFiner(
  client: DatabaseClient,
  request: FinerRequest,
  read: ReadFiner,
): Promise<FoundFiner> {
  const { workspaceId, refs, series, wanted, intervalMs } = request;
  if (typeof wanted === "object") return { kind: "none", reason: wanted.noneFor };
  const shared = await sharedIntervals(client, workspaceId, refs);
  const candidates = shared.filter(
    (one) =>
      one < intervalMs && intervalMs % one === 0 && (wanted === "shortest" || one === wanted),
  );
  if (candidates.length > 0 && !isEven(series, intervalMs)) {
    return { kind: "none", reason: "the bars do not begin at even distances" };
  }
  const reasons: string[] = [];
  for (const finerMs of candidates) {
    const outcome = await readCovering(client, request, { finerMs, read });
    if (typeof outcome !== "string") return outcome;
    reasons.push(`${intervalLabel(finerMs)} bars ${outcome}`);
  }
  const reason =
    reasons.length === 0
      ? "there are no shorter bars of all of its instruments"
      : reasons.join("; ");
  return { kind: "none", reason };
}

/** Whether all bars begin a whole number of intervals apart: then no bar reaches into the next, of whatever leg. */
function isEven(series: readonly InstrumentSeries[], intervalMs: number): boolean {
  const phase = (series[0]?.openTimeMs[0] ?? 0) % intervalMs;
  return series.every(({ openTimeMs }) => openTimeMs.every((ms) => ms % intervalMs === phase));
}

function isSound(series: InstrumentSeries): boolean {
  try {
    alignMarketBars([series]);
    return true;
  } catch (error) {
    if (error instanceof InvalidInputError) return false;
    throw error;
  }
}

async function sharedIntervals(
  client: DatabaseClient,
  workspaceId: string,
  refs: readonly SeriesRef[],
): Promise<readonly number[]> {
  let shared: readonly number[] | null = null;
  for (const { instrumentId } of refs) {
    const own = await instrumentIntervals(client, workspaceId, instrumentId);
    shared = shared === null ? own : shared.filter((one) => own.includes(one));
    if (shared.length === 0) break;
  }
  return shared ?? [];
}

/** The bars of one interval, or why they do not do. */
async function readCovering(
  client: DatabaseClient,
  { workspaceId, refs, series, intervalMs, span, barsMax }: FinerRequest,
  { finerMs, read }: { readonly finerMs: number; readonly read: ReadFiner },
): Promise<Extract<FoundFiner, { kind: "found" }> | string> {
  const ids = refs.map(({ instrumentId }) => instrumentId);
  const stored = await seriesOfInstruments(client, workspaceId, ids, finerMs);
  const finer = refs.flatMap(
    ({ instrumentId }) => stored.find((one) => one.instrumentId === instrumentId) ?? [],
  );
  const inSpan = Math.ceil((span.endMs - span.startMs) / finerMs);
  const bars = finer.reduce((sum, { barCount }) => sum + Math.min(barCount, inSpan), 0);
  if (bars > barsMax) return "are more than a run has memory for";
  const found: InstrumentSeries[] = [];
  const used: UsedSeries[] = [];
  for (const [place, ref] of finer.entries()) {
    const coarse = series[place];
    if (coarse === undefined) throw new Error("Invariant: every instrument has its bars");
    const one = await read(ref, span);
    const uncoveredMs = firstUncoveredMs(coarse, one.series, {
      ...{ intervalMs, finerMs },
      startMs: span.startMs,
    });
    if (!isSound(one.series)) return `of ${ref.symbol} are not sound`;
    if (uncoveredMs !== null) {
      const at = new Date(uncoveredMs).toISOString().slice(0, 16).replace("T", " ");
      return `of ${ref.symbol} do not cover the bar of ${at} UTC`;
    }
    found.push(one.series);
    used.push({ ...one.used, intervalMs: finerMs });
  }
  return { kind: "found", intervalMs: finerMs, series: found, used };
}
