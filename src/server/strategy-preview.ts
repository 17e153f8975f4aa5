import type { TimeWindow } from "#contracts/interval.ts";
import type { LegView } from "#contracts/leg-view.ts";
import { runWindow } from "#contracts/run-window.ts";
import type { StrategyConfig } from "#contracts/strategy.ts";
import type { StrategyPreview, StrategyPreviewRequest } from "#contracts/strategy-preview.ts";
import { type Bars, barsBetween } from "#db/bars.ts";
import type { Database } from "#db/client.ts";
import { type SeriesRef, seriesOfInstruments } from "#db/instruments.ts";
import { instrumentSeries } from "#quant/backtest/instrument-series.ts";
import { alignMarketBars, marketBarsBetween } from "#quant/backtest/market-bars.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import { lowerBound } from "#quant/series/lower-bound.ts";
import { openStrategyOfKind } from "#quant/strategies/strategy-kinds.ts";
import type { OpenStrategy } from "#quant/strategies/strategy-run.ts";
import { chartSeries } from "./chart-series.ts";
import { strategySignals } from "./strategy-signals.ts";

/** Bars times instruments that are learned from and traded at most within a request. */
const FORMATION_VALUES_MAX = 150_000;
const TRADING_VALUES_MAX = 60_000;

/** Closes that are drawn: of a large basket the first ones. */
const CLOSES_MAX = 8;

/**
 * Signals of a configuration that need not be saved, on one of its books, from the beginning of its trading
 * period on: those that a backtest acts on. Of a long period only the first bars are looked at.
 *
 * @returns "refused" with why there is nothing to see
 */
export async function strategyPreview(
  database: Database,
  workspaceId: string,
  { config, book, points }: StrategyPreviewRequest,
): Promise<StrategyPreview> {
  const opening = openStrategyOfKind(config.kind, config.parameters);
  const ids = config.books[book];
  if (opening.kind === "refused" || ids === undefined) return refused("There is no such book");
  const known = await seriesOfInstruments(database.pool, workspaceId, ids, config.intervalMs);
  const refs = ids.flatMap((id) => known.find(({ instrumentId }) => instrumentId === id) ?? []);
  if (refs.length < ids.length) {
    return refused("An instrument has no bars of this interval");
  }
  const { formation } = config;
  if (valuesWithin(refs, formation, config.intervalMs) > FORMATION_VALUES_MAX) {
    return refused("The formation period has too many bars for a preview: run a backtest");
  }
  const trading = shownTrading(refs, config);
  // As far back as a backtest reads, so that the strategy is as warm as there.
  const { startMs } = runWindow(config, opening.open.warmUpBars);
  const bars: Bars[] = [];
  for (const { seriesId } of refs) {
    bars.push(await barsBetween(database, seriesId, { startMs, endMs: trading.endMs }));
  }
  try {
    return preview(opening.open, { config, trading, refs, points }, bars);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return refused(error.message.replace(/\.$/, ""));
  }
}

function preview(
  strategy: OpenStrategy,
  shown: {
    readonly config: StrategyConfig;
    readonly trading: TimeWindow;
    readonly refs: readonly SeriesRef[];
    readonly points: number;
  },
  bars: readonly Bars[],
): StrategyPreview {
  const { config, trading, refs, points } = shown;
  const gone = bars.findIndex(({ close }) => close.length === 0);
  if (gone !== -1) return refused(`${refs[gone]?.symbol} has no bars in these periods`);
  const market = alignMarketBars(
    bars.map((columns, place) =>
      instrumentSeries(columns, {
        isCloseOnly: refs[place]?.closeOnly === true,
        copy: (column) => column.slice(),
      }),
    ),
  );
  const { openTimeMs, instruments } = market;
  const tradingFrom = lowerBound(openTimeMs, trading.startMs);
  const count = openTimeMs.length - tradingFrom;
  if (count < 1) return refused("There are no bars in the trading period");
  const [from, to] = [config.formation.startMs, config.formation.endMs].map((ms) =>
    lowerBound(openTimeMs, ms),
  );
  const formation = marketBarsBetween(market, from ?? 0, to ?? 0);
  const found = strategySignals(strategy, formation, market, tradingFrom);
  if (found.kind === "refused") return found;
  const closes = instruments
    .slice(0, CLOSES_MAX)
    .map(({ close }, place): [string, Float64Array] => [
      `close.${place}`,
      close.subarray(tradingFrom),
    ]);
  const figures = Object.entries(found.figures).map(([name, values]): [string, Float64Array] => [
    `figure.${name}`,
    values,
  ]);
  return {
    kind: "previewed",
    series: chartSeries(
      {
        openTimeMs: openTimeMs.subarray(tradingFrom),
        intervalMs: config.intervalMs,
        calendar: refs.some(({ calendar }) => calendar === "weekdays") ? "weekdays" : "continuous",
        lines: Object.fromEntries([...closes, ...figures]),
      },
      { window: null, points },
    ),
    instruments: refs.map(
      ({ instrumentId, symbol, venue }): LegView => ({
        ...{ instrumentId, symbol, venue },
      }),
    ),
    signals: [...found.signals],
    bars: count,
  };
}

/** The trading period, from where all instruments may have bars, as long as can be looked at at once. */
function shownTrading(
  refs: readonly SeriesRef[],
  { trading, intervalMs }: Pick<StrategyConfig, "trading" | "intervalMs">,
): TimeWindow {
  const firstMs = Math.max(...refs.map(({ firstOpenTimeMs }) => firstOpenTimeMs));
  const startMs = Math.min(Math.max(trading.startMs, firstMs), trading.endMs - 1);
  const bars = Math.floor(TRADING_VALUES_MAX / refs.length);
  return { startMs, endMs: Math.min(trading.endMs, startMs + bars * intervalMs) };
}

function valuesWithin(
  refs: readonly SeriesRef[],
  { startMs, endMs }: TimeWindow,
  intervalMs: number,
): number {
  const bars = Math.ceil((endMs - startMs) / intervalMs);
  return refs.reduce((sum, { barCount }) => sum + Math.min(barCount, bars), 0);
}

function refused(message: string): StrategyPreview {
  return { kind: "refused", message };
}
