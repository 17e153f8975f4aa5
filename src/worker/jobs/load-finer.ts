import { intervalLabel } from "#contracts/bar-intervals.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import type { DatabaseClient } from "#db/client.ts";
import { instrumentIntervals, type SeriesRef, seriesOfInstruments } from "#db/instruments.ts";
import { untoldBars } from "#quant/backtest/finer-bars.ts";
import { alignMarketBars, type InstrumentSeries } from "#quant/backtest/market-bars.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import { lowerBound } from "#quant/series/lower-bound.ts";
import type { UsedSeries } from "./manifest.ts";

/** Bars that tell what happened inside others, one series an instrument, in their order. */
export type FinerSeries = {
  readonly intervalMs: number;
  readonly series: readonly InstrumentSeries[];
  readonly used: readonly UsedSeries[];
};

/** The bars that finer ones do not tell the inside of for every instrument: how many, and the first. */
export type Untold = { readonly bars: number; readonly firstMs: number; readonly symbol: string };

/** Those that were found, or why there are none. */
export type FoundFiner =
  | ({ readonly kind: "found"; readonly untold: Untold | null } & FinerSeries)
  | { readonly kind: "none"; readonly reason: string };

/** Which finer bars are wanted: those that tell most of the span, those of one interval, or none, and why. */
export type WantedFiner = "best" | number | { readonly noneFor: string };

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
 * Finds the bars of all instruments that tell the inside of most bars in a span, the shortest of those that tell as
 * many. What an instrument lacks at an interval, no other interval is mixed with.
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
    (one) => one < intervalMs && intervalMs % one === 0 && (wanted === "best" || one === wanted),
  );
  if (candidates.length > 0 && !isEven(series, intervalMs)) {
    return { kind: "none", reason: "the bars do not begin at even distances" };
  }
  const reasons: string[] = [];
  let best: FoundInterval | null = null;
  for (const finerMs of candidates) {
    const found = await readTelling(client, request, { finerMs, read });
    if (typeof found === "string") {
      reasons.push(`${intervalLabel(finerMs)} bars ${found}`);
      continue;
    }
    if (best === null || (found.untold?.bars ?? 0) < (best.untold?.bars ?? 0)) best = found;
    if (best.untold === null) break;
  }
  if (best !== null) return best;
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

type FoundInterval = Extract<FoundFiner, { kind: "found" }>;

/** The bars of one interval, or why they do not do. */
async function readTelling(
  client: DatabaseClient,
  { workspaceId, refs, series, intervalMs, span, barsMax }: FinerRequest,
  { finerMs, read }: { readonly finerMs: number; readonly read: ReadFiner },
): Promise<FoundInterval | string> {
  const ids = refs.map(({ instrumentId }) => instrumentId);
  const stored = await seriesOfInstruments(client, workspaceId, ids, finerMs);
  const finer = refs.flatMap(
    ({ instrumentId }) => stored.find((one) => one.instrumentId === instrumentId) ?? [],
  );
  // The last bar may end after the span.
  const lastMs = series.map(
    ({ openTimeMs }) => openTimeMs[lowerBound(openTimeMs, span.endMs) - 1] ?? span.startMs,
  );
  const window = { ...span, endMs: Math.max(span.endMs, Math.max(...lastMs) + intervalMs) };
  const inWindow = Math.ceil((window.endMs - window.startMs) / finerMs);
  const bars = finer.reduce((sum, { barCount }) => sum + Math.min(barCount, inWindow), 0);
  if (bars > barsMax) return "are more than a run has memory for";
  const found: InstrumentSeries[] = [];
  const used: UsedSeries[] = [];
  const untold = new Map<number, string>();
  const traded = new Set<number>();
  for (const [place, ref] of finer.entries()) {
    const coarse = series[place];
    if (coarse === undefined) throw new Error("Invariant: every instrument has its bars");
    const one = await read(ref, window);
    const own = untoldOf(coarse, one.series, { intervalMs, finerMs, span });
    if (own === null) return `of ${ref.symbol} are not sound`;
    for (const ms of own.untold) untold.set(ms, untold.get(ms) ?? ref.symbol);
    for (const ms of own.traded) traded.add(ms);
    found.push(one.series);
    used.push({ ...one.used, intervalMs: finerMs });
  }
  if (untold.size === traded.size) return "tell the inside of no bar for all instruments at once";
  const [first] = [...untold].sort(([a], [b]) => a - b);
  return {
    ...{ kind: "found", intervalMs: finerMs, series: found, used },
    untold: first === undefined ? null : { bars: untold.size, firstMs: first[0], symbol: first[1] },
  };
}

/** Open times of the bars of an instrument in a span, and of those that are not told; null where bars are unsound. */
function untoldOf(
  coarse: InstrumentSeries,
  finer: InstrumentSeries,
  {
    intervalMs,
    finerMs,
    span,
  }: { readonly intervalMs: number; readonly finerMs: number; readonly span: TimeWindow },
): { readonly traded: readonly number[]; readonly untold: readonly number[] } | null {
  const isInSpan = (ms: number): boolean => ms >= span.startMs && ms < span.endMs;
  const traded = [...coarse.openTimeMs].filter(
    (ms, bar) => isInSpan(ms) && !Number.isNaN(coarse.close[bar]),
  );
  if (finer.openTimeMs.length === 0) return { traded, untold: traded };
  try {
    const parts = { bars: alignMarketBars([finer]), intervalMs, partMs: finerMs };
    const untold = untoldBars(alignMarketBars([coarse]), parts, span.startMs).filter(isInSpan);
    return { traded, untold };
  } catch (error) {
    if (error instanceof InvalidInputError) return null;
    throw error;
  }
}
