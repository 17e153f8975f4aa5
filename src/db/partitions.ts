import type { Pool } from "pg";
import type { Queryable } from "./client.ts";
import { inTransaction } from "./transaction.ts";

/** Tables that are partitioned by time, and how long a partition is. */
const PARTITIONED = {
  market_trade: { days: 1 },
  second_bar: { days: 30 },
} as const;
export type PartitionedTable = keyof typeof PARTITIONED;

const DAY_MS = 86_400_000;

/** Start of the partition that a moment belongs to, UTC ms. Partitions begin at multiples of their length since 1970. */
export function partitionStart(table: PartitionedTable, timeMs: number): number {
  const lengthMs = PARTITIONED[table].days * DAY_MS;
  return Math.floor(timeMs / lengthMs) * lengthMs;
}

/** Start of the partition after the one of a moment. */
export function nextPartitionStart(table: PartitionedTable, timeMs: number): number {
  return partitionStart(table, timeMs) + PARTITIONED[table].days * DAY_MS;
}

/**
 * Makes the partition for a moment if there is none. In a transaction of its own: rows can be written
 * into it when this returns.
 */
export async function ensurePartition(
  pool: Pool,
  table: PartitionedTable,
  timeMs: number,
): Promise<void> {
  const startMs = partitionStart(table, timeMs);
  const endMs = nextPartitionStart(table, timeMs);
  const name = partitionName(table, startMs);
  await inTransaction(pool, async (client) => {
    // Two processes that make the same partition at the same time would refuse each other.
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [name]);
    const { rows } = await client.query("SELECT FROM pg_class WHERE oid = to_regclass($1)", [name]);
    if (rows.length > 0) return;
    await client.query(
      `CREATE TABLE ${name} PARTITION OF ${table} FOR VALUES FROM (${startMs}) TO (${endMs})`,
    );
  });
}

/**
 * Drops the partitions that hold nothing younger than a moment.
 *
 * @returns names of the dropped ones
 */
export async function dropPartitionsBefore(
  client: Queryable,
  table: PartitionedTable,
  beforeMs: number,
): Promise<string[]> {
  const { rows } = await client.query<{ name: string; endMs: number }>(
    `SELECT c.relname AS name,
       (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \\(''?(\\d+)''?\\)'))[1]::float8 AS "endMs"
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = $1::regclass`,
    [table],
  );
  const old = rows.filter(({ endMs }) => endMs <= beforeMs).map(({ name }) => name);
  for (const name of old) {
    if (!/^[a-z_0-9]+$/.test(name)) throw new Error(`Invariant: ${name} is a partition of ours`);
    await client.query(`DROP TABLE ${name}`);
  }
  return old;
}

function partitionName(table: PartitionedTable, startMs: number): string {
  if (!Number.isSafeInteger(startMs)) throw new Error(`Invariant: ${startMs} is a time`);
  const day = new Date(startMs).toISOString().slice(0, 10).replaceAll("-", "");
  return `${table}_${day}`;
}
