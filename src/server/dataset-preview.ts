import { bookSymbols } from "#contracts/book-symbols.ts";
import type { DatasetConfig, DatasetPreview, DatasetPreviewRequest } from "#contracts/dataset.ts";
import type { TimeWindow } from "#contracts/interval.ts";
import { type Bars, barsBetween } from "#db/bars.ts";
import type { Database } from "#db/client.ts";
import { type SeriesRef, seriesOfInstruments } from "#db/instruments.ts";
import { instrumentSeries } from "#quant/backtest/instrument-series.ts";
import { alignMarketBars } from "#quant/backtest/market-bars.ts";
import { InvalidInputError } from "#quant/invalid-input-error.ts";
import { featureProgram } from "#quant/learning/features/feature-program.ts";
import { runProgram } from "#quant/learning/features/feature-stream.ts";
import { assembleDataset } from "#quant/learning/labels/assemble-dataset.ts";
import { bookColumns } from "#quant/learning/labels/book-columns.ts";
import type { DatasetGroup } from "#quant/learning/labels/dataset.ts";
import { labelColumn } from "#quant/learning/labels/label-column.ts";
import { chartSeries } from "./chart-series.ts";
import { datasetFigures } from "./dataset-figures.ts";
import { previewHazards } from "./dataset-preview-hazards.ts";

/** Bars times legs, and bars times features, that are looked at most within a request. */
const LEG_VALUES_MAX = 60_000;
const FEATURE_VALUES_MAX = 2_000_000;

/**
 * What a dataset that need not be saved would be: its rows, what is missing and why, its classes and
 * features, what is wrong with it, and lines of one of its groups. Of many groups the first ones are looked
 * at, and of a long span the first bars.
 *
 * @returns "refused" with why there is nothing to see
 */
export async function datasetPreview(
  database: Database,
  workspaceId: string,
  request: DatasetPreviewRequest,
): Promise<DatasetPreview> {
  const { config } = request;
  const ids = [...new Set(config.books.flat())];
  const known = await seriesOfInstruments(database.pool, workspaceId, ids, config.intervalMs);
  const refs = new Map(known.map((ref) => [ref.instrumentId, ref]));
  const books: SeriesRef[][] = [];
  for (const [place, book] of config.books.entries()) {
    const legs = book.flatMap((id) => refs.get(id) ?? []);
    if (legs.length < book.length) {
      const leg = book.findIndex((id) => !refs.has(id));
      return refused("This instrument has no bars of this interval", `books.${place}.${leg}`);
    }
    books.push(legs);
  }
  const drawn = books[request.group];
  if (drawn === undefined) return refused("There is no such group", null);
  const places = firstGroups(books, config);
  const read = barReader(database);
  const groups: DatasetGroup[] = [];
  const names = bookSymbols(books);
  try {
    for (const place of places.includes(request.group) ? places : [...places, request.group]) {
      const legs = books[place] ?? [];
      const bars: Bars[] = [];
      for (const ref of legs) bars.push(await read(ref, shownWindow(legs, config)));
      const gone = bars.findIndex(({ close }) => close.length === 0);
      if (gone !== -1) {
        return refused(
          `${names[place]?.[gone]} has no bars in this span`,
          `books.${place}.${gone}`,
        );
      }
      groups.push(datasetGroup(names[place] ?? [], legs, bars, config));
    }
    const group = groups[places.includes(request.group) ? request.group : places.length];
    if (group === undefined) return refused("There is no such group", null);
    const isCut = books.some((legs) => isCutShort(legs, config));
    return preview(request, {
      groups: groups.slice(0, places.length),
      isPartial: places.length < books.length || isCut,
      drawn: group,
      refs: drawn,
    });
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return refused(error.message.replace(/\.$/, ""), null);
  }
}

