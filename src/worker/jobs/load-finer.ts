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

/** The bars of at least one instrument that finer ones do not tell the inside of: how many, and the first. */
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

/** Shorter ones are dropped after a while: whoever verifies a report later would not find them. */
const FINER_MS_MIN = 60_000;

/**
 * Finds the bars that tell the inside of most bars of the instruments in a span, the shortest of those that tell as
 * many. They are of one interval: what an instrument lacks there is not told.
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
  const candidates = (await storedIntervals(client, workspaceId, refs)).filter(
    (one) =>
      one < intervalMs &&
      intervalMs % one === 0 &&
      (wanted === "best" ? one >= FINER_MS_MIN : one === wanted),
  );
  if (candidates.length > 0 && !isEven(series, request)) {
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
    if (best === null || found.untoldParts < best.untoldParts) best = found;
    if (best.untoldParts === 0) break;
  }
  if (best !== null) return best;
  const reason =
    reasons.length === 0 ? "there are no shorter bars of its instruments" : reasons.join("; ");
  return { kind: "none", reason };
}

/** Whether all bars of a span begin whole intervals apart: then no bar reaches into the next, of whatever leg. */
function isEven(
  series: readonly InstrumentSeries[],
  { span, intervalMs }: Pick<FinerRequest, "span" | "intervalMs">,
): boolean {
  const phases = new Set<number>();
  for (const { openTimeMs } of series) {
    const [from, to] = [lowerBound(openTimeMs, span.startMs), lowerBound(openTimeMs, span.endMs)];
    for (const ms of openTimeMs.subarray(from, to)) phases.add(ms % intervalMs);
  }
  return phases.size <= 1;
}

/** Intervals at which any of the instruments has bars, ascending. */
async function storedIntervals(
  client: DatabaseClient,
  workspaceId: string,
  refs: readonly SeriesRef[],
): Promise<readonly number[]> {
  const stored = new Set<number>();
  for (const { instrumentId } of refs) {
    const own = await instrumentIntervals(client, workspaceId, instrumentId);
    for (const one of own) stored.add(one);
  }
  return [...stored].sort((a, b) => a - b);
}

type FoundInterval = Extract<FoundFiner, { kind: "found" }> & {
  /** Bars that are not told, each counted once an instrument that has it. */
  readonly untoldParts: number;
};

/** The bars of one interval, or why they do not do. */
async function readTelling(
  client: DatabaseClient,
  { workspaceId, refs, series, intervalMs, span, barsMax }: FinerRequest,
  { finerMs, read }: { readonly finerMs: number; readonly read: ReadFiner },
): Promise<FoundInterval | string> {
  const ids = refs.map(({ instrumentId }) => instrumentId);
  const stored = await seriesOfInstruments(client, workspaceId, ids, finerMs);
  // The last bar may end after the span.
  const lastMs = series.map(
    ({ openTimeMs }) => openTimeMs[lowerBound(openTimeMs, span.endMs) - 1] ?? span.startMs,
  );
  const window = { ...span, endMs: Math.max(span.endMs, Math.max(...lastMs) + intervalMs) };
  const inWindow = Math.ceil((window.endMs - window.startMs) / finerMs);
  const bars = stored.reduce((sum, { barCount }) => sum + Math.min(barCount, inWindow), 0);
  if (bars > barsMax) return "are more than a run has memory for";
  const found: InstrumentSeries[] = [];
  const used: UsedSeries[] = [];
  const untold = new Map<number, string>();
  let [untoldParts, parts] = [0, 0];
  for (const [place, { instrumentId, symbol }] of refs.entries()) {
    const coarse = series[place];
    if (coarse === undefined) throw new Error("Invariant: every instrument has its bars");
    const ref = stored.find((one) => one.instrumentId === instrumentId);
    const one = ref === undefined ? null : await read(ref, window);
    const own = untoldOf(coarse, one?.series ?? NO_BARS, { intervalMs, finerMs, span });
    if (own === null) return `of ${symbol} are not sound`;
    for (const ms of own.untold) untold.set(ms, untold.get(ms) ?? symbol);
    untoldParts += own.untold.length;
    parts += own.bars;
    found.push(one?.series ?? NO_BARS);
    if (one !== null) used.push({ ...one.used, intervalMs: finerMs });
  }
  if (untoldParts === parts) return "tell the inside of no bar";
  const [first] = [...untold].sort(([a], [b]) => a - b);
  return {
    ...{ kind: "found", intervalMs: finerMs, series: found, used, untoldParts },
    untold: first === undefined ? null : { bars: untold.size, firstMs: first[0], symbol: first[1] },
  };
}

const NONE = new Float64Array();

/** Of an instrument that has none at an interval. */
const NO_BARS: InstrumentSeries = {
  ...{ openTimeMs: NONE, open: NONE, high: NONE, low: NONE, close: NONE, volume: NONE },
};

/** How many bars an instrument has in a span, and the open times of those that are not told; null: bars are unsound. */
function untoldOf(
  coarse: InstrumentSeries,
  finer: InstrumentSeries,
  {
    intervalMs,
    finerMs,
    span,
  }: { readonly intervalMs: number; readonly finerMs: number; readonly span: TimeWindow },
): { readonly bars: number; readonly untold: readonly number[] } | null {
  const isInSpan = (ms: number): boolean => ms >= span.startMs && ms < span.endMs;
  const traded = [...coarse.openTimeMs].filter(
    (ms, bar) => isInSpan(ms) && !Number.isNaN(coarse.close[bar]),
  );
  if (finer.openTimeMs.length === 0) return { bars: traded.length, untold: traded };
  try {
    const parts = { bars: alignMarketBars([finer]), intervalMs, partMs: finerMs };
    const untold = untoldBars(alignMarketBars([coarse]), parts, span.startMs).filter(isInSpan);
    return { bars: traded.length, untold };
  } catch (error) {
    if (error instanceof InvalidInputError) return null;
    throw error;
  }
}
