// The order of a scan's pairs in one binary COPY: eight bytes a pair, so that half a million can be sent
// to a person piece by piece without a transaction that waits for them. See bar-copy.ts for the format.
import { to as copyTo } from "pg-copy-streams";
import type { DatabaseClient } from "./client.ts";

/** Pairs in an order, by their instruments. */
export type ScanPairOrder = {
  readonly instrumentY: Int32Array;
  readonly instrumentX: Int32Array;
};

/** Signature (11), flags and length of the extension of the header. */
const HEADER_BYTES = 19;
/** Number of fields, then lengths and bytes of two int4. */
const ROW_BYTES = 2 + 2 * (4 + 4);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** All pairs of a scan, the smallest p-value first, those without one last. */
export async function scanPairOrder(
  client: DatabaseClient,
  scanId: string,
): Promise<ScanPairOrder> {
  // COPY takes no parameters, so only what is an id for certain goes into the statement.
  if (!UUID.test(scanId)) throw new Error("Invariant: a scan has a uuid");
  const rows = client.query(
    copyTo(
      `COPY (SELECT instrument_y, instrument_x FROM scan_pair WHERE scan_id = '${scanId}'
         ORDER BY p_value NULLS LAST, instrument_y, instrument_x) TO STDOUT (FORMAT binary)`,
    ),
  );
  const pieces: Buffer[] = [];
  for await (const piece of rows) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  // Two bytes end the data.
  const count = (bytes.length - HEADER_BYTES - 2) / ROW_BYTES;
  const at = (field: number) =>
    Int32Array.from({ length: count }, (_, i) =>
      bytes.readInt32BE(HEADER_BYTES + i * ROW_BYTES + 2 + field * 8 + 4),
    );
  return { instrumentY: at(0), instrumentX: at(1) };
}
