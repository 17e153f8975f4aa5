import pg from "pg";

/** A database that nobody can reach, until it is let go. */
export type Outage = { readonly end: () => Promise<void> };

/**
 * Takes one database of a server away as a crash would: every connection ends at once, and none can be made.
 *
 * @param connectionString of the database
 */
export async function startOutage(connectionString: string): Promise<Outage> {
  const url = new URL(connectionString);
  const name = url.pathname.slice(1);
  if (!/^[a-z0-9_]+$/.test(name)) throw new Error(`Invariant: ${name} is a database of a test`);
  url.pathname = "/postgres";
  const onServer = async (statement: string) => {
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await onServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await onServer(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
  );
  return { end: () => onServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`) };
}
