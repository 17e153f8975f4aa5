// Closes of many series in one COPY, because asking for a thousand series one after another costs more
// than their bars. Rows are those of the binary format that bar-copy.ts describes; without a NULL in
// them all have the same length.
import { to as copyTo } from "pg-copy-streams";
import { seriesByBarTable } from "./bar-table.ts";
import type { BarWindow } from "./bars.ts";
import type { DatabaseClient } from "./client.ts";

/** Closes of one series, oldest first. */
export type Closes = { readonly openTimeMs: Float64Array; readonly close: Float64Array };

/** Signature (11), flags and length of the extension of the header. */
const HEADER_BYTES = 19;
/** Number of fields, then lengths and bytes of series_id int4, open_time_ms int8, close float8. */
const ROW_BYTES = 2 + (4 + 4) + (4 + 8) + (4 + 8);
const FIELDS = 3;

/**
 * Closes of several series within a window, by series; a series without a bar in it is absent.
 *
 * @param seriesIds the series, any number of them
 */
export async function closesBetween(
  client: DatabaseClient,
  seriesIds: readonly number[],
  window: BarWindow,
): Promise<Map<number, Closes>> {
  // COPY takes no parameters, so only checked integers go into the statement.
  for (const value of [...seriesIds, window.startMs, window.endMs]) requireInteger(value);
  const collected = new CollectedCloses();
  for (const [table, ids] of await seriesByBarTable(client, seriesIds)) {
    await collect(
      client,
      collected,
      `COPY (SELECT series_id, open_time_ms, close FROM ${table}
         WHERE series_id IN (${ids.join()})
           AND open_time_ms >= ${window.startMs} AND open_time_ms < ${window.endMs}
         ORDER BY series_id, open_time_ms) TO STDOUT (FORMAT binary)`,
    );
  }
  return collected.finish();
}

async function collect(
  client: DatabaseClient,
  collected: CollectedCloses,
  statement: string,
): Promise<void> {
  const rows = client.query(copyTo(statement));
  let rest: Buffer = Buffer.alloc(0);
  let toSkip = HEADER_BYTES;
  for await (const piece of rows) {
    const bytes: Buffer = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    if (bytes.length < toSkip) {
      rest = bytes;
      continue;
    }
    rest = collected.push(bytes.subarray(toSkip));
    toSkip = 0;
  }
}

const CAPACITY_START = 1_024;

/** Takes rows in the order of series and time, cut anywhere. */
class CollectedCloses {
  private readonly found = new Map<number, Closes>();
  private seriesId = 0;
  private count = 0;
  private openTimeMs = new Float64Array(CAPACITY_START);
  private close = new Float64Array(CAPACITY_START);

  /** @returns the bytes after the last whole row */
  push(bytes: Buffer): Buffer {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = 0;
    // The two bytes that end the data say −1 where a row says its number of fields.
    while (at + ROW_BYTES <= bytes.length && view.getInt16(at) === FIELDS) {
      this.add(view, at);
      at += ROW_BYTES;
    }
    return bytes.subarray(at);
  }

  finish(): Map<number, Closes> {
    this.endSeries();
    return this.found;
  }

  private add(view: DataView, at: number): void {
    const seriesId = view.getInt32(at + 6);
    if (seriesId !== this.seriesId) {
      this.endSeries();
      this.seriesId = seriesId;
    }
    if (this.count === this.close.length) this.grow();
    // Times fit a double exactly; two halves spare a BigInt a bar.
    this.openTimeMs[this.count] = view.getInt32(at + 14) * 4_294_967_296 + view.getUint32(at + 18);
    this.close[this.count] = view.getFloat64(at + 26);
    this.count += 1;
  }

  private endSeries(): void {
    if (this.count === 0) return;
    this.found.set(this.seriesId, {
      openTimeMs: this.openTimeMs.slice(0, this.count),
      close: this.close.slice(0, this.count),
    });
    this.count = 0;
  }

  private grow(): void {
    const larger = (values: Float64Array<ArrayBuffer>) => {
      const copy = new Float64Array(values.length * 2);
      copy.set(values);
      return copy;
    };
    this.openTimeMs = larger(this.openTimeMs);
    this.close = larger(this.close);
  }
}

function requireInteger(value: number): void {
  if (!Number.isSafeInteger(value)) throw new Error(`Invariant: ${value} is an integer`);
}
