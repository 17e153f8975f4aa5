import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client.ts";

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
 */
export function createDatabase(
  connectionString: string,
  options: { readonly max: number; readonly applicationName?: string },
): Database {
  const pool = new pg.Pool({
    connectionString,
    max: options.max,
    application_name: options.applicationName ?? "pairdesk",
    connectionTimeoutMillis: 10_000,
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
