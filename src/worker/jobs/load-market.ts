import { AppError } from "#contracts/error-code.ts";
import type { Calendar, TimeWindow } from "#contracts/interval.ts";
import type { LegView } from "#contracts/leg-view.ts";
import type { Manifest } from "#contracts/manifest.ts";
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
import { type FinerSeries, type FoundFiner, findFiner, type WantedFiner } from "./load-finer.ts";
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
  /** Bars inside the bars of the instruments; null: none are wanted, or none tell anything of what is traded. */
  readonly finer: FinerSeries | null;
  /** What decides inside bars, for the manifest; undefined where nothing acts there. */
  readonly insideBars: Manifest["insideBars"];
  readonly used: readonly UsedSeries[];
};

/**
 * Reads the bars of a strategy in one snapshot. The hashes of its manifest are of these bars and not of the
 * series: those of a market that is open change with every bar, long after the bars that were traded.
 *
 * @param wanted.instrumentIds in the order that places are counted in
 * @param wanted.window open times that are read
 * @param wanted.inside shorter bars, which are looked for only where stops or limits act inside bars
 * @throws {AppError} not-found: an instrument or its bars are gone; too-large
 */
export function loadMarket(
  context: Pick<JobContext, "database" | "job" | "signal" | "progress">,
  config: Pick<StrategyConfig, "intervalMs" | "benchmarkInstrument" | "protection">,
  wanted: {
    readonly instrumentIds: readonly number[];
    readonly window: TimeWindow;
    /** What is traded, whose inside matters where something acts inside bars; left out: nothing does. */
    readonly inside?: { readonly span: TimeWindow; readonly finer: WantedFiner };
  },
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
      const used = [...bars].map(([id, read]) => usedSeries(refOf(id), window, read));
      const refs = instrumentIds.map(refOf);
      const series = refs.map((ref) => seriesFrom(ref, bars.get(ref.instrumentId)));
      const barsRead = used.reduce((sum, one) => sum + one.bars, 0);
      const found: FoundFiner | null =
        config.protection === undefined || wanted.inside === undefined
          ? null
          : await findFiner(
              client,
              {
                ...{ workspaceId, refs, series, intervalMs, span: wanted.inside.span },
                ...{ wanted: wanted.inside.finer, barsMax: BARS_MAX - barsRead },
              },
              async (ref, span) => {
                context.signal.throwIfAborted();
                context.progress(0.15, `Reading ${ref.symbol} inside its bars`);
                const read = await readBars(client, ref, span);
                return { series: seriesFrom(ref, read), used: usedSeries(ref, span, read) };
              },
            );
      const finer = found?.kind === "found" ? found : null;
      return {
        instruments: instrumentIds.flatMap((id) => known.get(id) ?? []),
        series,
        legs: refs.map(({ instrumentId, symbol, venue }) => ({ instrumentId, symbol, venue })),
        calendar: refs.some(({ calendar }) => calendar === "weekdays") ? "weekdays" : "continuous",
        benchmark:
          benchmarkIds.map((id) => benchmarkFrom(refOf(id), bars.get(id), intervalMs))[0] ?? null,
        finer,
        insideBars:
          found === null
            ? undefined
            : {
                finerIntervalMs: finer?.intervalMs ?? null,
                reason: found.kind === "none" ? found.reason : null,
                ...(found.kind === "none" || found.untold === null ? {} : { untold: found.untold }),
              },
        used: [...used, ...(finer?.used ?? [])],
      };
    },
    { signal: context.signal },
  );
}

function usedSeries(series: SeriesRef, window: TimeWindow, read: Bars): UsedSeries {
  return { series, window, bars: read.close.length, barsHash: contentHash(read) };
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
