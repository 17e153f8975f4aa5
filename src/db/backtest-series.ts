import { type BacktestColumns, unpackBacktestSeries } from "#contracts/backtest-series.ts";
import type { Database } from "./client.ts";
import { found } from "./found.ts";

/** A stored series of a backtest: its columns, how long it is, and the length of its bars in ms. */
export type StoredBacktestSeries = {
  readonly backtestId: string;
  /** Names in the order of storage; the first is openTimeMs. */
  readonly columns: readonly string[];
  readonly bars: number;
  readonly intervalMs: number;
};

const VALUE_BYTES = Float64Array.BYTES_PER_ELEMENT;

/**
 * Where the series of a finished backtest is; its values are read with backtestColumnsBetween.
 *
 * @throws {AppError} not-found, also while the backtest has no result
 */
export async function backtestSeriesOf(
  database: Database,
  workspaceId: string,
  id: string,
): Promise<StoredBacktestSeries> {
  const { rows } = await database.pool.query<{
    bytes: number;
    columns: string[];
    intervalMs: number;
  }>(
    `select octet_length(b.series) as bytes, b.series_columns as columns,
            (v.config ->> 'intervalMs')::int as "intervalMs"
       from backtest b join strategy_version v on v.id = b.strategy_version_id
      where b.workspace_id = $1 and b.id = $2 and b.deleted_at is null and b.series is not null`,
    [workspaceId, id],
  );
  const { bytes, columns, intervalMs } = found(rows[0], "backtest result");
  const bars = bytes / (columns.length * VALUE_BYTES);
  return { backtestId: id, columns, bars, intervalMs };
}

/**
 * Bars [from, to) of some columns of a stored series: of each its slice alone is read.
 *
 * @param wanted names; those that the series has not are left out of the answer, open times are always there
 * @throws {AppError} not-found when the result went away in between
 */
export async function backtestColumnsBetween(
  database: Database,
  { backtestId, columns, bars }: StoredBacktestSeries,
  wanted: readonly string[],
  { from, to }: { from: number; to: number },
): Promise<BacktestColumns> {
  const names = columns.filter((name, place) => place === 0 || wanted.includes(name));
  const places = names.map((name) => columns.indexOf(name));
  const { rows } = await database.pool.query<{ slice: Buffer }>(
    `select string_agg(substring(b.series from 1 + (c * $2 + $3) * 8 for $4 * 8), ''::bytea
                       order by c) as slice
       from backtest b cross join unnest($5::int[]) c
      where b.id = $1 and octet_length(b.series) = $6 * $2 * 8 group by b.id`,
    [backtestId, bars, from, to - from, places, columns.length],
  );
  return unpackBacktestSeries(names, found(rows[0], "backtest result").slice);
}

/** Open times that one step of the search looks at. */
const PROBES = 256;

/**
 * Lower bound: the first bar of a stored series that does not open before a time. Open times ascend, so
 * a few looks at 256 of them each find it, however long the series is.
 *
 * @returns index in [0, bars]
 */
export async function backtestBarAt(
  database: Database,
  series: StoredBacktestSeries,
  timeMs: number,
): Promise<number> {
  let low = 0;
  let high = series.bars;
  while (low < high) {
    const width = high - low;
    const probes = Array.from({ length: Math.min(PROBES, width) }, (_, i) =>
      Math.floor(low + (i * width) / Math.min(PROBES, width)),
    );
    const times = await backtestOpenTimes(database, series, probes);
    const before = probes.filter((_, i) => (times[i] ?? Number.POSITIVE_INFINITY) < timeMs);
    const last = before.at(-1);
    if (last === undefined) return low;
    high = probes[before.length] ?? high;
    low = last + 1;
  }
  return low;
}

/**
 * Open times of some bars of a stored series, UTC ms.
 *
 * @param bars places in ascending order, each below series.bars
 * @throws {AppError} not-found when the result went away in between
 */
export async function backtestOpenTimes(
  database: Database,
  { backtestId }: StoredBacktestSeries,
  bars: readonly number[],
): Promise<Float64Array> {
  const { rows } = await database.pool.query<{ times: Buffer }>(
    `select string_agg(substring(b.series from 1 + bar * 8 for 8), ''::bytea order by bar) as times
       from backtest b cross join unnest($2::int[]) bar where b.id = $1 group by b.id`,
    [backtestId, bars],
  );
  const { times } = found(rows[0], "backtest result");
  return Float64Array.from(bars, (_, i) => times.readDoubleLE(i * VALUE_BYTES));
}
