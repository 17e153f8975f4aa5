import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "#contracts/canonical-json.ts";
import { type DatasetBars, DatasetConfig } from "#contracts/dataset.ts";
import { contentHash, copyBarsOut } from "./bars.ts";
import type { Database, DatabaseClient } from "./client.ts";
import { found } from "./found.ts";
import { type SeriesRef, seriesOfInstruments } from "./instruments.ts";
import { inSnapshot } from "./transaction.ts";

/** Bars of all series that are hashed within a request at most: about a second of work. */
const BARS_MAX = 1_000_000;

/** One series of a dataset as it stood. */
const HashedSeries = z.object({
  instrumentId: z.number().int(),
  symbol: z.string(),
  venue: z.string(),
  /** Bars in the span, and the hash of these. */
  bars: z.number().int(),
  hash: z.string(),
  /** Of the whole series: while that stays, so does the span, which need not be read to know it. */
  seriesHash: z.string(),
});
type HashedSeries = z.infer<typeof HashedSeries>;

type Subject = Pick<DatasetConfig, "books" | "intervalMs" | "window">;

/**
 * Hashes of the bars of a dataset as they stand, one a series; null where there are more than 1,000,000 bars: such a
 * dataset is hashed by the runs that read it.
 *
 * Cost: reads every bar of the span.
 */
export async function hashedBars(
  client: DatabaseClient,
  workspaceId: string,
  subject: Subject,
): Promise<HashedSeries[] | null> {
  const series = await seriesOf(client, workspaceId, subject);
  if (!isWithinBound(series, subject)) return null;
  const hashed: HashedSeries[] = [];
  for (const one of series) hashed.push(await hashedSeries(client, one, subject));
  return hashed;
}

/**
 * What a version of a dataset was saved on, and which of its series have other bars by now.
 *
 * Cost: reads the bars of the span of series that have changed anywhere since.
 * @throws {AppError} not-found
 */
export function datasetBarsOf(
  database: Database,
  workspaceId: string,
  versionId: string,
): Promise<DatasetBars> {
  return inSnapshot(database.pool, async (client) => {
    const { rows } = await client.query<{ config: unknown; configHash: string; bars: unknown }>(
      `select v.config, v.config_hash as "configHash", v.bars from dataset_version v
         join dataset d on d.id = v.dataset_id
        where d.workspace_id = $1 and v.id = $2`,
      [workspaceId, versionId],
    );
    const row = found(rows[0], "dataset");
    const saved = HashedSeries.array().nullable().parse(row.bars);
    if (saved === null) return { kind: "unhashed" };
    const config = DatasetConfig.parse(row.config);
    const stored = await seriesOf(client, workspaceId, config);
    const changed = [];
    for (const { instrumentId, symbol, venue, bars, hash, seriesHash } of saved) {
      const one = stored.find((series) => series.instrumentId === instrumentId);
      if (one?.contentHash === seriesHash) continue;
      const now = one === undefined ? null : await hashedSeries(client, one, config);
      if (now?.hash !== hash) changed.push({ symbol, venue, bars, barsNow: now?.bars ?? 0 });
    }
    return {
      kind: "hashed",
      contentHash: hashOfContent(row.configHash, saved, config),
      series: saved.length,
      bars: saved.reduce((sum, { bars }) => sum + bars, 0),
      changed,
    };
  });
}

/** As the manifest of a run hashes the same dataset. */
function hashOfContent(
  configHash: string,
  series: readonly HashedSeries[],
  { window }: Subject,
): string {
  const data = series.map(({ symbol, venue, hash }) => ({
    ...{ symbol, venue, contentHash: hash, window },
  }));
  return sha256(canonicalJson({ config: configHash, data: sha256(canonicalJson(data)) }));
}

/** Series in the order in which a run reads them. */
async function seriesOf(
  client: DatabaseClient,
  workspaceId: string,
  { books, intervalMs }: Subject,
): Promise<SeriesRef[]> {
  const ids = [...new Set(books.flat())];
  const stored = await seriesOfInstruments(client, workspaceId, ids, intervalMs);
  return ids.flatMap((id) => stored.find(({ instrumentId }) => instrumentId === id) ?? []);
}

function isWithinBound(series: readonly SeriesRef[], { window, intervalMs }: Subject): boolean {
  const inSpan = Math.ceil((window.endMs - window.startMs) / intervalMs);
  return series.reduce((sum, { barCount }) => sum + Math.min(barCount, inSpan), 0) <= BARS_MAX;
}

async function hashedSeries(
  client: DatabaseClient,
  { seriesId, instrumentId, symbol, venue, contentHash: seriesHash }: SeriesRef,
  { window }: Subject,
): Promise<HashedSeries> {
  const bars = await copyBarsOut(client, seriesId, window);
  return {
    ...{ instrumentId, symbol, venue, bars: bars.close.length },
    ...{ hash: contentHash(bars), seriesHash },
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
