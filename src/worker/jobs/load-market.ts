import { AppError } from "#contracts/error-code.ts";
import type { Calendar, TimeWindow } from "#contracts/interval.ts";
import type { LegView } from "#contracts/leg-view.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import { type Bars, contentHash, copyBarsOut } from "#db/bars.ts";
import type { DatabaseClient } from "#db/client.ts";
import { type SeriesRef, seriesOfInstruments } from "#db/instruments.ts";
import { type TradedInstrument, tradedInstruments } from "#db/traded-instruments.ts";
import { inSnapshot } from "#db/transaction.ts";
import { instrumentSeries } from "#quant/backtest/instrument-series.ts";
import type { InstrumentSeries } from "#quant/backtest/market-bars.ts";
import type { BenchmarkInput } from "../compute/strategy-input.ts";
import type { JobContext } from "./job-context.ts";
import type { UsedSeries } from "./manifest.ts";
import { sharedColumn } from "./shared-column.ts";

/** Bars of a job in memory at most: 500 MB of columns. */
const BARS_MAX = 10_000_000;

/** The bars of a run as they were at one moment. */
export type LoadedMarket = {
  readonly instruments: readonly TradedInstrument[];
  /** One an instrument, columns in memory that threads share. */
  readonly series: readonly InstrumentSeries[];
  readonly legs: readonly LegView[];
  /** "weekdays" when any instrument's market closes. */
  readonly calendar: Calendar;
  readonly benchmark: BenchmarkInput | null;
  readonly used: readonly UsedSeries[];
};

/**
 * Reads the bars of a strategy in one snapshot. The hashes of its manifest are of these bars and not of the
 * series: those of a market that is open change with every bar, long after the bars that were traded.
 *
 * @param wanted.instrumentIds in the order that places are counted in
 * @param wanted.window open times that are read
 * @throws {AppError} not-found: an instrument or its bars are gone; too-large
 */
export function loadMarket(
  context: Pick<JobContext, "database" | "job" | "signal" | "progress">,
  config: Pick<StrategyConfig, "intervalMs" | "benchmarkInstrument">,
  wanted: { readonly instrumentIds: readonly number[]; readonly window: TimeWindow },
): Promise<LoadedMarket> {
  const { instrumentIds, window } = wanted;
  const { benchmarkInstrument, intervalMs } = config;
  const { workspaceId } = context.job;
  return inSnapshot(
    context.database.pool,
    async (client) => {
      const benchmarkIds = benchmarkInstrument === null ? [] : [benchmarkInstrument];
      const ids = [...new Set([...instrumentIds, ...benchmarkIds])];
      const known = await tradedInstruments(client, workspaceId, ids);
      const stored = await seriesOfInstruments(client, workspaceId, ids, intervalMs);
      const refOf = (id: number): SeriesRef => requireSeries(id, known, stored);
      requireRoom(ids.map(refOf), window, intervalMs);
      const bars = new Map<number, Bars>();
      for (const [place, id] of ids.entries()) {
        context.signal.throwIfAborted();
        const ref = refOf(id);
        context.progress(0.02 + (0.13 * place) / ids.length, `Reading ${ref.symbol}`);
        bars.set(id, await readBars(client, ref, window));
      }
      const used = [...bars].map(([id, read]) => ({
        series: refOf(id),
        window,
        bars: read.close.length,
        barsHash: contentHash(read),
      }));
      const refs = instrumentIds.map(refOf);
      return {
        instruments: instrumentIds.flatMap((id) => known.get(id) ?? []),
        series: refs.map((ref) => seriesFrom(ref, bars.get(ref.instrumentId))),
        legs: refs.map(({ instrumentId, symbol, venue }) => ({ instrumentId, symbol, venue })),
        calendar: refs.some(({ calendar }) => calendar === "weekdays") ? "weekdays" : "continuous",
        benchmark:
          benchmarkIds.map((id) => benchmarkFrom(refOf(id), bars.get(id), intervalMs))[0] ?? null,
        used,
      };
    },
    { signal: context.signal },
  );
}

function requireSeries(
  id: number,
  known: ReadonlyMap<number, TradedInstrument>,
  stored: readonly SeriesRef[],
): SeriesRef {
  const found = stored.find(({ instrumentId }) => instrumentId === id);
  if (found !== undefined) return found;
  const symbol = known.get(id)?.symbol;
  throw new AppError(
    "not-found",
    symbol === undefined
      ? "An instrument of the strategy was deleted"
      : `${symbol} has no bars at the interval of the strategy any more`,
    { field: "books" },
  );
}

function requireRoom(
  refs: readonly SeriesRef[],
  { startMs, endMs }: TimeWindow,
  intervalMs: number,
): void {
  const inWindow = Math.ceil((endMs - startMs) / intervalMs);
  const bars = refs.reduce((sum, { barCount }) => sum + Math.min(barCount, inWindow), 0);
  if (bars <= BARS_MAX) return;
  throw new AppError(
    "too-large",
    `${refs.length} instruments with ${bars} bars are too much for one run: choose fewer, or a longer interval`,
    { field: "books" },
  );
}

async function readBars(client: DatabaseClient, ref: SeriesRef, window: TimeWindow): Promise<Bars> {
  const bars = await copyBarsOut(client, ref.seriesId, window);
  return {
    openTimeMs: sharedColumn(bars.openTimeMs),
    open: sharedColumn(bars.open),
    high: sharedColumn(bars.high),
    low: sharedColumn(bars.low),
    close: sharedColumn(bars.close),
    volume: sharedColumn(bars.volume),
  };
}

function seriesFrom({ closeOnly }: SeriesRef, bars: Bars | undefined): InstrumentSeries {
  if (bars === undefined) throw new Error("Invariant: every series was read");
  return instrumentSeries(bars, { isCloseOnly: closeOnly, copy: sharedColumn });
}

function benchmarkFrom(
  { symbol }: SeriesRef,
  bars: Bars | undefined,
  intervalMs: number,
): BenchmarkInput {
  if (bars === undefined) throw new Error("Invariant: every series was read");
  const { openTimeMs, close } = bars;
  return { label: symbol, closes: { openTimeMs, close, intervalMs } };
}