function preview(
  { config, feature, window, points }: DatasetPreviewRequest,
  seen: {
    readonly groups: readonly DatasetGroup[];
    readonly isPartial: boolean;
    readonly drawn: DatasetGroup;
    readonly refs: readonly SeriesRef[];
  },
): DatasetPreview {
  const { features, label, spread, intervalMs } = config;
  const { groups, drawn } = seen;
  const dataset = assembleDataset(groups, features, label);
  const program = featureProgram(features, spread);
  const { values, source } = labelColumn(drawn.bars, label, spread);
  const shown = features[Math.min(feature, features.length - 1)];
  const [line] = shown === undefined ? [] : runProgram(featureProgram([shown], spread), drawn.bars);
  const { openTimeMs } = drawn.bars;
  return {
    kind: "previewed",
    ...datasetFigures(dataset, groups, program),
    groups: groups.length,
    hazards: previewHazards(config, { groups, dataset, isPartial: seen.isPartial }),
    span: {
      startMs: openTimeMs[0] ?? config.window.startMs,
      endMs: (openTimeMs.at(-1) ?? config.window.startMs) + intervalMs,
    },
    series: chartSeries(
      {
        openTimeMs,
        intervalMs,
        calendar: seen.refs.some(({ calendar }) => calendar === "weekdays")
          ? "weekdays"
          : "continuous",
        lines: { source, label: values, ...(line === undefined ? {} : { feature: line }) },
      },
      { window, points },
    ),
  };
}

/** Bars of a group that can be looked at at once. */
function barsMax({ books, features }: DatasetConfig): number {
  const legs = books[0]?.length ?? 1;
  return Math.floor(Math.min(LEG_VALUES_MAX / legs, FEATURE_VALUES_MAX / features.length));
}

/** Places of as many groups as can be looked at at once, at least the first. */
function firstGroups(books: readonly (readonly SeriesRef[])[], config: DatasetConfig): number[] {
  let left = barsMax(config);
  const places: number[] = [];
  for (const [place, legs] of books.entries()) {
    const { startMs, endMs } = shownWindow(legs, config);
    const longest = Math.max(...legs.map(({ barCount }) => barCount));
    left -= Math.min(Math.ceil((endMs - startMs) / config.intervalMs), longest);
    if (place > 0 && left < 0) break;
    places.push(place);
  }
  return places;
}

/** The span, of a long one the beginning from where all legs may have bars. */
function shownWindow(legs: readonly SeriesRef[], config: DatasetConfig): TimeWindow {
  const { window, intervalMs } = config;
  const lengthMs = barsMax(config) * intervalMs;
  if (window.endMs - window.startMs <= lengthMs) return window;
  const firstMs = Math.max(...legs.map(({ firstOpenTimeMs }) => firstOpenTimeMs));
  const startMs = Math.min(Math.max(window.startMs, firstMs), window.endMs - 1);
  return { startMs, endMs: Math.min(window.endMs, startMs + lengthMs) };
}

function isCutShort(legs: readonly SeriesRef[], config: DatasetConfig): boolean {
  const { endMs } = shownWindow(legs, config);
  return endMs < config.window.endMs && legs.some((leg) => leg.lastOpenTimeMs >= endMs);
}

/** Reads bars of a series once, however many groups share it. */
function barReader(database: Database) {
  const kept = new Map<string, Bars>();
  return async ({ seriesId }: SeriesRef, window: TimeWindow): Promise<Bars> => {
    const key = [seriesId, window.startMs, window.endMs].join(" ");
    const bars = kept.get(key) ?? (await barsBetween(database, seriesId, window));
    kept.set(key, bars);
    return bars;
  };
}

function datasetGroup(
  symbols: readonly string[],
  legs: readonly SeriesRef[],
  bars: readonly Bars[],
  { spread }: DatasetConfig,
): DatasetGroup {
  const { openTimeMs, instruments } = alignMarketBars(
    bars.map((columns, place) =>
      instrumentSeries(columns, {
        isCloseOnly: legs[place]?.closeOnly === true,
        copy: (column) => column.slice(),
      }),
    ),
  );
  return { name: symbols.join(" / "), symbols, bars: bookColumns(openTimeMs, instruments), spread };
}

function refused(message: string, field: string | null): DatasetPreview {
  return { kind: "refused", message, field };
}
