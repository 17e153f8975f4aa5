import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client.ts";

/** After so long without a word the other end is asked whether it is there. */
const KEEP_ALIVE_MS = 10_000;

/** One process's way to PostgreSQL: Prisma and plain SQL over the same pool of connections. */
export type Database = {
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  readonly close: () => Promise<void>;
};

/** What can run SQL: the pool, or one client inside a transaction. */
export type Queryable = Pick<pg.ClientBase, "query">;

/** A client that holds a connection, as COPY and transactions need it. */
export type DatabaseClient = pg.PoolClient;

/**
 * Connects to PostgreSQL lazily: nothing is sent before the first query.
 *
 * @param connectionString postgresql:// URL
 * @param options.max connections at most
 * @param options.applicationName how pg_stat_activity calls this process
 * @param options.queryTimeoutMs a statement that has not answered for so long has failed, whatever became of it: a
 *   machine that vanished does not say so, and TCP waits for it for a quarter of an hour. Without it there is no limit
 */
export function createDatabase(
  connectionString: string,
  options: {
    readonly max: number;
    readonly applicationName?: string;
    readonly queryTimeoutMs?: number;
  },
): Database {
  const pool = new pg.Pool({
    connectionString,
    max: options.max,
    application_name: options.applicationName ?? "pairdesk",
    connectionTimeoutMillis: 10_000,
    // A connection that nobody uses is found to be dead as well.
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    ...(options.queryTimeoutMs === undefined ? {} : { query_timeout: options.queryTimeoutMs }),
  });
  // A connection that the server closed is replaced at the next query, and whoever was using it hears of
  // it from that query; without listeners the error would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const close = async () => {
    await prisma.$disconnect();
    await pool.end();
  };
  return { prisma, pool, close };
}
