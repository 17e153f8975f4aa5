import { createHash } from "node:crypto";
import { type PackedSeries, unpackBacktestSeries } from "#contracts/backtest-series.ts";
import type { VerifiedPart } from "#contracts/verification.ts";
import { backtestColumnsBetween, backtestSeriesOf } from "#db/backtest-series.ts";
import type { Database } from "#db/client.ts";
import { columnBytes } from "#quant/report/run-columns.ts";

/** All columns that charts are drawn of, as one part. */
const ALL_COLUMNS = "chartColumns";

/**
 * The stored series of a report, column by column, beside those of a new run: one part for all that both have,
 * and one for each column that differs or that only one of them has.
 *
 * @param of the report
 * @param computed of the new run
 */
export async function comparedSeries(
  database: Database,
  of: { readonly workspaceId: string; readonly backtestId: string },
  computed: PackedSeries,
): Promise<VerifiedPart[]> {
  const stored = await backtestSeriesOf(database, of.workspaceId, of.backtestId);
  const columns = unpackBacktestSeries(computed.names, computed.bytes);
  const found = new Map(computed.names.map((name) => [name, columnHash(name, columns[name])]));
  const said = new Map<string, string>();
  for (const name of stored.columns) {
    // One after the other: all together they may be larger than a connection carries.
    const read = await backtestColumnsBetween(database, stored, [name], {
      ...{ from: 0, to: stored.bars },
    });
    said.set(name, columnHash(name, read[name]));
  }
  const parts: VerifiedPart[] = [];
  const common = [...said.keys()].filter((name) => found.has(name)).sort();
  const all = (hashes: ReadonlyMap<string, string>): string =>
    hashOf(Buffer.from(common.map((name) => `${name} ${hashes.get(name)}`).join("\n")));
  const [reported, again] = [all(said), all(found)];
  parts.push({ name: ALL_COLUMNS, reported, found: again, agrees: reported === again });
  for (const name of new Set([...said.keys(), ...found.keys()])) {
    const [before, after] = [said.get(name), found.get(name)];
    if (before === after) continue;
    parts.push({
      name: `${ALL_COLUMNS}.${name}`,
      reported: before ?? "not kept",
      found: after ?? "none",
      agrees: before === undefined ? null : false,
    });
  }
  return parts;
}

function columnHash(name: string, values: Float64Array = new Float64Array()): string {
  return hashOf(columnBytes([{ name, values }]));
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
