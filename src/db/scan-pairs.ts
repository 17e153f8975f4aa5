import type { ScanPairRow } from "#contracts/scan.ts";
import type { Database } from "./client.ts";
import { found } from "./found.ts";
import { scanPairOrder } from "./scan-pair-order.ts";
import { pairSelect } from "./scan-pair-select.ts";
import { inTransaction } from "./transaction.ts";

/** One pair of a scan. @throws {AppError} not-found */
export async function scanPairOf(
  database: Database,
  workspaceId: string,
  pair: { scanId: string; instrumentY: number; instrumentX: number },
): Promise<ScanPairRow> {
  const { rows } = await database.pool.query<ScanPairRow>(
    `${pairSelect("scan_pair")} and p.instrument_y = $3 and p.instrument_x = $4`,
    [workspaceId, pair.scanId, pair.instrumentY, pair.instrumentX],
  );
  return found(rows[0], "pair");
}

/** Pairs read at once: some milliseconds of work. */
const PAIRS_PER_PIECE = 2_000;

/**
 * All pairs of a scan in pieces, the smallest p-value first, those without one last. Each piece is read
 * when it is asked for, and no connection is held in between: a reader may be slow, or leave.
 *
 * @throws {AppError} not-found when the scan is deleted meanwhile
 */
export async function* scanPairPieces(
  database: Database,
  workspaceId: string,
  scanId: string,
): AsyncGenerator<ScanPairRow[]> {
  const { instrumentY, instrumentX } = await inTransaction(database.pool, (client) =>
    scanPairOrder(client, scanId),
  );
  for (let start = 0; start < instrumentY.length; start += PAIRS_PER_PIECE) {
    const end = start + PAIRS_PER_PIECE;
    const y = [...instrumentY.subarray(start, end)];
    const x = [...instrumentX.subarray(start, end)];
    const { rows } = await database.pool.query<ScanPairRow>(PIECE, [workspaceId, scanId, y, x]);
    // Part of a file that ends as if it were whole would be worse than none.
    if (rows.length < y.length) found(null, "scan");
    yield rows;
  }
}

const PIECE = `
  with wanted as (
    select * from unnest($3::int[], $4::int[]) with ordinality w(instrument_y, instrument_x, place))
  ${pairSelect(
    "(select p.*, w.place from wanted w join scan_pair p on p.scan_id = $2 and p.instrument_y = w.instrument_y and p.instrument_x = w.instrument_x)",
  )}
  order by p.place`;
